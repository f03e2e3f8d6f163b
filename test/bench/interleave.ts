/* The common parts of all rows: contenders that run in turn, medians, tables of ratios, and the limits. */

/** How often each contender runs by default. */
export const ROUNDS = 15;

/** The figures of one run of a contender, by name. Times are in milliseconds. */
export type Figures = Record<string, number>;
/** One run of a contender. */
export type Run = () => Figures | Promise<Figures>;

/** A limit, the measured figure, and whether the limit holds. */
export interface Bar {
  bar: string;
  measured: string;
  holds: boolean;
}

/** Prints the progress to stderr, in one line of a terminal. Prints nothing elsewhere. */
export function progress(text = ''): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text && `… ${text}`}`);
}

/** A percentile of a list: 0.5 is the median. */
export function percentile(list: readonly number[], part: number): number {
  return [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * part)]!;
}

export const median = (list: readonly number[]) => percentile(list, 0.5);

/**
 * Runs contenders in turn, A B C A B C …, so that other work of the machine affects all of them. Returns the median of each figure.
 * The first rounds are the warm-up and do not count.
 */
export async function takeTurns<Name extends string>(
  what: string,
  contenders: Record<Name, Run>,
  { rounds = ROUNDS, warmUp = 1 } = {},
): Promise<Record<Name, Figures>> {
  const runs = new Map<Name, Figures[]>();
  for (let round = 1 - warmUp; round <= rounds; round++)
    for (const [name, run] of Object.entries(contenders) as [Name, Run][]) {
      progress(`${what}: ${name}, ${round > 0 ? `round ${round} of ${rounds}` : 'warming up'}`);
      const figures = await run();
      if (round > 0) runs.set(name, [...(runs.get(name) ?? []), figures]);
    }
  progress();
  return Object.fromEntries([...runs].map(([name, all]) => [name, medians(all)])) as Record<Name, Figures>;
}

/** The median of each figure. */
export function medians(runs: readonly Figures[]): Figures {
  const names = Object.keys(runs[0]!);
  return Object.fromEntries(names.map((name) => [name, median(runs.map((figures) => figures[name]!))]));
}

/** Formats a ratio with two significant digits. */
export function ratio(one: number, other: number): string {
  const times = one / other;
  return Number.isFinite(times) ? times.toFixed(times < 0.1 ? 3 : times < 10 ? 2 : times < 100 ? 1 : 0) : '–';
}

/** Prints a Markdown table. All columns except the first are right-aligned. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
  line(head);
  line(head.map((_, i) => (i ? '---:' : '---')));
  rows.forEach(line);
  console.log();
}

/** Prints the contenders' figures, each with its ratio to the first contender's. */
export function printRatios(
  what: string,
  results: Record<string, Figures>,
  show: (figure: number) => string,
): void {
  const [first] = Object.values(results);
  const names = Object.keys(first!);
  printTable(
    [what, ...names.flatMap((name) => [name, 'ratio'])],
    Object.entries(results).map(([contender, figures]) => [
      contender,
      ...names.flatMap((name) => [show(figures[name]!), ratio(figures[name]!, first![name]!)]),
    ]),
  );
}

/** A figure in milliseconds. */
export const inMs = (ms: number) => `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;

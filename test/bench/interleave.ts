/* What all rows share: contenders that take turns, medians of their runs, a table of ratios, and the bars. */

/** How often each contender runs, unless a row says otherwise. */
export const ROUNDS = 15;

/** What one run of a contender has measured, by name; times in milliseconds. */
export type Figures = Record<string, number>;
/** One run of a contender. */
export type Run = () => Figures | Promise<Figures>;

/** What has to hold, what was measured, and whether it does. */
export interface Bar {
  bar: string;
  measured: string;
  holds: boolean;
}

/** Says on stderr what is going on: on a terminal in one line that changes, elsewhere not at all. */
export function progress(text = ''): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text && `… ${text}`}`);
}

/** The part of a list that is no greater than so much of it: 0.5 is the median. */
export function percentile(list: readonly number[], part: number): number {
  return [...list].sort((a, b) => a - b)[Math.floor((list.length - 1) * part)]!;
}

export const median = (list: readonly number[]) => percentile(list, 0.5);

/**
 * Lets contenders take turns, A B C A B C …, so that whatever else the machine does hits all of them; and gives the median of
 * each figure of each. The first rounds, which warm up, are thrown away.
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

/** A ratio as it is printed: two digits that mean something, whatever its size. */
export function ratio(one: number, other: number): string {
  const times = one / other;
  return Number.isFinite(times) ? times.toFixed(times < 0.1 ? 3 : times < 10 ? 2 : times < 100 ? 1 : 0) : '–';
}

/** Prints a Markdown table; all columns but the first stand on the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => console.log(`| ${cells.join(' | ')} |`);
  line(head);
  line(head.map((_, i) => (i ? '---:' : '---')));
  rows.forEach(line);
  console.log();
}

/** Prints figures of contenders, each beside its ratio to those of the first one. */
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

import { checkReachable } from './check-reachable.js';
import { pagePolicy } from './csp.js';
import type { NamedResult } from './check-result.js';

const MARKS = { pass: '✔', fail: '✖', skip: '–' } as const;
/** The terminal's codes for green, red and faint. */
const COLOURS = { pass: 32, fail: 31, skip: 2 } as const;

/** Writes results for a person: a line for each, what to do next under what is wrong, and the policy that the page needs where the handler was reached. */
export function writeReport(
  results: readonly NamedResult[],
  { endpoint, origin }: { endpoint: string; origin?: string },
  inColour: boolean,
): string {
  const width = Math.max(...results.map(({ name }) => name.length));
  const lines = results.flatMap((result) => {
    const { verdict, name, message } = result;
    const mark = inColour ? `\x1b[${COLOURS[verdict]}m${MARKS[verdict]}\x1b[0m` : MARKS[verdict];
    const line = `${mark} ${name.padEnd(width)}  ${message}`;
    return 'fix' in result ? [line, `  ${''.padEnd(width)}  → ${result.fix}`] : [line];
  });
  const faults = results.filter(({ verdict }) => verdict === 'fail').length;
  const sum = faults ? `${faults} ${faults === 1 ? 'thing is' : 'things are'} wrong.` : 'Nothing is wrong.';
  const isReached = results.some(({ name, verdict }) => name === checkReachable.name && verdict === 'pass');
  const policy = isReached
    ? [`The page's Content-Security-Policy needs: ${pagePolicy(endpoint, origin)}`]
    : [];
  return [...lines, '', ...policy, sum, ''].join('\n');
}

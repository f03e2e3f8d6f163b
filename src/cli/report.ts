import { checkReachable } from './check-reachable.js';
import type { NamedResult } from './check-result.js';

const MARKS = { pass: '✔', fail: '✖', skip: '–' } as const;
/** The terminal's codes (SGR) for green, red and faint. */
const COLOURS = { pass: 32, fail: 31, skip: 2 } as const;

/**
 * Returns the Content-Security-Policy that a page with the button needs. It allows scripts from the page's own site, and
 * connections to the endpoint.
 * @param origin the origin of the page. Default: that of the endpoint.
 */
export function pagePolicy(endpoint: string, origin?: string): string {
  const target = new URL(endpoint).origin;
  return `script-src 'self'; connect-src ${origin === undefined || origin === target ? "'self'" : target}`;
}

/**
 * Writes the results as text: a line for each check, with the fix below a failure, and the number of failures. If the handler was
 * reached, it adds the Content-Security-Policy that the page needs.
 */
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
  const failures = results.filter(({ verdict }) => verdict === 'fail').length;
  const summary = failures
    ? `${failures} ${failures === 1 ? 'thing is' : 'things are'} wrong.`
    : 'Nothing is wrong.';
  const isReached = results.some(({ name, verdict }) => name === checkReachable.name && verdict === 'pass');
  const policy = isReached
    ? [`The page's Content-Security-Policy needs: ${pagePolicy(endpoint, origin)}`]
    : [];
  return [...lines, '', ...policy, summary, ''].join('\n');
}

import { checkReachable } from './check-reachable.js';
import { pagePolicy } from './csp.js';
import type { Finding } from './check-result.js';

const MARKS = { right: '✔', wrong: '✖', unknown: '–' } as const;
/** The terminal's codes for green, red and faint. */
const COLOURS = { right: 32, wrong: 31, unknown: 2 } as const;

/** Writes findings for a person: a line for each, what to do next under what is wrong, and the policy that the page needs where the handler was reached. */
export function writeReport(
  findings: readonly Finding[],
  { endpoint, origin }: { endpoint: string; origin?: string },
  inColour: boolean,
): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap((finding) => {
    const { verdict, name, says } = finding;
    const mark = inColour ? `\x1b[${COLOURS[verdict]}m${MARKS[verdict]}\x1b[0m` : MARKS[verdict];
    const line = `${mark} ${name.padEnd(width)}  ${says}`;
    return 'next' in finding ? [line, `  ${''.padEnd(width)}  → ${finding.next}`] : [line];
  });
  const faults = findings.filter(({ verdict }) => verdict === 'wrong').length;
  const sum = faults ? `${faults} ${faults === 1 ? 'thing is' : 'things are'} wrong.` : 'Nothing is wrong.';
  const isReached = findings.some(({ name, verdict }) => name === checkReachable.name && verdict === 'right');
  const policy = isReached
    ? [`The page's Content-Security-Policy needs: ${pagePolicy(endpoint, origin)}`]
    : [];
  return [...lines, '', ...policy, sum, ''].join('\n');
}

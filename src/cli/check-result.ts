import type { SetupProblem } from '../core/index.js';
import type { Target } from './target.js';

/**
 * The result of a check. `skip` means that the check could not run or was not needed, which is not a failure. `fix` is
 * one sentence that says what to do. Results with the same `cause` (default: `message`) come from one mistake, which is reported once.
 */
export type CheckResult =
  | { verdict: 'pass' | 'skip'; message: string }
  | { verdict: 'fail'; message: string; fix: string; cause?: string };

/** One check of a mounted endpoint. */
export interface Check {
  name: string;
  run(target: Target): CheckResult | Promise<CheckResult>;
}

/** The result of a check, with the check's name. */
export type NamedResult = { name: string } & CheckResult;

export const pass = (message: string): CheckResult => ({ verdict: 'pass', message });
export const skip = (message: string): CheckResult => ({ verdict: 'skip', message });
export const fail = (message: string, fix: string, cause = message): CheckResult => ({
  verdict: 'fail',
  message,
  fix,
  cause,
});
/** The result for a mistake that the handler and the page report with the same text. `seen` is the observation that shows it. */
export function setupProblem({ cause, fix }: SetupProblem, seen?: string): CheckResult {
  return fail(seen ? `${seen}: ${cause}` : cause, fix[0]!.toUpperCase() + fix.slice(1), cause);
}

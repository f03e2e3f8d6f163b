import type { SetupProblem } from '../core/index.js';
import type { Target } from './target.js';

/**
 * What a check found: all is well, something is wrong and what to do next, or it could not or need not be told. `cause` is the
 * mistake behind what is wrong, `message` unless told: of several results with one cause, the first alone is a fault.
 */
export type CheckResult =
  | { verdict: 'pass' | 'skip'; message: string }
  | { verdict: 'fail'; message: string; fix: string; cause?: string };

/** One thing that is looked at. */
export interface Check {
  name: string;
  run(target: Target): CheckResult | Promise<CheckResult>;
}

/** What a check found, under its name. */
export type NamedResult = { name: string } & CheckResult;

/** All is well. */
export const pass = (message: string): CheckResult => ({ verdict: 'pass', message });
/** It could not or need not be told; that is no fault. */
export const skip = (message: string): CheckResult => ({ verdict: 'skip', message });
/** Something is wrong; `fix` is one sentence on what to do. */
export const fail = (message: string, fix: string, cause = message): CheckResult => ({
  verdict: 'fail',
  message,
  fix,
  cause,
});
/** A mistake that the handler or the page names in the same words; `seen` is what shows it. */
export function setupProblem({ cause, fix }: SetupProblem, seen?: string): CheckResult {
  return fail(seen ? `${seen}: ${cause}` : cause, fix[0]!.toUpperCase() + fix.slice(1), cause);
}

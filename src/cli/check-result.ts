import type { SetupProblem } from '../core/index.js';
import type { Visit } from './target.js';

/**
 * What a check found: all is well, something is wrong and what to do next, or it could not or need not be told. `cause` is the
 * mistake behind what is wrong, `says` unless told: of several findings with one cause, the first alone is a fault.
 */
export type Outcome =
  | { verdict: 'right' | 'unknown'; says: string }
  | { verdict: 'wrong'; says: string; next: string; cause?: string };

/** One thing that is looked at. */
export interface Check {
  name: string;
  run(visit: Visit): Outcome | Promise<Outcome>;
}

/** What a check found, under its name. */
export type Finding = { name: string } & Outcome;

/** All is well. */
export const right = (says: string): Outcome => ({ verdict: 'right', says });
/** It could not or need not be told; that is no fault. */
export const unknown = (says: string): Outcome => ({ verdict: 'unknown', says });
/** Something is wrong; `next` is one sentence on what to do. */
export const wrong = (says: string, next: string, cause = says): Outcome => ({
  verdict: 'wrong',
  says,
  next,
  cause,
});
/** A mistake that the handler or the page names in the same words; `seen` is what shows it. */
export function mistake({ cause, fix }: SetupProblem, seen?: string): Outcome {
  return wrong(seen ? `${seen}: ${cause}` : cause, fix[0]!.toUpperCase() + fix.slice(1), cause);
}

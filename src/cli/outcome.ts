import type { Visit } from './visit.js';

/** What a check found: all is well, something is wrong and what to do next, or it could not or need not be told. */
export type Outcome =
  { verdict: 'right' | 'unknown'; says: string } | { verdict: 'wrong'; says: string; next: string };

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
export const wrong = (says: string, next: string): Outcome => ({ verdict: 'wrong', says, next });

import type { Surface, Visit, VisitOptions } from './visit.js';

/** The tools that a situation gets. */
export interface SituationTools {
  /** Opens a page of the theme with a visible cart. */
  open(options?: VisitOptions): Promise<Visit>;
  /** Saves a picture of the page, if `--shots` is set. */
  picture(visit: Visit, name: string): Promise<void>;
}

/** A use of the cart in which theme and extension must work together. */
export interface Situation {
  name: string;
  surface: Surface;
  /** Returns the failures, a sentence each. */
  run(stage: SituationTools): Promise<string[]>;
}

/** A situation on the cart page and the same in the drawer. */
export const onPageAndDrawer = (name: string, run: Situation['run']): Situation[] =>
  (['page', 'drawer'] as const).map((surface) => ({ name: `${name}, ${surface}`, surface, run }));

/** The failures whose condition is false. */
export const failuresOf = (...claims: (readonly [holds: boolean, failure: string])[]): string[] =>
  claims.filter(([holds]) => !holds).map(([, failure]) => failure);

/** Compares the number of our visible buttons. */
export async function buttonCountFailures(visit: Visit, expected = 1, when = ''): Promise<string[]> {
  const { length } = await visit.ours();
  return failuresOf([length === expected, `${length} buttons of ours${when}, expected ${expected}`]);
}

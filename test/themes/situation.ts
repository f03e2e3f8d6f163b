import type { Surface, Visit, VisitOptions } from './visit.js';

/** The tools of a situation. */
export interface Stage {
  /** Opens a page of the theme with the cart in sight. */
  open(options?: VisitOptions): Promise<Visit>;
  /** Saves a picture of the page, if pictures were asked for. */
  picture(visit: Visit, name: string): Promise<void>;
}

/** A use of the cart in which theme and extension must get along. */
export interface Situation {
  name: string;
  surface: Surface;
  /** Returns the failures, a sentence each. */
  run(stage: Stage): Promise<string[]>;
}

/** A situation on the cart page and the same in the drawer. */
export const onBoth = (name: string, run: Situation['run']): Situation[] =>
  (['page', 'drawer'] as const).map((surface) => ({ name: `${name}, ${surface}`, surface, run }));

/** The sentences whose condition does not hold. */
export const failuresOf = (...claims: (readonly [holds: boolean, failure: string])[]): string[] =>
  claims.filter(([holds]) => !holds).map(([, failure]) => failure);

/** Compares the number of our visible buttons. */
export async function countFailures(visit: Visit, expected = 1, when = ''): Promise<string[]> {
  const { length } = await visit.ours();
  return failuresOf([length === expected, `${length} buttons of ours${when}, expected ${expected}`]);
}

import type { Surface, Visit, VisitOptions } from './visit.js';

/** What a situation may do. */
export interface Stage {
  /** Opens a page of the theme with the cart in sight. */
  open(options?: VisitOptions): Promise<Visit>;
  /** Keeps a picture of what is to be seen, where pictures are wanted. */
  picture(visit: Visit, name: string): Promise<void>;
}

/** Something that shoppers meet, in which theme and extension must get along. */
export interface Situation {
  name: string;
  surface: Surface;
  /** Says what failed, a sentence each; nothing where all is well. */
  run(stage: Stage): Promise<string[]>;
}

/** A situation on the cart page and the same in the drawer. */
export const onBoth = (name: string, run: Situation['run']): Situation[] =>
  (['page', 'drawer'] as const).map((surface) => ({ name: `${name}, ${surface}`, surface, run }));

/** The sentences whose condition does not hold. */
export const failing = (...claims: (readonly [holds: boolean, failure: string])[]): string[] =>
  claims.filter(([holds]) => !holds).map(([, failure]) => failure);

/** Says how many buttons of ours can be seen, where it is not as it must be. */
export async function countFailures(visit: Visit, expected = 1, when = ''): Promise<string[]> {
  const { length } = await visit.ours();
  return failing([length === expected, `${length} buttons of ours${when}, expected ${expected}`]);
}

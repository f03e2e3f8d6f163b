import { html } from 'lit';

const CARD = 'M2 7q0-3 3-3h14q3 0 3 3v10q0 3-3 3H5q-3 0-3-3z';
/** A circle. */
export const RING = 'M3 12a9 9 0 1 1 18 0 9 9 0 1 1-18 0';
/** A tick in a circle. */
export const TICK = `${RING}M8 12l3 3 5-6`;

/** Paths in a 24 by 24 box, by button state or eligibility. Every other name gets the default: a card with a cross. */
const PATHS: Record<string, string | undefined> = {
  /** Three quarters of a ring, which the style sheet rotates. */
  creating: 'M12 3a9 9 0 1 1-9 9',
  /** A card with an arrow. No tick, because nothing is paid yet. */
  redirecting: `${CARD}M8 12h8M13 9l3 3-3 3`,
  eligible: TICK,
  /** A sheet of paper with two lines of text. */
  lmn: 'M5 2h9l5 5v15H5zM9 12h6M9 17h6',
  /** A slice of a circle. */
  split: `${RING}M12 3v9l6 6`,
  /** A card with a stripe. */
  regular: `${CARD}M2 10h20`,
};

/** Renders a path in a 24 by 24 box as an icon, in the colour of the text around it. */
export const iconOf = (path: string) =>
  html`<svg part="mark" viewBox="0 0 24 24" aria-hidden="true"><path d=${path} /></svg>`;

/** Renders the icon of a button state or an eligibility. */
export const icon = (name: string) => iconOf(PATHS[name] ?? `${CARD}M12 8v8M8 12h8`);

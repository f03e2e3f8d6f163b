import { html } from 'lit';

const CARD = 'M2 7q0-3 3-3h14q3 0 3 3v10q0 3-3 3H5q-3 0-3-3z';
const RING = 'M3 12a9 9 0 1 1 18 0 9 9 0 1 1-18 0';

/** What is drawn instead of the family's own mark, by what an element is doing or saying: strokes on 24 by 24. */
const PATHS: Record<string, string | undefined> = {
  /** It turns. */
  creating: 'M12 3a9 9 0 1 1-9 9',
  /** The card sets out. No tick: nothing is paid yet. */
  redirecting: `${CARD}M8 12h8M13 9l3 3-3 3`,
  eligible: `${RING}M8 12l3 3 5-6`,
  /** A part of a whole. */
  split: `${RING}M12 3v9l6 6`,
};

/** A mark in the colour of the text around it: of a state, of an eligibility; else the family's own, a card with a cross. */
export const icon = (name: string) =>
  html`<svg part="mark" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${PATHS[name] ?? `${CARD}M12 8v8M8 12h8`} />
  </svg>`;

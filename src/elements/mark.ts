import { html } from 'lit';

/** The card and the ring that marks are made of, as strokes on 24 by 24. */
const CARD = 'M2 7q0-3 3-3h14q3 0 3 3v10q0 3-3 3H5q-3 0-3-3z';
const RING = 'M3 12a9 9 0 1 1 18 0 9 9 0 1 1-18 0';

/** The mark of the family: a card with a cross. */
export const CROSS = `${CARD}M12 8v8M8 12h8`;
/** The same card on its way to the payment page. No tick: nothing is paid yet. */
export const LEAVING = `${CARD}M8 12h8M13 9l3 3-3 3`;
/** What is under way. It turns. */
export const WORKING = 'M12 3a9 9 0 1 1-9 9';
/** What is eligible as a whole, and what is paid. */
export const TICK = `${RING}M8 12l3 3 5-6`;
/** What needs a letter: a sheet with the cross. */
export const LETTER = 'M5 3h14v18H5zM12 9v6M9 12h6';
/** What is a part of a whole. */
export const SHARE = `${RING}M12 3v9l6 6`;
/** What did not come to an end. */
export const STOPPED = `${RING}M12 7v6M12 16v1`;

/** A mark, in the colour of the text around it. */
export const mark = (strokes: string) =>
  html`<svg part="mark" viewBox="0 0 24 24" aria-hidden="true"><path d=${strokes} /></svg>`;

import type { html } from 'hono/html';

/** A part of a page, escaped. */
export type Piece = ReturnType<typeof html>;

import { html } from 'hono/html';
import type { Piece } from './piece.js';

/** A picture, a text and links, for a page without other content. */
export function notice(picture: string, text: Piece | string, links: Piece): Piece {
  return html`<img src="/pictures/${picture}.svg" alt="" width="400" height="300" />
    <p>${text}</p>
    <p class="ways">${links}</p>`;
}

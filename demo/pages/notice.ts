import { html } from 'hono/html';
import type { Piece } from './piece.js';

/** A picture, what there is to say, and the way on: for a page that has nothing else to show. */
export function notice(picture: string, words: Piece | string, ways: Piece): Piece {
  return html`<img src="/pictures/${picture}.svg" alt="" width="400" height="300" />
    <p>${words}</p>
    <p class="ways">${ways}</p>`;
}

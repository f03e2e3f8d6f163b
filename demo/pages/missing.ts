import { html } from 'hono/html';
import type { PricedCart } from '../prices.js';
import { layout } from './layout.js';
import type { Piece } from './piece.js';
import { notice } from './notice.js';

/** The page for an unknown address. */
export function missingPage(cart: PricedCart): Piece {
  return layout({
    title: 'Not found',
    cart,
    content: html`<h1>There is no such page</h1>
      <div class="empty">
        ${notice('reading-glasses', 'We looked twice.', html`<a class="button" href="/">Go to the shop</a>`)}
      </div>`,
  });
}

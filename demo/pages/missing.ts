import { html } from 'hono/html';
import type { PricedCart } from '../prices.js';
import { layout, type Piece } from './layout.js';

/** The page for an address that the shop does not have. */
export function missingPage(cart: PricedCart): Piece {
  return layout({
    title: 'Not found',
    cart,
    content: html`<div class="outcome">
      <h1>There is no such page</h1>
      <p><a class="button" href="/">Go to the shop</a></p>
    </div>`,
  });
}

import { html } from 'hono/html';
import type { PricedCart } from '../prices.js';
import { notice } from './notice.js';
import type { Piece } from './piece.js';

/** Shown instead of the lines and totals while the cart is empty. */
export function emptyCart({ count }: PricedCart): Piece {
  return html`<div class="empty" ${count ? html`hidden` : ''} data-empty>
    ${notice('tote-bag', 'Your cart is empty.', html`<a class="button" href="/">Go to the shop</a>`)}
  </div>`;
}

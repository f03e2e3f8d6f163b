import { html } from 'hono/html';
import type { PricedCart } from '../prices.js';
import { layout } from './layout.js';
import type { Piece } from './piece.js';
import { picture } from './picture.js';

/** The page after the payment. It shows the payment's status from the server, never from the page's address. */
export function returnPage(cart: PricedCart): Piece {
  return layout({
    title: 'Your checkout',
    cart,
    elements: ['hsa-checkout-status'],
    content: html`<div class="outcome">
      <div class="said">
        <h1>Your checkout</h1>
        <hsa-checkout-status endpoint="/api/hsa-checkout" retry-href="/cart">
          <p>We are confirming your payment. A paid order shows up under <a href="/orders">Orders</a>.</p>
        </hsa-checkout-status>
        <p class="ways">
          <a class="button" href="/orders">See your orders</a> <a href="/">Back to the shop</a>
        </p>
      </div>
      ${picture({ id: 'tote-bag', tone: 'leaf' }, 'eager')}
    </div>`,
  });
}

import { html } from 'hono/html';
import type { PricedCart } from '../prices.js';
import { layout } from './layout.js';
import type { Piece } from './piece.js';
import { picture } from './picture.js';

/**
 * The page after the payment page, for every outcome. It shows the status from the server, never from the page's address, and
 * the receipt of a paid order.
 */
export function returnPage(cart: PricedCart): Piece {
  return layout({
    title: 'Your checkout',
    cart,
    elements: ['hsa-checkout-status'],
    content: html`<div class="outcome">
      <div class="said">
        <h1>Your checkout</h1>
        <hsa-checkout-status endpoint="/api/hsa-checkout" continue-href="/" retry-href="/cart">
          <p>We are asking for the outcome of your payment. A paid order shows up under Orders.</p>
        </hsa-checkout-status>
        <p class="ways"><a href="/orders">See your orders</a></p>
      </div>
      ${picture({ id: 'tote-bag', tone: 'leaf' }, 'eager')}
    </div>`,
  });
}

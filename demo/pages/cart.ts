import { html } from 'hono/html';
import { dollars, type PricedCart } from '../prices.js';
import { cartLines } from './cart-lines.js';
import { checkout } from './checkout.js';
import { emptyCart } from './empty-cart.js';
import { layout } from './layout.js';
import type { Piece } from './piece.js';

/**
 * The cart, its totals and the checkout button.
 * @param hasFailed whether the button's fallback form, which works without a script, could not start a checkout.
 */
export function cartPage(cart: PricedCart, hasFailed: boolean): Piece {
  return layout({
    title: 'Cart',
    path: '/cart',
    cart,
    elements: ['hsa-checkout'],
    content: html`<h1 tabindex="-1">Your cart</h1>
      ${hasFailed ? html`<p class="notice" role="alert">Checkout did not start. Nothing was charged.</p>` : ''}
      <div class="split" ${cart.count ? '' : html`hidden`} data-full>
        <section aria-labelledby="items">
          <h2 class="hidden" id="items">Items</h2>
          ${cartLines(cart)}
        </section>
        ${summary(cart)}
      </div>
      ${emptyCart(cart)}`,
  });
}

function summary(cart: PricedCart): Piece {
  const amount = (label: string, name: string, cents: number) =>
    html`<div class="${name}">
      <dt>${label}</dt>
      <dd data-cart="${name}">${dollars(cents)}</dd>
    </div>`;
  return html`<section class="summary" aria-labelledby="summary">
    <h2 id="summary">Summary</h2>
    <dl>
      ${amount('Subtotal', 'subtotal', cart.subtotalCents)}
      ${amount('Shipping', 'shipping', cart.shippingCents)} ${amount('Tax', 'tax', cart.taxCents)}
      ${amount('Total', 'total', cart.totalCents)}
    </dl>
    <p class="small">Ships to Ada Byron, 12 Elm Street, Chicago, IL 60614</p>
    ${checkout(cart)}
  </section>`;
}

import { html } from 'hono/html';
import type { CheckoutCart } from 'hsa-checkout-button/contract';
import { dollars, type PricedCart, type PricedLine } from '../prices.js';
import { layout, type Piece } from './layout.js';

/** The cart as the checkout button wants it: the provider's field names, money in cents. */
function checkoutCart({ lines, shippingCents, taxCents }: PricedCart): CheckoutCart {
  return {
    line_items: lines.map(({ product, quantity }) => ({
      product_id: product.id,
      name: product.name,
      price: product.priceCents,
      quantity,
      currency: 'USD',
    })),
    shipping: shippingCents,
    tax: taxCents,
  };
}

/** What the page's script needs to know after a change: the cart for the button, and every amount in words. */
export function cartState(cart: PricedCart) {
  return {
    checkout: checkoutCart(cart),
    count: cart.count,
    lines: cart.lines.map(({ product, quantity, totalCents }) => ({
      id: product.id,
      name: product.name,
      quantity,
      total: dollars(totalCents),
    })),
    texts: {
      count: String(cart.count),
      subtotal: dollars(cart.subtotalCents),
      shipping: dollars(cart.shippingCents),
      tax: dollars(cart.taxCents),
      total: dollars(cart.totalCents),
    },
  };
}
export type CartState = ReturnType<typeof cartState>;

/** The cart, its totals and the checkout button. */
export function cartPage(cart: PricedCart, hasFailed: boolean): Piece {
  const full = html`<div class="split" ${cart.count ? '' : html`hidden`} data-full>
    <ul class="lines">
      ${cart.lines.map(row)}
    </ul>
    ${summary(cart)}
  </div>`;
  const empty = html`<div class="empty" ${cart.count ? html`hidden` : ''} data-empty>
    <p>Your cart is empty.</p>
    <p><a class="button" href="/">Go to the shop</a></p>
  </div>`;
  return layout({
    title: 'Cart',
    path: '/cart',
    cart,
    elements: 'hsa-checkout',
    content: html`<h1 tabindex="-1">Your cart</h1>
      ${hasFailed ? html`<p class="notice" role="alert">Checkout did not start. Nothing was charged.</p>` : ''}
      ${full} ${empty}`,
  });
}

function row({ product: { id, name, priceCents }, quantity, totalCents }: PricedLine): Piece {
  const step = (by: 1 | -1, sign: string, words: string) =>
    html`<button name="quantity" value="${quantity + by}" data-step="${by}" aria-label="${words}: ${name}">
      ${sign}
    </button>`;
  return html`<li class="line" data-line="${id}">
    <img src="/pictures/${id}.svg" alt="" width="400" height="300" />
    <div class="what">
      <h2>${name}</h2>
      <p class="each">${dollars(priceCents)} each</p>
      <hsa-eligibility-badge product-id="${id}" endpoint="/api/hsa-checkout"></hsa-eligibility-badge>
    </div>
    <form method="post" action="/cart/set">
      <input type="hidden" name="product_id" value="${id}" />
      <div class="stepper" role="group" aria-label="Quantity of ${name}">
        ${step(-1, '−', 'One fewer')}
        <span class="quantity" data-quantity>${quantity}</span>
        ${step(1, '+', 'One more')}
      </div>
      <button class="remove" name="quantity" value="0" aria-label="Remove: ${name}">Remove</button>
    </form>
    <p class="sum" data-sum>${dollars(totalCents)}</p>
  </li>`;
}

function summary(cart: PricedCart): Piece {
  const { texts, checkout } = cartState(cart);
  const amount = (label: string, key: keyof typeof texts) =>
    html`<div class="${key}">
      <dt>${label}</dt>
      <dd data-cart="${key}">${texts[key]}</dd>
    </div>`;
  return html`<section class="summary" aria-labelledby="summary">
    <h2 id="summary">Summary</h2>
    <dl>
      ${amount('Subtotal', 'subtotal')} ${amount('Shipping', 'shipping')} ${amount('Tax', 'tax')}
      ${amount('Total', 'total')}
    </dl>
    <hsa-checkout-button endpoint="/api/hsa-checkout">
      <form method="post" action="/api/hsa-checkout">
        <input type="hidden" name="cart" value="${JSON.stringify(checkout)}" />
        <button class="button wide">Continue to checkout</button>
      </form>
    </hsa-checkout-button>
    <p class="ship">Ships to Ada Byron, 12 Elm Street, Chicago, IL 60614</p>
  </section>`;
}

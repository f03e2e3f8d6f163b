import { html } from 'hono/html';
import type { CheckoutCart } from 'hsa-checkout-button/contract';
import type { PricedCart } from '../prices.js';
import type { Piece } from './piece.js';

/** The cart for the checkout button: the provider's field names, amounts in cents. */
export function checkoutCart({ lines, shippingCents, taxCents }: PricedCart): CheckoutCart {
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

/** The checkout button, with a form as its fallback without scripts. */
export function checkout(cart: PricedCart): Piece {
  return html`<hsa-checkout-button endpoint="/api/hsa-checkout" data-checkout>
    <form method="post" action="/api/hsa-checkout">
      <input type="hidden" name="cart" value="${JSON.stringify(checkoutCart(cart))}" />
      <button class="button wide">Continue to checkout</button>
    </form>
  </hsa-checkout-button>`;
}

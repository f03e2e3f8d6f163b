import { html, raw } from 'hono/html';
import type { CheckoutCart } from 'hsa-checkout-button/contract';
import type { PricedCart } from '../prices.js';
import { layout } from './layout.js';
import type { Piece } from './piece.js';

const monitor = { product_id: 'bp-monitor', price: 4995, quantity: 1, hsa_fsa_eligible: true };
const vitamins = { product_id: 'multivitamin', price: 1999, quantity: 2, hsa_fsa_eligible: false };
const massager = { product_id: 'massage-gun', price: 12900, quantity: 1, requires_lmn: true };

/** A cart of each kind of the contract. */
const CARTS: [heading: string, cart: CheckoutCart][] = [
  ['Every item is eligible', { line_items: [monitor] }],
  ['An item needs a letter', { line_items: [massager] }],
  ['A mixed cart', { line_items: [monitor, vitamins] }],
  ['No item is eligible', { line_items: [vitamins] }],
];

/** JSON for a script element, escaped so that it cannot end the element. */
const json = (value: unknown) => raw(JSON.stringify(value).replaceAll('<', '\\u003c'));

/** The button with each kind of cart, as in a static page. */
export function statesPage(cart: PricedCart): Piece {
  return layout({
    title: 'The button, by cart',
    cart,
    elements: ['hsa-checkout'],
    hasDrawer: false,
    content: html`<h1>The button, by cart</h1>
      <ul class="states">
        ${CARTS.map(
          ([heading, lines]) =>
            html`<li>
              <h2>${heading}</h2>
              <hsa-checkout-button endpoint="/api/hsa-checkout">
                <script type="application/json">
                  ${json(lines)}
                </script>
              </hsa-checkout-button>
            </li>`,
        )}
      </ul>`,
  });
}

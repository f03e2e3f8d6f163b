import { html } from 'hono/html';
import { dollars, type PricedCart, type PricedLine } from '../prices.js';
import type { Piece } from './piece.js';
import { picture } from './picture.js';

/** The lines of the cart, each with its own form. The pages' script updates the parts with `data-live`. */
export function cartLines({ lines }: PricedCart): Piece {
  return html`<ul class="lines" data-lines>
    ${lines.map(row)}
  </ul>`;
}

function row({ product, quantity, totalCents }: PricedLine): Piece {
  const { id, name, priceCents } = product;
  const step = (by: 1 | -1, sign: string, label: string) =>
    html`<button name="quantity" value="${quantity + by}" data-step="${by}" aria-label="${label}: ${name}">
      ${sign}
    </button>`;
  return html`<li class="line" data-line="${id}">
    ${picture(product, 'lazy')}
    <div class="what">
      <h3><a href="/products/${id}" data-name>${name}</a></h3>
      <p class="each">${dollars(priceCents)} each</p>
    </div>
    <form method="post" action="/cart/set">
      <input type="hidden" name="product_id" value="${id}" />
      <div class="stepper" role="group" aria-label="Quantity of ${name}">
        ${step(-1, '−', 'One fewer')}
        <span class="quantity" data-live data-quantity>${quantity}</span>
        ${step(1, '+', 'One more')}
      </div>
      <button class="plain" name="quantity" value="0" aria-label="Remove: ${name}">Remove</button>
    </form>
    <p class="sum" data-live>${dollars(totalCents)}</p>
    <hsa-eligibility-badge product-id="${id}" endpoint="/api/hsa-checkout"></hsa-eligibility-badge>
  </li>`;
}

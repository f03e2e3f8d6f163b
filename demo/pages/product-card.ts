import { html } from 'hono/html';
import type { ShopProduct } from '../shop-product.js';
import { dollars } from '../prices.js';
import type { Piece } from './piece.js';
import { picture } from './picture.js';

/** How many cards are visible at first. The pictures of the others load lazily. */
const IN_SIGHT = 6;

/** Products side by side, each with its badge. */
export function productGrid(products: readonly ShopProduct[], level: 'h2' | 'h3'): Piece {
  return html`<ul class="grid">
    ${products.map((product, index) => card(product, level, index < IN_SIGHT ? 'eager' : 'lazy'))}
  </ul>`;
}

function card(product: ShopProduct, level: 'h2' | 'h3', loading: 'eager' | 'lazy'): Piece {
  const { id, name, blurb, priceCents } = product;
  const link = html`<a href="/products/${id}">${name}</a>`;
  return html`<li class="card">
    ${picture(product, loading)}
    <div class="about">
      ${level === 'h2' ? html`<h2>${link}</h2>` : html`<h3>${link}</h3>`}
      <p class="blurb">${blurb}</p>
      <hsa-eligibility-badge product-id="${id}" endpoint="/api/hsa-checkout"></hsa-eligibility-badge>
    </div>
    <div class="buy">
      <p class="price">${dollars(priceCents)}</p>
      <form method="post" action="/cart/add">
        <input type="hidden" name="product_id" value="${id}" />
        <button class="button quiet" aria-label="Add to cart: ${name}">Add to cart</button>
      </form>
    </div>
  </li>`;
}

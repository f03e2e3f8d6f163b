import { html } from 'hono/html';
import { CATALOGUE, type ShopProduct } from '../catalogue.js';
import { dollars, type PricedCart } from '../prices.js';
import { layout, type Piece } from './layout.js';

/** The shop's front: every product, with what HSA/FSA money can do for it. */
export function cataloguePage(cart: PricedCart): Piece {
  return layout({
    title: 'Shop',
    path: '/',
    cart,
    elements: 'hsa-checkout',
    content: html`<section class="hero">
        <h1>Everyday care, plainly good.</h1>
        <p>
          A small range for the home and the medicine cabinet. Where HSA/FSA money may pay for something, it
          says so.
        </p>
      </section>
      <ul class="grid">
        ${CATALOGUE.map(card)}
      </ul>`,
  });
}

function card({ id, name, blurb, priceCents }: ShopProduct, index: number): Piece {
  // The first row is in sight at once; the rest can wait.
  const loading = index < 3 ? 'eager' : 'lazy';
  return html`<li class="product">
    <img src="/pictures/${id}.svg" alt="" width="400" height="300" loading="${loading}" />
    <div class="about">
      <h2>${name}</h2>
      <p class="blurb">${blurb}</p>
      <hsa-eligibility-badge product-id="${id}" endpoint="/api/hsa-checkout"></hsa-eligibility-badge>
    </div>
    <div class="buy">
      <p class="price">${dollars(priceCents)}</p>
      <form method="post" action="/cart/add">
        <input type="hidden" name="product_id" value="${id}" />
        <button class="add" aria-label="Add to cart: ${name}">Add to cart</button>
      </form>
    </div>
  </li>`;
}

import { html } from 'hono/html';
import { productsOf } from '../catalogue.js';
import { COLLECTIONS } from '../shop-product.js';
import type { PricedCart } from '../prices.js';
import { layout } from './layout.js';
import type { Piece } from './piece.js';
import { productGrid } from './product-card.js';

/** The front page: an introduction, the products, and how the checkout works. */
export function cataloguePage(cart: PricedCart): Piece {
  return layout({
    title: 'Shop',
    path: '/',
    cart,
    elements: ['hsa-checkout'],
    content: html`<section class="hero">
        <div>
          <h1>Everyday care, plainly good.</h1>
          <p>
            A small range for the home and the medicine cabinet. Where HSA/FSA money may pay for something, it
            says so.
          </p>
          <p><a class="button" href="#shop">See the range</a></p>
        </div>
        <img src="/pictures/hero.svg" alt="" width="640" height="520" fetchpriority="high" />
      </section>
      <section id="shop" aria-labelledby="range">
        <div class="range">
          <h2 id="range">The range</h2>
          ${collectionLinks()}
        </div>
        ${productGrid(productsOf(), 'h3')}
      </section>
      ${steps()}`,
  });
}

/** The page of a collection. */
export function collectionPage(cart: PricedCart, collection: (typeof COLLECTIONS)[number]): Piece {
  return layout({
    title: collection.name,
    cart,
    elements: ['hsa-checkout'],
    content: html`<div class="range">
        <div>
          <h1>${collection.name}</h1>
          <p class="lead">${collection.blurb}</p>
        </div>
        ${collectionLinks(collection.id)}
      </div>
      ${productGrid(productsOf(collection.id), 'h2')}`,
  });
}

function collectionLinks(current?: string): Piece {
  const link = (href: string, name: string, isHere: boolean) =>
    html`<li><a href="${href}" ${isHere ? html`aria-current="page"` : ''}>${name}</a></li>`;
  return html`<nav class="chips" aria-label="Collections">
    <ul>
      ${link('/#shop', 'All', !current)}
      ${COLLECTIONS.map(({ id, name }) => link(`/collections/${id}`, name, id === current))}
    </ul>
  </nav>`;
}

/** Explains how payment works, without a claim about the eligibility of the shopper's cart. */
function steps(): Piece {
  return html`<section class="steps" aria-labelledby="how">
    <h2 id="how">Paying with HSA/FSA here</h2>
    <ol>
      <li>
        <h3>Look for the mark</h3>
        <p>It says what may be paid with HSA/FSA, and what needs a Letter of Medical Necessity.</p>
      </li>
      <li>
        <h3>One cart for everything</h3>
        <p>Mixed carts are fine: the cart shows how much of it HSA/FSA may pay for.</p>
      </li>
      <li>
        <h3>One secure page</h3>
        <p>Your HSA/FSA card pays its part there, and another card the rest.</p>
      </li>
    </ol>
    <p class="small">Not tax advice. Your plan administrator decides.</p>
  </section>`;
}

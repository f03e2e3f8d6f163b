import { html } from 'hono/html';
import { besides } from '../catalogue.js';
import { COLLECTIONS, type ShopProduct } from '../shop-product.js';
import { dollars, type PricedCart } from '../prices.js';
import { layout } from './layout.js';
import type { Piece } from './piece.js';
import { picture } from './picture.js';
import { productGrid } from './product-card.js';

/** The quantities that the page offers. The cart accepts larger ones. */
const CHOICES = [1, 2, 3, 4, 5];

/** The page of a product: its picture, its badge with an explanation, and the form for the cart. */
export function productPage(cart: PricedCart, product: ShopProduct): Piece {
  const { id, name, blurb, facts, priceCents } = product;
  const collection = COLLECTIONS.find((one) => one.id === product.collection)!;
  return layout({
    title: name,
    cart,
    elements: ['hsa-checkout'],
    content: html`<nav class="crumbs" aria-label="Breadcrumb">
        <ol>
          <li><a href="/">Shop</a></li>
          <li><a href="/collections/${collection.id}">${collection.name}</a></li>
        </ol>
      </nav>
      <article class="product">
        ${picture(product, 'eager')}
        <div class="offer">
          <h1>${name}</h1>
          <p class="price">${dollars(priceCents)}</p>
          <hsa-eligibility-badge
            product-id="${id}"
            endpoint="/api/hsa-checkout"
            learn-more
          ></hsa-eligibility-badge>
          <p class="lead">${blurb}</p>
          <form class="choose" method="post" action="/cart/add">
            <input type="hidden" name="product_id" value="${id}" />
            <label for="quantity">Quantity</label>
            <select id="quantity" name="quantity">
              ${CHOICES.map((count) => html`<option>${count}</option>`)}
            </select>
            <button class="button" aria-label="Add to cart: ${name}">Add to cart</button>
          </form>
          <ul class="facts">
            ${facts.map((fact) => html`<li>${fact}</li>`)}
          </ul>
          <details>
            <summary>Shipping and returns</summary>
            <p>
              Five dollars flat, whatever is in the box. Send it back within thirty days if it is not right.
            </p>
          </details>
          <details>
            <summary>Paying with HSA/FSA</summary>
            <p>
              The cart says what may be paid with HSA/FSA. Not tax advice. Your plan administrator decides.
            </p>
          </details>
        </div>
      </article>
      <section class="more" aria-labelledby="more">
        <h2 id="more">From the same shelf</h2>
        ${productGrid(besides(product, 3), 'h3')}
      </section>`,
  });
}

import { html } from 'hono/html';
import type { ShopProduct } from '../shop-product.js';

/** A part of the page, escaped. */
export type Piece = ReturnType<typeof html>;

/** A product's picture, with a relative URL. */
export function picture({ id, tone }: ShopProduct): Piece {
  return html`<span class="tile tone-${tone}"
    ><img src="pictures/${id}.svg" alt="" width="400" height="300"
  /></span>`;
}

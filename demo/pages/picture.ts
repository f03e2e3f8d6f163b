import { html } from 'hono/html';
import type { ShopProduct } from '../shop-product.js';
import type { Piece } from './piece.js';

/** A product's picture on its background. Its alternative text is empty, because the name is beside it. */
export function picture({ id, tone }: Pick<ShopProduct, 'id' | 'tone'>, loading: 'eager' | 'lazy'): Piece {
  return html`<span class="tile tone-${tone}"
    ><img src="/pictures/${id}.svg" alt="" width="400" height="300" loading="${loading}"
  /></span>`;
}

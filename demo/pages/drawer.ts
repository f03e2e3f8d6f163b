import { html } from 'hono/html';
import { dollars, type PricedCart } from '../prices.js';
import { cartLines } from './cart-lines.js';
import { checkout } from './checkout.js';
import { emptyCart } from './empty-cart.js';
import type { Piece } from './piece.js';

/** The cart in a dialog beside the page. Without a script the link leads to the cart's own page instead. */
export function drawer(cart: PricedCart): Piece {
  return html`<dialog class="drawer" id="drawer" aria-labelledby="drawer-title">
    <header>
      <h2 id="drawer-title" tabindex="-1">Your cart</h2>
      <form method="dialog">
        <button class="close" aria-label="Close">
          <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d="M6 6l12 12M18 6L6 18" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
          </svg>
        </button>
      </form>
    </header>
    ${emptyCart(cart)}
    <div class="inside" ${cart.count ? '' : html`hidden`} data-full>
      ${cartLines(cart)}
      <footer>
        <p class="subtotal-line">
          <span>Subtotal</span> <span data-cart="subtotal">${dollars(cart.subtotalCents)}</span>
        </p>
        <p class="small">Shipping and tax are in the total on the next page.</p>
        ${checkout(cart)}
        <p class="center"><a href="/cart">View cart</a></p>
      </footer>
    </div>
    <p role="status"></p>
  </dialog>`;
}

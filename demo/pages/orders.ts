import { html } from 'hono/html';
import type { ShopOrder } from '../orders.js';
import { dollars, type PricedCart } from '../prices.js';
import { layout } from './layout.js';
import type { Piece } from './piece.js';
import { notice } from './notice.js';
import { picture } from './picture.js';

/** The paid orders: only those that came by webhook and that the provider confirmed. */
export function ordersPage(cart: PricedCart, orders: readonly ShopOrder[]): Piece {
  return layout({
    title: 'Orders',
    path: '/orders',
    cart,
    content: html`<h1>Orders</h1>
      ${
        orders.length
          ? html`<ul class="orders">
              ${orders.map(order)}
            </ul>`
          : html`<div class="empty">
              ${notice(
                'herbal-tea',
                'There are no orders yet. One appears here when the provider’s webhook says that it is paid.',
                html`<a class="button" href="/">Go to the shop</a>`,
              )}
            </div>`
      }`,
  });
}

function order({ reference, status, cart, cards, at }: ShopOrder): Piece {
  const time = at.toLocaleString('en-US', { dateStyle: 'medium', timeStyle: 'short' });
  return html`<li class="order">
    <header>
      <h2>${reference}</h2>
      <p class="status">${status}</p>
      <time datetime="${at.toISOString()}">${time}</time>
    </header>
    <ul>
      ${cart.lines.map(
        ({ product, quantity, totalCents }) =>
          html`<li>
            ${picture(product, 'lazy')}
            <span>${product.name} × ${quantity}</span> <span>${dollars(totalCents)}</span>
          </li>`,
      )}
    </ul>
    <dl class="paid">
      ${paid('Paid with HSA/FSA', cards.hsaCents)} ${paid('Paid with another card', cards.otherCents)}
      <dt>Total, with shipping and tax</dt>
      <dd><strong>${dollars(cart.totalCents)}</strong></dd>
    </dl>
  </li>`;
}

/** What one card paid; nothing when it paid nothing. */
const paid = (title: string, cents = 0): Piece | string =>
  cents
    ? html`<dt>${title}</dt>
        <dd>${dollars(cents)}</dd>`
    : '';

import { html } from 'hono/html';
import type { App } from '../apps.js';
import { dollars, type PricedCart } from '../prices.js';
import { checkoutCart } from './checkout.js';
import { layout } from './layout.js';
import type { Piece } from './piece.js';

const NAMES: Record<App, string> = { react: 'React', vue: 'Vue' };

/** The cart for an app: the lines to show, and the cart for the button. */
export function appCart(cart: PricedCart) {
  return {
    checkout: checkoutCart(cart),
    lines: cart.lines.map(({ product, quantity, totalCents }) => ({
      id: product.id,
      name: product.name,
      quantity,
      total: dollars(totalCents),
    })),
    total: dollars(cart.totalCents),
  };
}
export type AppCart = ReturnType<typeof appCart>;

/** The page with the cart as an app of a framework. */
export function appPage(app: App, cart: PricedCart): Piece {
  return layout({
    title: `Cart in ${NAMES[app]}`,
    cart,
    content: html`<h1>Your cart, in ${NAMES[app]}</h1>
      <div id="app"></div>
      <script src="/apps/${app}.js" type="module"></script>`,
  });
}

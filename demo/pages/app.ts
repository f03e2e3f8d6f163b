import { html } from 'hono/html';
import type { App } from '../apps.js';
import type { PricedCart } from '../prices.js';
import { layout, type Piece } from './layout.js';

const NAMES: Record<App, string> = { react: 'React', vue: 'Vue' };

/** The cart as an app of a framework. */
export function appPage(app: App, cart: PricedCart): Piece {
  return layout({
    title: `Cart in ${NAMES[app]}`,
    cart,
    content: html`<h1>Your cart, in ${NAMES[app]}</h1>
      <div id="app"></div>
      <script src="/apps/${app}.js" type="module"></script>`,
  });
}

import { html } from 'hono/html';
import type { PricedCart } from '../prices.js';
import { drawer } from './drawer.js';
import type { Piece } from './piece.js';

/** The parts of a page. */
export interface Page {
  title: string;
  cart: PricedCart;
  content: Piece;
  /** The page's entry in the navigation. */
  path?: '/' | '/cart' | '/orders';
  /** The script-tag files for the elements in the page's content. */
  elements?: readonly ('hsa-checkout' | 'hsa-checkout-status')[];
  /** Whether the cart opens beside the page. Default: true, except on the cart's page. */
  hasDrawer?: boolean;
}

const STYLES = [
  'tokens',
  'base',
  'frame',
  'elements',
  'catalogue',
  'product',
  'cart',
  'drawer',
  'orders',
  'states',
];

/** Wraps a page's content in the shop's header and footer. */
export function layout({ title, cart, content, path, elements, hasDrawer = path !== '/cart' }: Page): Piece {
  const scripts = new Set([...(elements ?? []), ...(hasDrawer ? ['hsa-checkout'] : [])]);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="description" content="A demo shop with an HSA/FSA checkout button." />
        <title>${title} · Fennel &amp; Fern</title>
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        ${STYLES.map((name) => html`<link rel="stylesheet" href="/styles/${name}.css" />`)}
        ${[...scripts].map((name) => html`<script src="/cdn/${name}.js" defer></script>`)}
        <script src="/shop.js" type="module"></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        ${header(cart, path)}
        <main id="main" tabindex="-1">${content}</main>
        ${footer()} ${hasDrawer ? drawer(cart) : ''}
        <p class="toast" role="status" id="said"></p>
      </body>
    </html>`;
}

function header({ count }: PricedCart, path: Page['path']): Piece {
  const link = (to: Page['path'], label: string, more: Piece | string = '') =>
    html`<a href="${to}" ${path === to ? html`aria-current="page"` : ''}><span>${label}</span> ${more}</a>`;
  return html`<header>
    <p class="strip">Demo shop: nothing is sold, no card is charged.</p>
    <div class="top">
      <a class="wordmark" href="/"><img src="/mark.svg" alt="" width="32" height="32" />Fennel &amp; Fern</a>
      <nav aria-label="Main">
        ${link('/', 'Shop')} ${link('/orders', 'Orders')}
        ${link(
          '/cart',
          'Cart',
          html`<span class="count"
            ><span class="hidden">items: </span><span data-cart="count">${count}</span></span
          >`,
        )}
      </nav>
    </div>
  </header>`;
}

function footer(): Piece {
  return html`<footer>
    <div>
      <p class="wordmark">Fennel &amp; Fern</p>
      <p>A demonstration of <code>hsa-checkout-button</code>. Signed in as Ada Byron, a test shopper.</p>
    </div>
    <nav aria-label="For developers">
      <a href="/playground">Playground</a> <a href="/states">The button, by cart</a>
    </nav>
  </footer>`;
}

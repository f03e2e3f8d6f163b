import { html } from 'hono/html';
import type { PricedCart } from '../prices.js';

/** A piece of a page, escaped. */
export type Piece = ReturnType<typeof html>;

/** What a page is made of. */
export interface Page {
  title: string;
  cart: PricedCart;
  content: Piece;
  /** Where the page is in the navigation. */
  path?: '/' | '/cart' | '/orders';
  /** The script-tag file of the elements that the page uses. */
  elements?: 'hsa-checkout' | 'hsa-checkout-status';
}

const STYLES = ['base', 'frame', 'elements', 'catalogue', 'cart', 'orders', 'states'];

/** Puts a page's content between the shop's header and footer. */
export function layout({ title, cart, content, path, elements }: Page): Piece {
  const link = (to: Page['path'], words: Piece | string) =>
    html`<a href="${to}" ${path === to ? html`aria-current="page"` : ''}>${words}</a>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="description" content="A demo shop with an HSA/FSA checkout button." />
        <title>${title} · Fennel &amp; Fern</title>
        <link rel="icon" href="/mark.svg" type="image/svg+xml" />
        ${STYLES.map((name) => html`<link rel="stylesheet" href="/styles/${name}.css" />`)}
        ${elements ? html`<script src="/cdn/${elements}.js" defer></script>` : ''}
        <script src="/shop.js" type="module"></script>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          <p class="strip">Demo shop on a sandbox: nothing is sold and no card is charged.</p>
          <div class="top">
            <a class="wordmark" href="/"
              ><img src="/mark.svg" alt="" width="30" height="30" />Fennel &amp; Fern</a
            >
            <nav aria-label="Main">
              ${link('/', 'Shop')} ${link('/orders', 'Orders')}
              ${link(
                '/cart',
                html`Cart
                  <span class="count"
                    ><span class="hidden">items: </span><span data-cart="count">${cart.count}</span></span
                  >`,
              )}
            </nav>
          </div>
        </header>
        <main id="main" tabindex="-1">${content}</main>
        <footer>
          <p>Fennel &amp; Fern is a demonstration of <code>hsa-checkout-button</code>.</p>
          <p>Signed in as Ada Byron, a test shopper.</p>
        </footer>
        <p class="toast" role="status" id="said"></p>
      </body>
    </html>`;
}

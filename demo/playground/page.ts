import { html } from 'hono/html';
import { dollars } from '../prices.js';
import { linesOf, nameOf, subtotalOf } from './cart.js';
import { controls } from './page-controls.js';
import { picture, type Piece } from './picture.js';
import { DEFAULTS } from './settings.js';
import { SNIPPETS } from './snippets/index.js';

/** The strictest policy that the button works under. The button itself needs only `script-src` and `connect-src`. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "require-trusted-types-for 'script'",
  "trusted-types lit-html 'allow-duplicates'",
].join('; ');

/** The playground. Its URLs are relative, so that it works in any folder of a static host. */
export function playgroundPage(): Piece {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${POLICY}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta
          name="description"
          content="Try the HSA/FSA checkout button: looks, words, carts and bad networks."
        />
        <title>Playground · hsa-checkout-button</title>
        <link rel="icon" href="mark.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="styles/tokens.css" />
        <link rel="stylesheet" href="styles/base.css" />
        <link rel="stylesheet" href="styles/playground.css" />
        <link rel="stylesheet" href="styles/playground-controls.css" />
        <script src="cdn/hsa-checkout.js" defer></script>
        <script src="playground.js" type="module"></script>
      </head>
      <body>
        <a class="skip" href="#controls">Skip to the controls</a>
        <header class="intro">
          <h1>The button’s playground</h1>
          <p class="lead">
            Change anything: this is the real element.
            <strong>Its endpoint is simulated in this page</strong>, so nothing is sent and nothing is paid.
          </p>
        </header>
        <main>
          ${stage()}
          <form id="controls" aria-label="Settings" tabindex="-1">${controls()}</form>
          ${events()} ${code()}
        </main>
      </body>
    </html>`;
}

function stage(): Piece {
  const lines = linesOf(DEFAULTS);
  return html`<section class="stage" aria-labelledby="stage-title">
    <h2 class="hidden" id="stage-title">The button in a cart</h2>
    <div class="sheet">
      <ul class="goods">
        ${lines.map(
          ({ product, quantity }) =>
            html`<li>
              ${picture(product)} <span>${nameOf(product, quantity)}</span>
              <span>${dollars(product.priceCents * quantity)}</span>
            </li>`,
        )}
      </ul>
      <p class="total"><span>Subtotal</span> <output>${dollars(subtotalOf(lines))}</output></p>
      <hsa-checkout-button endpoint="/api/hsa-checkout"></hsa-checkout-button>
    </div>
    <p class="product-badge">
      <span>Beside a product:</span> <hsa-eligibility-badge type="eligible"></hsa-eligibility-badge>
    </p>
    <p class="outcome" role="status"></p>
  </section>`;
}

function events(): Piece {
  return html`<section class="events" aria-labelledby="events-title">
    <header>
      <h2 id="events-title">What happens</h2>
      <button class="plain" type="button" id="clear">Clear</button>
    </header>
    <ol class="log" tabindex="0" aria-label="Events and requests, the newest first"></ol>
  </section>`;
}

function code(): Piece {
  return html`<section class="code" aria-labelledby="code-title">
    <header>
      <h2 id="code-title">Take it with you</h2>
      <form id="snippets">
        <fieldset class="segments">
          <legend class="hidden">Code for</legend>
          ${Object.keys(SNIPPETS).map(
            (name, index) =>
              html`<label
                ><input type="radio" name="snippet" value="${name}" ${index ? '' : html`checked`} /><span
                  >${name}</span
                ></label
              >`,
          )}
        </fieldset>
      </form>
    </header>
    <div id="files"></div>
    <p class="small hidden" role="status" id="copied"></p>
  </section>`;
}

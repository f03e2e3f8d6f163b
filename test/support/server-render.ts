import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { html } from 'lit';
import '../../src/index.js';
import '../../src/status.js';

const CART = JSON.stringify({
  line_items: [
    { product_id: 'bp-monitor', price: 4995, quantity: 1, hsa_fsa_eligible: true },
    { product_id: 'multivitamin', price: 1999, quantity: 2, hsa_fsa_eligible: false },
  ],
});

/** Pages for @lit-labs/ssr, by the subject of the test. */
const PAGES = {
  button: () => html`<hsa-checkout-button endpoint="/api/checkout" cart=${CART}></hsa-checkout-button>`,
  property: () =>
    html`<hsa-checkout-button endpoint="/api/checkout" .cart=${JSON.parse(CART)}></hsa-checkout-button>`,
  fallback: () =>
    html`<hsa-checkout-button endpoint="/api/checkout" cart=${CART}
      ><a href="/checkout">Continue to checkout</a></hsa-checkout-button
    >`,
  spanish: () =>
    html`<hsa-checkout-button endpoint="/api/checkout" cart=${CART} locale="es"></hsa-checkout-button>`,
  broken: () => html`<hsa-checkout-button endpoint="/api/checkout" cart="{"></hsa-checkout-button>`,
  unknown: () => html`<hsa-checkout-button endpoint="/api/checkout"></hsa-checkout-button>`,
  badge: () =>
    html`<hsa-eligibility-badge type="lmn"></hsa-eligibility-badge
      ><hsa-eligibility-badge cart=${CART}></hsa-eligibility-badge>`,
  status: () => html`<hsa-checkout-status endpoint="/api/checkout"></hsa-checkout-status>`,
};

/** The HTML of one of these pages. */
export const serverRender = (name: keyof typeof PAGES): Promise<string> =>
  collectResult(render(PAGES[name]()));
export type ServerPage = keyof typeof PAGES;

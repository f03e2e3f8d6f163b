import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';

/** A payment button that a page can show, once or a thousand times. */
export interface Contender {
  /** Its classic script. */
  script: string;
  /** A script that runs before the measurement. */
  page?: string;
  /** The markup of one element. */
  markup: string;
  /** An expression that is true when the element `element` is rendered. */
  isShown: string;
}

const LINE = { product_id: 'bp-monitor', price: 4995, quantity: 1, hsa_fsa_eligible: true };
const CART = JSON.stringify({ line_items: [LINE] });

/** The button in a page. Its cart has the eligibility, so that it sends no request. */
export const OURS = {
  markup: `<hsa-checkout-button endpoint="/api/hsa-checkout"><script type="application/json">${CART}</script></hsa-checkout-button>`,
  isShown: `element.shadowRoot?.querySelector('[part=badge]')`,
};

export const SCRIPT_TAG_FILE = 'dist/cdn/hsa-checkout.js';
const STYLE_SHEET = fileURLToPath(new URL('peers/style-sheet.ts', import.meta.url));

/** The measured elements by name, this button first. */
export async function contenders(): Promise<Record<string, Contender>> {
  const isClassic = true;
  return {
    'script-tag file': { script: readFileSync(SCRIPT_TAG_FILE, 'utf8'), ...OURS },
    'npm entry': { script: await bundle('ours', { isClassic }), ...OURS },
    [HAND_WRITTEN]: {
      script: await bundle('hand-written', { isClassic, alias: { lit: STYLE_SHEET } }),
      markup: '<hand-written-button></hand-written-button>',
      isShown: OURS.isShown,
    },
    "Google Pay's element": {
      script: await bundle('google-pay', { isClassic }),
      page: await bundle('google-pay-page', { isClassic }),
      markup: '<google-pay-button environment="TEST"></google-pay-button>',
      isShown: `element.querySelector('button') && !element.className`,
    },
    "Adyen's Redirect": {
      script: await bundle('adyen-redirects', { isClassic }),
      markup: '<div class="redirect"></div>',
      isShown: `element.querySelector('button')`,
    },
  };
}
export const HAND_WRITTEN = 'hand-written element';
/** The buttons of other payment methods. */
export const PEERS = ["Google Pay's element", "Adyen's Redirect"];

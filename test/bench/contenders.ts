import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bundle } from './bundle.js';

/** A payment button that a page can show, once or a thousand times. */
export interface Contender {
  /** Its classic script. */
  script: string;
  /** A script that has run before, and is not timed. */
  page?: string;
  /** What stands in the page for one of it. */
  markup: string;
  /** An expression: whether the element that is called `element` is there as it will stay. */
  isShown: string;
}

const LINE = { product_id: 'bp-monitor', price: 4995, quantity: 1, hsa_fsa_eligible: true };
const CART = JSON.stringify({ line_items: [LINE] });

/** The button as it stands in a page: its cart says what is eligible, so that nobody is asked. */
export const OURS = {
  markup: `<hsa-checkout-button endpoint="/api/hsa-checkout"><script type="application/json">${CART}</script></hsa-checkout-button>`,
  isShown: `element.shadowRoot?.querySelector('[part=badge]')`,
};

export const SCRIPT_TAG_FILE = 'dist/cdn/hsa-checkout.js';
const STYLE_SHEET = fileURLToPath(new URL('peers/style-sheet.ts', import.meta.url));

/** All that are measured, by name; this button first. */
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
/** Whose button a shopper would meet in place of ours. */
export const PEERS = ["Google Pay's element", "Adyen's Redirect"];

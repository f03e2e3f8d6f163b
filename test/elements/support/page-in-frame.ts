import type { CheckoutButton } from '../../../src/index.js';
import { Endpoint } from './endpoint.js';
import { openFrame, type Page } from './frame.js';
import { control, nextEvent, preventNavigation } from './page.js';

/** How a page loads the elements. */
export const BUILDS = {
  modules: '<script type="module" src="/src/index.ts"></script>',
  'script-tag file': '<script src="/dist/cdn/hsa-checkout.js"></script>',
};

export const CART =
  '{"line_items":[{"product_id":"bp-monitor","price":4995,"quantity":1,"hsa_fsa_eligible":true}]}';
/** A page in `srcdoc` has an empty `location.host`, so the payment page's host is listed. */
export const BUTTON = `<hsa-checkout-button endpoint="/api/checkout" checkout-hosts="${location.host}" cart='${CART}'></hsa-checkout-button>`;

/** A page in a frame, with its console messages and its fake endpoint. */
export interface PageInFrame {
  page: Page & { messages: string[]; errors: string[] };
  button: CheckoutButton;
  endpoint: Endpoint;
}

/** Opens a page with markup or scripts, then the elements, then a button. Resolves when the button has read its cart. */
export async function openPage({
  before = '',
  build = BUILDS.modules,
  body = BUTTON,
  lang = 'en',
} = {}): Promise<PageInFrame> {
  sessionStorage.clear();
  const frame = await openFrame({
    srcdoc: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><script>
      window.errors = [];
      window.messages = [];
      addEventListener('error', ({ message }) => message && errors.push(message), true);
      addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));
      for (const level of ['warn', 'error']) console[level] = (text) => messages.push(String(text));
      </script><body>${before}${build}${body}</body></html>`,
  });
  const page = frame.contentWindow as PageInFrame['page'];
  const button = page.document.querySelector('hsa-checkout-button')!;
  const endpoint = new Endpoint(page);
  // The script-tag file defines the badge in a separate task.
  await new Promise((resolve) => page.setTimeout(resolve));
  await button.refresh();
  await button.updateComplete;
  return { page, button, endpoint };
}

/** Presses the button, and waits for its session. */
export async function press({ button }: PageInFrame): Promise<void> {
  preventNavigation(button);
  const session = nextEvent(button, 'hsa-checkout-session');
  const failure = nextEvent(button, 'hsa-checkout-error').then(({ code, message }) => {
    throw new Error(`${code}: ${message}`);
  });
  control(button).click();
  await Promise.race([session, failure]);
}

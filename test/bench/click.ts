import type { Browser } from 'playwright-core';
import { inBlankPage, openBrowser } from './blank-page.js';
import { contenders } from './contenders.js';
import { inMs, printRatios, takeTurns, type Bar, type Figures } from './interleave.js';

/*
 * What the button adds to a shopper's first press in a fresh page: from the click to `fetch`, and from its answer to the
 * navigation. Beside the least that a page could do by hand: `fetch`, `json()`, `location.assign`.
 */

const SLOWDOWN = 4;
/** The most that may be added between click and request, in milliseconds. */
const MAX_ADDED_MS = 2;

const SESSION = {
  checkout_id: 'cs_0123456789abcdef',
  checkout_url: 'https://checkout.withgale.com/cs_0123456789abcdef',
  status: 'open',
};
const BARE = `<button>Pay</button><script>
  document.querySelector('button').onclick = async () => {
    const body = JSON.stringify({ line_items: [{ product_id: 'bp-monitor', price: 4995, quantity: 1 }] });
    const headers = { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() };
    const response = await fetch('/api/hsa-checkout', { method: 'POST', headers, body });
    location.assign((await response.json()).checkout_url);
  };
</script>`;

/** Runs in the page: presses, answers the request itself, and stops the navigation as it begins. */
const press = (button: string) => `new Promise((resolve, reject) => {
  let clicked, requested, answered;
  window.fetch = () => {
    requested = performance.now();
    const answer = new Response('${JSON.stringify(SESSION)}', { headers: { 'content-type': 'application/json' } });
    return new Promise((answerWith) => setTimeout(() => {
      answered = performance.now();
      answerWith(answer);
    }));
  };
  navigation.addEventListener('navigate', (event) => {
    const now = performance.now();
    event.preventDefault();
    resolve({ 'click to request': requested - clicked, 'answer to navigation': now - answered });
  });
  setTimeout(() => reject(new Error('nothing was opened')), 30_000);
  const button = ${button};
  clicked = performance.now();
  button.click();
})`;

/** Prints what the button adds between click and request, and between answer and navigation. */
export async function compareClick(): Promise<Bar[]> {
  const all = await contenders();
  const ours = all['script-tag file']!;
  const browser = await openBrowser();
  const bare = () =>
    inBlankPage(browser, { body: BARE, slowdown: SLOWDOWN }, ({ page }) =>
      page.evaluate<Figures>(press(`document.querySelector('button')`)),
    );
  try {
    const results = await takeTurns('first press', {
      'by hand': bare,
      'this button': () => pressOurs(browser, ours),
    });
    printRatios(`first press, CPU ÷ ${SLOWDOWN}`, results, inMs);
    const added = (name: string) => results['this button'][name]! - results['by hand'][name]!;
    const toRequest = added('click to request');
    console.log(
      `Added: ${inMs(toRequest)} before the request, ${inMs(added('answer to navigation'))} after its answer.\n`,
    );
    return [
      {
        bar: `click to request: adds under ${MAX_ADDED_MS} ms with the CPU ÷ ${SLOWDOWN}`,
        measured: inMs(toRequest),
        holds: toRequest < MAX_ADDED_MS,
      },
    ];
  } finally {
    await browser.close();
  }
}

const pressOurs = (
  browser: Browser,
  { script, markup, isShown }: { script: string; markup: string; isShown: string },
) =>
  inBlankPage(browser, { body: markup, slowdown: SLOWDOWN }, async ({ page }) => {
    await page.addScriptTag({ content: script });
    await page.waitForFunction(`(element => ${isShown})(document.body.firstElementChild)`);
    return page.evaluate<Figures>(
      press(`document.querySelector('hsa-checkout-button').shadowRoot.querySelector('button')`),
    );
  });

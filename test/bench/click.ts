import type { Browser } from 'playwright-core';
import { inBlankPage, openBrowser } from './blank-page.js';
import { contenders } from './contenders.js';
import { inMs, printRatios, takeTurns, type Bar, type Figures } from './interleave.js';

/*
 * What the button adds to a shopper's press: from the click to `fetch`, and from its answer to the navigation. Beside the least
 * that a page could do by hand: `fetch`, `json()`, `location.assign`. Of the first press in a fresh page, which waits for the
 * browser to compile all that it needs and to open the storage; and of a later one.
 */

const SLOWDOWN = 4;
/** Which press of a page is a later one: all is compiled by then. */
const LATER = 30;
/** The most that may be added between click and request, in milliseconds. */
const MAX_ADDED_MS = 2;

const SESSION = {
  checkout_id: 'cs_0123456789abcdef',
  checkout_url: 'https://checkout.withgale.com/cs_0123456789abcdef',
  status: 'open',
};
const bare = (key: string) => `<button>Pay</button><script>
  document.querySelector('button').onclick = async () => {
    const body = JSON.stringify({ line_items: [{ product_id: 'bp-monitor', price: 4995, quantity: 1 }] });
    const headers = { 'content-type': 'application/json', 'idempotency-key': ${key} };
    const response = await fetch('/api/hsa-checkout', { method: 'POST', headers, body });
    location.assign((await response.json()).checkout_url);
  };
</script>`;
const BARE = bare('crypto.randomUUID()');
/** As little, but for a key that a reload keeps: what opening the storage takes. */
const KEPT = bare('(sessionStorage.key ??= crypto.randomUUID())');

/** Runs in the page: presses so many times, answers each request itself, and stops the navigation as it begins. */
const press = (button: string, times: number) => `(async () => {
  const button = ${button};
  let figures;
  for (let i = 0; i < ${times}; i++) {
    figures = await new Promise((resolve, reject) => {
      let clicked, requested, answered;
      window.fetch = () => {
        requested = performance.now();
        const answer = new Response('${JSON.stringify(SESSION)}', { headers: { 'content-type': 'application/json' } });
        return new Promise((answerWith) => setTimeout(() => {
          answered = performance.now();
          answerWith(answer);
        }));
      };
      navigation.onnavigate = (event) => {
        const now = performance.now();
        event.preventDefault();
        resolve({ 'click to request': requested - clicked, 'answer to navigation': now - answered });
      };
      setTimeout(() => reject(new Error('nothing was opened')), 30_000);
      clicked = performance.now();
      button.click();
    });
    // As a page does that comes back from the payment page; then until all has come to rest.
    dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  }
  return figures;
})()`;

/** Prints what the button adds between click and request, and between answer and navigation. */
export async function compareClick(): Promise<Bar[]> {
  const all = await contenders();
  const ours = all['script-tag file']!;
  const browser = await openBrowser();
  const byHand = (body: string, times: number) => () =>
    inBlankPage(browser, { body, slowdown: SLOWDOWN }, ({ page }) =>
      page.evaluate<Figures>(press(`document.querySelector('button')`, times)),
    );
  const addedBy = async (what: string, times: number): Promise<number> => {
    const results = await takeTurns(what, {
      'by hand': byHand(BARE, times),
      'by hand, the key kept in sessionStorage': byHand(KEPT, times),
      'this button': () => pressOurs(browser, ours, times),
    });
    printRatios(`${what}, CPU ÷ ${SLOWDOWN}`, results, inMs);
    const added = (name: string) => results['this button'][name]! - results['by hand'][name]!;
    const toRequest = added('click to request');
    console.log(
      `Added: ${inMs(toRequest)} before the request, ${inMs(added('answer to navigation'))} after its answer.\n`,
    );
    return toRequest;
  };
  try {
    const bars: Bar[] = [];
    for (const [what, times] of [
      ['first press', 1],
      ['later press', LATER],
    ] as const) {
      const added = await addedBy(what, times);
      bars.push({
        bar: `click to request, ${what}: adds under ${MAX_ADDED_MS} ms with the CPU ÷ ${SLOWDOWN}`,
        measured: inMs(added),
        holds: added < MAX_ADDED_MS,
      });
    }
    return bars;
  } finally {
    await browser.close();
  }
}

const pressOurs = (
  browser: Browser,
  { script, markup, isShown }: { script: string; markup: string; isShown: string },
  times: number,
) =>
  inBlankPage(browser, { body: markup, slowdown: SLOWDOWN }, async ({ page }) => {
    await page.addScriptTag({ content: script });
    await page.waitForFunction(`(element => ${isShown})(document.body.firstElementChild)`);
    return page.evaluate<Figures>(
      press(`document.querySelector('hsa-checkout-button').shadowRoot.querySelector('button')`, times),
    );
  });

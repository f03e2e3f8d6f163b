import type { Browser, Page } from 'playwright-core';
import { inBlankPage, openBrowser } from './blank-page.js';
import { contenders } from './contenders.js';
import { inMs, printRatios, takeTurns, type Bar, type Figures } from './interleave.js';

/*
 * The time that the button adds to a press: from the click to `fetch`, and from the response to the navigation, beside a page that
 * only calls `fetch`, `json()` and `location.assign`. For the first press in a new page, which includes compilation, and for a later
 * one. The press is a mouse click, measured from its click event.
 */

const SLOWDOWN = 4;
/** The number of the later press, when all code is compiled. */
const LATER = 30;
/** The most that the button may add between click and request, in milliseconds. */
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
/** The same with a key in the storage, for the time that the storage takes. */
const KEPT = bare('(sessionStorage.key ??= crypto.randomUUID())');

/**
 * Runs in the page and measures one press. It answers the request itself and stops the navigation at its start.
 */
const WATCH = `window.nextPress = () => new Promise((resolve, reject) => {
  let clicked, requested, answered;
  addEventListener('click', () => (clicked = performance.now()), { capture: true, once: true });
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
})`;
/** Runs in the page: presses by script, and returns as from the payment page. */
async function pressByScript(button: Node): Promise<void> {
  const pressed = (globalThis as unknown as { nextPress: () => Promise<Figures> }).nextPress();
  (button as HTMLElement).click();
  await pressed;
  dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
  await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
}
/** The duration of the mouse press, in milliseconds. */
const HELD_MS = 50;

/** Presses the button by script up to the press to measure, which is a mouse click. */
async function press(page: Page, times: number): Promise<Figures> {
  const button = page.locator('button');
  await page.evaluate(WATCH);
  for (let i = 1; i < times; i++) await button.evaluate(pressByScript);
  const pressed = page.evaluate<Figures>('nextPress()');
  await button.click({ delay: HELD_MS });
  return pressed;
}

/** Prints the time that the button adds between click and request, and between response and navigation. */
export async function compareClick(): Promise<Bar[]> {
  const all = await contenders();
  const ours = all['script-tag file']!;
  const browser = await openBrowser();
  const byHand = (body: string, times: number) => () =>
    inBlankPage(browser, { body, slowdown: SLOWDOWN }, ({ page }) => press(page, times));
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
    return press(page, times);
  });

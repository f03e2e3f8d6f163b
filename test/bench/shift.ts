import type { Browser } from 'playwright-core';
import { startDemo } from '../../demo/server.js';
import { openBrowser, slowDown } from './blank-page.js';
import { printTable, takeTurns, type Bar, type Figures } from './interleave.js';

/* The effect of the tag on the load of a shop's pages: layout shift and blocked time. */

const PAGES = ['/', '/cart'];
const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 }, slowdown: 1 },
  'phone, CPU ÷ 4': { viewport: { width: 390, height: 844 }, slowdown: 4 },
};
/** The most that the tag may add to a page's layout shift: nothing that the browser counts. */
const MAX_ADDED_SHIFT = 0.001;

/** Runs in the page before its scripts. */
const OBSERVE = `
  window.seen = { shift: 0, blocked: 0 };
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (seen.shift += value)))
    .observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => (seen.blocked += duration)))
    .observe({ type: 'longtask', buffered: true });`;

/** Loads a page of the shop once, with a product in the cart. */
async function visit(
  browser: Browser,
  url: string,
  path: string,
  { viewport, slowdown }: (typeof DEVICES)[keyof typeof DEVICES],
  hasTag: boolean,
): Promise<Figures> {
  const context = await browser.newContext({ viewport });
  try {
    await context.request.post(`${url}/cart/add`, { form: { product_id: 'bp-monitor' } });
    const page = await context.newPage();
    await page.addInitScript(OBSERVE);
    if (!hasTag)
      await page.route('**/cdn/*', (route) => route.fulfill({ contentType: 'text/javascript', body: '' }));
    const protocol = await context.newCDPSession(page);
    await slowDown(protocol, slowdown);
    await page.goto(url + path, { waitUntil: 'networkidle' });
    const isThere = await page.evaluate(`!!customElements.get('hsa-checkout-button')`);
    if (isThere !== hasTag) throw new Error(`The page ${path} has the wrong scripts`);
    const seen = await page.evaluate<{ shift: number; blocked: number }>('seen');
    await slowDown(protocol, 1);
    return { ...seen };
  } finally {
    await context.close();
  }
}

/** Prints layout shift and long tasks of the demo shop, with and without the tag. */
export async function measureShift(): Promise<Bar[]> {
  const demo = await startDemo({ port: 0 });
  const browser = await openBrowser();
  try {
    const rows: string[][] = [];
    let worst = 0;
    for (const [name, device] of Object.entries(DEVICES))
      for (const path of PAGES) {
        const [one, other] = [true, false].map(
          (hasTag) => () => visit(browser, demo.url, path, device, hasTag),
        );
        const medians = await takeTurns(`${path} on a ${name}`, { with: one!, without: other! });
        worst = Math.max(worst, medians.with['shift']! - medians.without['shift']!);
        const cells = Object.values(medians).flatMap(({ shift, blocked }) => [
          shift!.toFixed(4),
          `${blocked!.toFixed(0)} ms`,
        ]);
        rows.push([`${path} on a ${name}`, ...cells]);
      }
    printTable(['storefront', 'shift with the tag', 'long tasks', 'shift without', 'long tasks'], rows);
    return [
      {
        bar: 'storefront: the tag moves nothing',
        measured: `${worst.toFixed(4)} added at most`,
        holds: worst <= MAX_ADDED_SHIFT,
      },
    ];
  } finally {
    await browser.close();
    await demo.close();
  }
}

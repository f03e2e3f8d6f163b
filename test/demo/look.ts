import assert from 'node:assert/strict';
import type { Shopper } from './shopper.js';

declare global {
  var shifts: string[];
}

/** Records layout shifts on every page that the shopper opens from now on. */
export async function watchShifts({ page }: Shopper): Promise<void> {
  await page.addInitScript(() => {
    globalThis.shifts = [];
    interface Shift extends PerformanceEntry {
      hadRecentInput: boolean;
      value: number;
      sources: { node?: Node }[];
    }
    new PerformanceObserver((list) => {
      for (const { hadRecentInput, value, sources } of list.getEntries() as Shift[]) {
        const moved = sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 60) : ''));
        if (!hadRecentInput) globalThis.shifts.push(`${value} ${moved.join(' ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

/** Checks a page on any device: axe finds no problem, nothing scrolls sideways, and the layout did not shift. */
export async function assertInOrder(shopper: Shopper, where: string): Promise<void> {
  const { page } = shopper;
  assert.deepEqual(await shopper.axe(), [], where);
  const { width, shown, shifts } = await page.evaluate(async () => {
    // The browser reports shifts after their frame.
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const { scrollWidth, clientWidth } = document.documentElement;
    return { width: scrollWidth, shown: clientWidth, shifts: globalThis.shifts };
  });
  assert.equal(width, shown, `${where} scrolls sideways`);
  assert.deepEqual(shifts, [], `${where} moves`);
}

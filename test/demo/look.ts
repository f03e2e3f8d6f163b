import assert from 'node:assert/strict';
import type { Shopper } from './shopper.js';

declare global {
  var shifts: string[];
}

/** Takes note of what moves by itself on every page that the shopper opens from now on. */
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

/** What a page must be on every device: nothing for axe to find, nothing that scrolls sideways, nothing that moved by itself. */
export async function assertInOrder(shopper: Shopper, where: string): Promise<void> {
  const { page } = shopper;
  assert.deepEqual(await shopper.axe(), [], where);
  const { width, shown, shifts } = await page.evaluate(async () => {
    // Shifts are told after the frame that they happened in.
    await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
    const { scrollWidth, clientWidth } = document.documentElement;
    return { width: scrollWidth, shown: clientWidth, shifts: globalThis.shifts };
  });
  assert.equal(width, shown, `${where} scrolls sideways`);
  assert.deepEqual(shifts, [], `${where} moves`);
}

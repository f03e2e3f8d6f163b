import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';

const SCRIPT = readFileSync(resolve(import.meta.dirname, '../../dist/cdn/hsa-checkout.js'), 'utf8');
const COUNT = 1_000;
/** Four times slower than this machine: a phone of some years ago. */
const SLOWDOWN = 4;

/** A page of products, each with its place for a badge, as a collection has it. */
const PAGE = `<!doctype html><html lang="en"><title>Everything</title><link rel="icon" href="data:,">
  <style>hsa-eligibility-badge { display: block; height: 2rem }</style>
  <script src="/hsa-checkout.js" defer></script>
  ${Array.from({ length: COUNT }, (_, i) => `<p>Product ${i}</p><hsa-eligibility-badge endpoint="/api" product-id="p${i}"></hsa-eligibility-badge>`).join('')}`;

declare global {
  var longTasks: number[];
  var shift: number;
}

describe('a thousand badges on one page', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  });
  after(() => browser.close());

  test('ask in ten requests, and move nothing', async (t) => {
    const page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    const batches: number[] = [];
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/hsa-checkout.js')
        return route.fulfill({ contentType: 'text/javascript', body: SCRIPT });
      if (pathname !== '/api/eligibility') return route.fulfill({ contentType: 'text/html', body: PAGE });
      const { product_ids } = route.request().postDataJSON() as { product_ids: string[] };
      batches.push(product_ids.length);
      const products = product_ids.map((product_id) => ({ product_id, eligibility: 'eligible' }));
      return route.fulfill({ json: { products } });
    });
    await page.addInitScript(() => {
      globalThis.longTasks = [];
      globalThis.shift = 0;
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration));
      }).observe({ type: 'longtask', buffered: true });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          globalThis.shift += (entry as PerformanceEntry & { value: number }).value;
      }).observe({ type: 'layout-shift', buffered: true });
    });
    const client = await page.context().newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await page.goto('http://localhost/');
    await page.waitForFunction(
      (count) =>
        [...document.querySelectorAll('hsa-eligibility-badge')].filter((badge) =>
          badge.shadowRoot?.textContent.includes('HSA/FSA eligible'),
        ).length === count,
      COUNT,
    );
    const [longTasks, shift] = await page.evaluate(() => [globalThis.longTasks, globalThis.shift] as const);
    t.diagnostic(`long tasks at a ${SLOWDOWN}th of the speed: ${longTasks.join(', ') || 'none'} ms`);
    assert.deepEqual(batches, Array(COUNT / 100).fill(100));
    assert.equal(shift, 0);
    await page.close();
  });
});

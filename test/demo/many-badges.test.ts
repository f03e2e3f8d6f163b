import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';
import { ensureBuilt } from '../support/built.js';

ensureBuilt('script-tag');

const SCRIPT = readFileSync(resolve(import.meta.dirname, '../../dist/cdn/hsa-checkout.js'), 'utf8');
const COUNT = 1_000;
/** Four times slower than this machine, as a phone of some years ago. */
const SLOWDOWN = 4;
/** An element with two attributes and no more, for the page's own share of the long tasks. */
const IDLE = `customElements.define('hsa-eligibility-badge', class extends HTMLElement {
  static observedAttributes = ['endpoint', 'product-id'];
  attributeChangedCallback() {}
  connectedCallback() {}
})`;
/** The time of each of a badge's two steps on the counted clock below, in milliseconds: about five times that of such a phone. */
const STEP_MS = 2;
/** The duration from which a browser reports a long task, in milliseconds. */
const LONG_TASK_MS = 50;

/** A collection page with a badge for each product. */
const PAGE = `<!doctype html><html lang="en"><title>Everything</title><link rel="icon" href="data:,">
  <style>hsa-eligibility-badge { display: block; height: 2rem }</style>
  <script src="/hsa-checkout.js" defer></script>
  ${Array.from({ length: COUNT }, (_, i) => `<p>Product ${i}</p><hsa-eligibility-badge endpoint="/api" product-id="p${i}"></hsa-eligibility-badge>`).join('')}`;

declare global {
  var longTasks: number[];
  var shift: number;
  /** The duration of each task on the counted clock. */
  var tasks: number[];
  /** The task in which a tag is defined and its elements are upgraded. */
  var definedIn: Record<string, number>;
}

/** Records the browser's long tasks and layout shifts. */
function observe(): void {
  globalThis.longTasks = [];
  globalThis.shift = 0;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longTasks.push(Math.round(duration));
  }).observe({ type: 'longtask', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      globalThis.shift += (entry as PerformanceEntry & { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/**
 * Gives the page a clock that only the badges move: when a badge gets its shadow root, and when it gets its response. The duration
 * of a task then depends on how the work is spread, and not on the load of this machine.
 */
function count(stepMs: number): void {
  globalThis.tasks = [0];
  let now = 0;
  performance.now = () => now;
  addEventListener('step', () => {
    now += stepMs;
    tasks[tasks.length - 1]! += stepMs;
  });
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    dispatchEvent(new Event('step'));
    return attachShadow.call(this, init);
  };
  addEventListener('hsa-eligibility', () => dispatchEvent(new Event('step')));
  globalThis.definedIn = {};
  const { define } = CustomElementRegistry.prototype;
  CustomElementRegistry.prototype.define = function (tag, ...rest) {
    definedIn[tag] = tasks.length - 1;
    define.call(this, tag, ...rest);
  };
  const set = globalThis.setTimeout;
  globalThis.setTimeout = ((work: () => void, ms?: number) =>
    set(() => {
      tasks.push(0);
      work();
    }, ms)) as typeof setTimeout;
}

describe('a thousand badges on one page', () => {
  let browser: Browser;
  before(async () => {
    browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
  });
  after(() => browser.close());

  /** Opens the page with a script. Returns a list that gets the number of products of each request. */
  async function open(page: Page, script: string): Promise<number[]> {
    page.setDefaultTimeout(60_000);
    const batches: number[] = [];
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/hsa-checkout.js')
        return route.fulfill({ contentType: 'text/javascript', body: script });
      if (pathname !== '/api/eligibility') return route.fulfill({ contentType: 'text/html', body: PAGE });
      const { product_ids } = route.request().postDataJSON() as { product_ids: string[] };
      batches.push(product_ids.length);
      const products = product_ids.map((product_id) => ({ product_id, eligibility: 'eligible' }));
      return route.fulfill({ json: { products } });
    });
    await page.goto('http://localhost/');
    return batches;
  }

  /** Waits until every badge has its text. */
  async function settle(page: Page): Promise<void> {
    await page.waitForFunction(
      (count) =>
        [...document.querySelectorAll('hsa-eligibility-badge')].filter((badge) =>
          badge.shadowRoot?.textContent.includes('HSA/FSA eligible'),
        ).length === count,
      COUNT,
      { polling: 500 },
    );
  }

  /** Opens a page on a slow machine and measures the long tasks of its script. */
  async function openSlowly(script: string): Promise<{ page: Page; batches: number[] }> {
    const page = await browser.newPage();
    await page.addInitScript(observe);
    const client = await page.context().newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    return { page, batches: await open(page, script) };
  }

  test('send ten requests, and shift nothing', async (t) => {
    const bare = await openSlowly(IDLE);
    const own = await bare.page.evaluate(() => globalThis.longTasks);
    await bare.page.close();
    const { page, batches } = await openSlowly(SCRIPT);
    await settle(page);
    const [longTasks, shift] = await page.evaluate(() => [globalThis.longTasks, globalThis.shift] as const);
    // Not asserted, because it includes the page's own layout and the load of other programs.
    const say = (tasks: number[]) => tasks.join(', ') || 'none';
    t.diagnostic(
      `long tasks at a ${SLOWDOWN}th of the speed, in ms: ${say(longTasks)}; with elements that do nothing: ${say(own)}`,
    );
    assert.deepEqual(batches, Array(COUNT / 100).fill(100));
    assert.equal(shift, 0);
    await page.close();
  });

  test('split their work into tasks that are not long, however slow the page is', async (t) => {
    const page = await browser.newPage();
    await page.addInitScript(count, STEP_MS);
    await open(page, SCRIPT);
    await settle(page);
    const [tasks, definedIn] = await page.evaluate(() => [globalThis.tasks, globalThis.definedIn] as const);
    // The script's own task should not also do the work of the badges.
    assert.deepEqual(definedIn, { 'hsa-checkout-button': 0, 'hsa-eligibility-badge': 1 });
    const longest = Math.max(...tasks);
    t.diagnostic(`the longest task of ${tasks.filter(Boolean).length}: ${longest} ms of counted work`);
    assert.equal(
      tasks.reduce((sum, ms) => sum + ms, 0),
      2 * COUNT * STEP_MS,
    );
    assert.ok(longest <= LONG_TASK_MS, `${longest} ms in one task`);
    await page.close();
  });
});

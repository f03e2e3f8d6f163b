import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';
import { ensureBuilt } from '../support/built.js';
import { blocksOf } from '../support/documents.js';

ensureBuilt('script-tag');

const ROOT = resolve(import.meta.dirname, '../..');
const SCRIPT = readFileSync(resolve(ROOT, 'dist/cdn/hsa-checkout.js'), 'utf8');
const LINE = { product_id: 'bp-monitor', quantity: 1, price: 4995 };
const CART = JSON.stringify({ line_items: [{ ...LINE, hsa_fsa_eligible: true }] });
const PAYMENT = 'https://checkout.withgale.com/c/1';

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
});
after(() => browser.close());

async function openPage(): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  return page;
}

describe('a shop on plain http', () => {
  test('sends a valid idempotency key, although it is not a secure context', async () => {
    const page = await openPage();
    const keys: string[] = [];
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/hsa-checkout.js')
        return route.fulfill({ contentType: 'text/javascript', body: SCRIPT });
      if (pathname === '/api') {
        keys.push(route.request().headers()['idempotency-key']!);
        return route.fulfill({ json: { checkout_id: 'cs_1', checkout_url: PAYMENT, status: 'open' } });
      }
      const body = `<!doctype html><title>Shop</title><script src="/hsa-checkout.js"></script>
        <hsa-checkout-button endpoint="/api" cart='${CART}'></hsa-checkout-button>`;
      return route.fulfill({ contentType: 'text/html', body });
    });
    await page.goto('http://shop.example/');
    assert.deepEqual(await page.evaluate(() => [isSecureContext, typeof crypto.randomUUID]), [
      false,
      'undefined',
    ]);
    await page.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
    await page.waitForURL(PAYMENT);
    assert.equal(keys.length, 1);
    assert.match(keys[0]!, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    await page.close();
  });
});

describe('an endpoint on another origin', () => {
  test('gets the shop’s origin, not the URL of the page, and no cookie', async () => {
    const page = await openPage();
    const requests: Record<string, string>[] = [];
    await page.route('**/*', async (route) => {
      const request = route.request();
      const { pathname, host } = new URL(request.url());
      if (pathname === '/hsa-checkout.js')
        return route.fulfill({ contentType: 'text/javascript', body: SCRIPT });
      if (host === 'api.example') {
        const headers = {
          'access-control-allow-origin': 'https://shop.example',
          'access-control-allow-headers': 'idempotency-key, content-type',
        };
        if (request.method() === 'OPTIONS') return route.fulfill({ status: 204, headers });
        requests.push(await request.allHeaders());
        return route.fulfill({
          headers,
          json: { checkout_id: 'cs_1', checkout_url: PAYMENT, status: 'open' },
        });
      }
      // The page's own policy would send the whole URL.
      const body = `<!doctype html><title>Shop</title><meta name="referrer" content="unsafe-url">
        <script src="/hsa-checkout.js"></script>
        <hsa-checkout-button endpoint="https://api.example/" cart='${CART}'></hsa-checkout-button>`;
      return route.fulfill({ contentType: 'text/html', body });
    });
    await page.context().addCookies([{ name: 'id', value: 'x', url: 'https://api.example' }]);
    await page.goto('https://shop.example/products/blood-pressure-monitor?from=hypertension');
    await page.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
    await page.waitForURL(PAYMENT);
    assert.equal(requests.length, 1);
    assert.equal(requests[0]!['referer'], 'https://shop.example/');
    assert.equal(requests[0]!['cookie'], undefined);
    await page.close();
  });
});

describe('a shop on its own server', () => {
  let server: ServerType;
  let url: string;
  let release: () => void;

  /** The guide's example, which reserves the button's space. The test decides when the script loads. */
  const reserved = blocksOf('docs/script-tag.md', 'html').find(({ code }) =>
    code.includes(':not(:defined)'),
  )!.code;

  before(async () => {
    const app = new Hono();
    let isReleased: Promise<void>;
    app.get('/late.js', async (c) => {
      await isReleased;
      return c.body(SCRIPT, 200, { 'content-type': 'text/javascript' });
    });
    app.get('/hsa-checkout.js', (c) => c.body(SCRIPT, 200, { 'content-type': 'text/javascript' }));
    app.post('/api/hsa-checkout/eligibility', (c) => {
      return c.json({ products: [{ product_id: 'bp-monitor', eligibility: 'eligible' }] });
    });
    app.get('/shop', (c) =>
      c.html(`<!doctype html><html lang="en"><title>Shop</title><link rel="icon" href="data:,">
        <script src="/hsa-checkout.js" defer></script>
        <hsa-checkout-button endpoint="/api/hsa-checkout"
          cart='${JSON.stringify({ line_items: [LINE] })}'></hsa-checkout-button>`),
    );
    app.get('/cart', (c) => {
      isReleased = new Promise((resolveIt) => (release = resolveIt));
      return c.html(`<!doctype html><html lang="en"><title>Cart</title><link rel="icon" href="data:,">
        <script>
          window.shift = 0;
          const shifts = new PerformanceObserver((list) => addShifts(list.getEntries()));
          const addShifts = (entries) => entries.forEach((entry) => (shift += entry.value));
          shifts.observe({ type: 'layout-shift', buffered: true });
          window.readShift = () => (addShifts(shifts.takeRecords()), shift);
          window.buttons = document.getElementsByTagName('hsa-checkout-button');
        </script>
        <script src="/late.js" defer></script>
        <h1>Your cart</h1>
        ${c.req.query('reserved') ? reserved : '<hsa-checkout-button endpoint="/api/hsa-checkout"></hsa-checkout-button>'}
        <p id="after">What comes after the button.</p>
        <script>
          buttons[0].cart = { line_items: [${JSON.stringify(LINE)}] };
        </script>`);
    });
    server = await new Promise((resolveIt) => {
      const started = serve({ fetch: app.fetch, port: 0, hostname: 'localhost' }, () => resolveIt(started));
    });
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    if ('closeAllConnections' in server) server.closeAllConnections();
  });

  for (const [title, query, isStill] of [
    ['does not move with the guide’s styles,', '?reserved=1', true],
    ['moves without these styles, which checks the measurement,', '', false],
  ] as const)
    test(`the content below the button ${title} when the script and its badge load late`, async () => {
      const page = await openPage();
      await page.goto(`${url}/cart${query}`, { waitUntil: 'commit' });
      await page.locator('#after').waitFor();
      const top = () => page.locator('#after').evaluate((after) => after.getBoundingClientRect().top);
      const before = await top();
      if (isStill) {
        const fallback = await page.getByRole('button', { name: 'Continue to checkout' }).boundingBox();
        assert.equal(fallback!.height, 48);
      }
      release();
      await page.getByText('All items are HSA/FSA eligible').waitFor();
      // The browser records a shift when it paints: two frames later, the shifts of this frame are recorded.
      const shift = await page.evaluate(
        () =>
          new Promise<number>((resolve) =>
            requestAnimationFrame(() =>
              requestAnimationFrame(() =>
                setTimeout(() => resolve((globalThis as unknown as { readShift(): number }).readShift())),
              ),
            ),
          ),
      );
      assert.equal((await top()) === before, isStill);
      if (isStill) assert.equal(shift, 0);
      else assert.ok(shift > 0, `measured ${shift}`);
      await page.close();
    });

  test('a thousand removed buttons and badges leave no node and no listener', async () => {
    const page = await openPage();
    await page.goto(`${url}/shop`);
    await page.getByText('All items are HSA/FSA eligible').waitFor();
    const client = await page.context().newCDPSession(page);
    const churn = (times: number) =>
      page.evaluate(async (count) => {
        for (let i = 0; i < count; i++) {
          const button = document.createElement('hsa-checkout-button');
          Object.assign(button, {
            endpoint: '/api/hsa-checkout',
            cart: { line_items: [{ product_id: 'bp-monitor', quantity: 1 }] },
          });
          const badge = document.createElement('hsa-eligibility-badge');
          badge.setAttribute('type', 'eligible');
          document.body.append(button, badge);
          await (button as unknown as { updateComplete: Promise<boolean> }).updateComplete;
          if (i % 10 === 0) button.shadowRoot!.querySelector('button')!.click();
          button.remove();
          badge.remove();
        }
        await new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
      }, times);
    const counters = async () => {
      await client.send('HeapProfiler.collectGarbage');
      const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters');
      return { nodes, jsEventListeners };
    };
    // The first round creates what is kept once, such as templates and caches.
    await churn(20);
    const before = await counters();
    await churn(1_000);
    // A leak would keep a node and its shadow tree for each element, far more than twenty nodes. An aborted request may hold
    // some until the browser frees it, so the test waits for that.
    let after = await counters();
    const isClean = () =>
      after.nodes <= before.nodes + 20 && after.jsEventListeners <= before.jsEventListeners + 2;
    for (const until = Date.now() + 20_000; !isClean() && Date.now() < until; after = await counters())
      await page.evaluate(() => new Promise((next) => requestAnimationFrame(() => setTimeout(next))));
    console.log(
      `  nodes ${before.nodes} → ${after.nodes}, listeners ${before.jsEventListeners} → ${after.jsEventListeners}`,
    );
    assert.ok(isClean(), JSON.stringify({ before, after }));
    await page.close();
  });
});

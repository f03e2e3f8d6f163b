import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { chromium, type Browser, type FrameLocator, type Page } from 'playwright-core';
import { chromiumPath } from '../support/browsers.js';
import { ensureBuilt } from '../support/built.js';

ensureBuilt('script-tag');

/** A script-tag file of the build. */
const script = (name: string) => readFileSync(resolve(import.meta.dirname, '../../dist/cdn', name), 'utf8');
const PAYMENT = 'https://checkout.withgale.com/c/1';
const CART = '{"line_items":[{"product_id":"bp-monitor","quantity":1,"price":4995,"hsa_fsa_eligible":true}]}';

const shop = (
  attributes: string,
) => `<!doctype html><title>Shop</title><script src="/hsa-checkout.js"></script>
  <hsa-checkout-button endpoint="/api" cart='${CART}' ${attributes}></hsa-checkout-button>
  <script>document.querySelector('[data-start]')?.checkout();</script>`;

let browser: Browser;
before(async () => {
  browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
});
after(() => browser.close());

/** A page with a shop in a frame on another host. The network is simulated, the browser's rules are real. */
async function open(frame: string, attributes: string, host = 'shop.example'): Promise<[Page, FrameLocator]> {
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  await page.route('**/*', (route) => {
    const { pathname, host: requestHost } = new URL(route.request().url());
    if (requestHost === 'checkout.withgale.com')
      return route.fulfill({ contentType: 'text/html', body: '<h1>Pay</h1>' });
    if (pathname.endsWith('.js'))
      return route.fulfill({ contentType: 'text/javascript', body: script(pathname.slice(1)) });
    if (pathname === '/api')
      return route.fulfill({
        json: { checkout_id: 'cs_1', checkout_url: PAYMENT, status: 'open', test: false },
      });
    if (pathname === '/shop') return route.fulfill({ contentType: 'text/html', body: shop(attributes) });
    return route.fulfill({
      contentType: 'text/html',
      body: `<!doctype html><title>Outer</title><iframe src="https://${host}/shop" ${frame}></iframe>`,
    });
  });
  await page.goto('https://outer.example/');
  return [page, page.frameLocator('iframe')];
}

const press = (frame: FrameLocator) => frame.getByRole('button', { name: 'Pay with HSA/FSA' }).click();

describe('a shop in a frame', () => {
  test('of the same origin opens the payment page in its own frame, or in the whole window if `target` says so', async () => {
    const [page, frame] = await open('', '', 'outer.example');
    await press(frame);
    await frame.getByRole('heading', { name: 'Pay' }).waitFor();
    assert.equal(page.url(), 'https://outer.example/');
    const [whole, inner] = await open('', 'target="top"', 'outer.example');
    await press(inner);
    await whole.waitForURL(PAYMENT);
    await page.close();
    await whole.close();
  });

  test('of another origin opens the payment page in the whole window after a press', async () => {
    const [page, frame] = await open('', 'target="top"');
    await press(frame);
    await page.waitForURL(PAYMENT);
    await page.close();
  });

  test('that may not navigate the window offers a link that works without that permission', async () => {
    const [page, frame] = await open('sandbox="allow-scripts allow-same-origin"', 'target="top"');
    await press(frame);
    const link = frame.getByRole('link', { name: 'Continue to checkout' });
    await link.waitFor();
    assert.equal(await link.getAttribute('href'), PAYMENT);
    assert.equal(await link.getAttribute('target'), '_top');
    assert.equal(
      (await frame.getByRole('alert').innerText()).trim(),
      'The payment page didn’t open by itself.',
    );
    assert.equal(page.url(), 'https://outer.example/');
    await page.close();
  });

  // Started by the page's script, so there is no press for the browser's permission.
  test('that navigates too long after a press, or without one, offers a link that works', async () => {
    const [page, frame] = await open(
      'sandbox="allow-scripts allow-same-origin allow-top-navigation-by-user-activation"',
      'target="top" data-start',
    );
    const link = frame.getByRole('link', { name: 'Continue to checkout' });
    await link.click();
    await page.waitForURL(PAYMENT);
    await page.close();
  });
});

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { Shop } from './shopper.js';

let shop: Shop;
before(async () => (shop = await Shop.open()));
after(() => shop.close());

const SPLIT =
  'May be paid with HSA/FSA $49.95 You’ll use another card $19.99 Total before shipping and tax $69.94';

/** The name and the description of the only button whose name matches, in the accessibility tree. */
async function hear(page: Page, pattern: RegExp): Promise<[name: string, description: string]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const buttons = nodes.filter(
    ({ role, name }) => role?.value === 'button' && pattern.test(String(name?.value)),
  );
  assert.equal(buttons.length, 1, `buttons named ${pattern.source}`);
  const [{ name, description }] = buttons as [(typeof buttons)[0]];
  return [String(name!.value), String(description?.value).replace(/\s+/g, ' ').trim()];
}

/** Delays the page's requests of a URL until `release` is called. */
async function hold(page: Page, url: string): Promise<{ requested: Promise<void>; release: () => void }> {
  let tell!: () => void;
  let release!: () => void;
  const requested = new Promise<void>((resolve) => (tell = resolve));
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(url, async (route) => {
    tell();
    await released;
    await route.continue();
  });
  return { requested, release };
}

describe('the button of a split cart', () => {
  test('says what HSA/FSA may pay and that another card pays the rest: before the press, during it, and until the page is left', async () => {
    const shopper = await shop.enter();
    const { page } = shopper;
    await shopper.add('Blood pressure monitor');
    await shopper.add('Daily multivitamins');
    await page.goto('/cart');
    await page.getByText('You’ll use another card').waitFor();
    assert.deepEqual(await hear(page, /^Pay with/), ['Pay with HSA/FSA', SPLIT]);

    const { requested, release } = await hold(page, '**/api/hsa-checkout');
    // A 204 keeps the browser on the page after the button has navigated.
    const left = page.waitForRequest('**/sandbox/pay/**');
    await page.route('**/sandbox/pay/**', (route) => route.fulfill({ status: 204 }));
    await page.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
    await requested;
    assert.deepEqual(await hear(page, /^Opening/), ['Opening checkout…', SPLIT]);

    release();
    await left;
    assert.deepEqual(await hear(page, /^Test/), ['Test checkout…', SPLIT]);
    assert.deepEqual(shopper.complaints, []);
  });
});

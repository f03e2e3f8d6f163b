import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Shop } from './shopper.js';

let shop: Shop;
before(async () => (shop = await Shop.open()));
after(() => shop.close());

for (const app of ['React', 'Vue'])
  describe(`the cart in ${app}`, () => {
    test('is bought: two monitors after a change of the quantity', async () => {
      const shopper = await shop.enter();
      const { page, complaints } = shopper;
      await shopper.add('Blood pressure monitor');
      await page.goto(`/apps/${app.toLowerCase()}`);
      await page.getByText('All items are HSA/FSA eligible').waitFor();
      await page.getByText('HSA/FSA eligible', { exact: true }).waitFor();
      await page.getByRole('button', { name: 'One more: Blood pressure monitor' }).click();
      await page.locator('.sum', { hasText: '$99.90' }).waitFor();
      await page.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
      await page.waitForURL('**/sandbox/pay/**');
      await shopper.pay();
      await shop.demo.sandbox.advance(0);
      const [order] = await shopper.orders();
      assert.match(order!, /Paid .*Blood pressure monitor × 2 \$99\.90/);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  });

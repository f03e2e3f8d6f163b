import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Shop } from './shopper.js';

let shop: Shop;
before(async () => (shop = await Shop.open()));
after(() => shop.close());

for (const app of ['React', 'Vue'])
  describe(`the cart in ${app}`, () => {
    test('can be paid after a change of the quantity', async () => {
      const shopper = await shop.enter();
      const { page, complaints } = shopper;
      // The page's drawer also shows the cart.
      const cart = page.locator('#app');
      await shopper.add('Blood pressure monitor');
      await page.goto(`/apps/${app.toLowerCase()}`);
      await cart.getByText('All items are HSA/FSA eligible').waitFor();
      await cart.getByText('HSA/FSA eligible', { exact: true }).waitFor();
      await cart.getByRole('button', { name: 'One more: Blood pressure monitor' }).click();
      await cart.locator('.sum', { hasText: '$99.90' }).waitFor();
      await cart.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
      await page.waitForURL('**/sandbox/pay/**');
      await shopper.pay();
      await shop.demo.sandbox.advance(0);
      const [order] = await shopper.orders();
      assert.match(order!, /Paid .*Blood pressure monitor × 2 \$99\.90/);
      assert.deepEqual(complaints, []);
      await page.context().close();
    });

    test('shows that it is empty, with a link to the shop instead of the button', async () => {
      const { page, complaints } = await shop.enter();
      await page.goto(`/apps/${app.toLowerCase()}`);
      await page.locator('#app').getByText('Your cart is empty.').waitFor();
      assert.equal(await page.locator('#app hsa-checkout-button').count(), 0);
      await page.locator('#app').getByRole('link', { name: 'Go to the shop' }).click();
      await page.waitForURL('**/');
      assert.deepEqual(complaints, []);
      await page.context().close();
    });
  });

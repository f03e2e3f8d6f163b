import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { assertInOrder, watchShifts } from './look.js';
import { Shop, type Shopper } from './shopper.js';

let shop: Shop;
before(async () => (shop = await Shop.open()));
after(() => shop.close());

const shoppers: Shopper[] = [];
async function enter(...options: Parameters<Shop['enter']>): Promise<Shopper> {
  const shopper = await shop.enter(...options);
  shoppers.push(shopper);
  return shopper;
}
afterEach(async () => {
  for (const { page, complaints, strangers } of shoppers.splice(0)) {
    await page.context().close();
    assert.deepEqual(complaints, []);
    assert.deepEqual(strangers, []);
  }
});

const hasFocus = (element: Element) => element === document.activeElement;

describe('the pages of the storefront', () => {
  for (const [device, options] of [
    ['a desk', { viewport: { width: 1280, height: 800 } }],
    ['a phone, in the dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
  ] as const)
    test(`do not shift or overflow on ${device}, and axe finds no problem`, async () => {
      const shopper = await enter(options);
      const { page } = shopper;
      await watchShifts(shopper);
      await page.goto('/');
      await page.getByText('May be HSA/FSA eligible').first().waitFor();
      await assertInOrder(shopper, 'the front');
      await page.goto('/collections/rest');
      await page.getByText('May be HSA/FSA eligible').first().waitFor();
      assert.deepEqual(await page.getByRole('heading', { level: 2 }).allInnerTexts(), [
        'Massage gun',
        'Orthopedic seat cushion',
      ]);
      await assertInOrder(shopper, 'a collection');
      await page.goto('/products/massage-gun');
      await page.getByRole('button', { name: 'Learn more' }).waitFor();
      await assertInOrder(shopper, 'a product');
      await page.getByRole('button', { name: 'Add to cart: Massage gun' }).click();
      const drawer = page.getByRole('dialog', { name: 'Your cart' });
      await drawer.locator('hsa-checkout-button').getByText('May be HSA/FSA eligible').waitFor();
      await assertInOrder(shopper, 'the drawer');
      await page.goto('/cart');
      await page.locator('hsa-checkout-button').getByText('May be HSA/FSA eligible').waitFor();
      await assertInOrder(shopper, 'the cart');
    });

  test('do not shift when the eligibility comes 900 ms late', async () => {
    const shopper = await enter({ viewport: { width: 390, height: 844 } });
    const { page } = shopper;
    await watchShifts(shopper);
    let late = 0;
    await page.route('**/api/hsa-checkout/eligibility', async (route) => {
      late++;
      await page.waitForTimeout(900);
      await route.continue();
    });
    for (const [path, place] of [
      ['/', '.card'],
      ['/collections/rest', '.card'],
      ['/products/massage-gun', '.offer'],
    ] as const) {
      await page.evaluate(() => sessionStorage.clear()).catch(() => {});
      await page.goto(path);
      await page.locator(place).getByText('May be HSA/FSA eligible').first().waitFor();
      await assertInOrder(shopper, path);
    }
    assert.equal(late, 3);
    await page.getByRole('button', { name: 'Add to cart: Massage gun' }).click();
    await page.getByRole('dialog', { name: 'Your cart' }).waitFor();
    await page.evaluate(() => sessionStorage.clear());
    await page.goto('/cart');
    await page.locator('hsa-checkout-button').getByText('May be HSA/FSA eligible').waitFor();
    await assertInOrder(shopper, 'the cart');
  });

  test('include a page for an unknown address', async () => {
    const shopper = await enter();
    for (const path of ['/products/__proto__', '/collections/none']) {
      const response = await shopper.page.request.get(path);
      assert.equal(response.status(), 404);
      assert.match(await response.text(), /There is no such page/);
    }
  });
});

describe('a person in the storefront', () => {
  test('adds three of a product, changes and removes them in the drawer, and never loses the focus', async () => {
    const { page } = await enter();
    await page.goto('/products/bp-monitor');
    await page.getByText('HSA/FSA eligible', { exact: true }).first().waitFor();
    await page.getByLabel('Quantity', { exact: true }).selectOption('3');
    await page.getByRole('button', { name: 'Add to cart: Blood pressure monitor' }).click();
    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    await drawer.getByText('$149.85').first().waitFor();
    await drawer.getByText('All items are HSA/FSA eligible').waitFor();

    const more = drawer.getByRole('button', { name: 'One more: Blood pressure monitor' });
    await more.focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await drawer.locator('[data-quantity]').getByText('5', { exact: true }).waitFor();
    assert.equal(await more.evaluate(hasFocus), true);
    assert.equal(await page.locator('[data-cart="count"]').innerText(), '5');

    const remove = drawer.getByRole('button', { name: 'Remove: Blood pressure monitor' });
    await remove.focus();
    await page.keyboard.press('Enter');
    await drawer.getByRole('paragraph').getByText('Your cart is empty.').waitFor();
    assert.equal(await drawer.getByRole('heading', { name: 'Your cart' }).evaluate(hasFocus), true);
  });

  test('opens the drawer with the keyboard, closes it with Escape, and has the focus where it was', async () => {
    const { page } = await enter();
    await page.goto('/orders');
    const link = page.getByRole('link', { name: /^Cart/ });
    await link.focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    await drawer.getByRole('paragraph').getByText('Your cart is empty.').waitFor();
    await page.keyboard.press('Escape');
    await drawer.waitFor({ state: 'hidden' });
    assert.equal(await link.evaluate(hasFocus), true);
    assert.equal(new URL(page.url()).pathname, '/orders');
  });

  test('pays from the drawer', async () => {
    const shopper = await enter();
    const { page } = shopper;
    await page.goto('/collections/measure');
    await page.getByRole('button', { name: 'Add to cart: Digital thermometer' }).click();
    const drawer = page.getByRole('dialog', { name: 'Your cart' });
    await drawer.getByText('All items are HSA/FSA eligible').waitFor();
    await drawer.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
    await page.waitForURL('**/sandbox/pay/**');
    await shopper.pay();
  });

  test('opens the playground, which works under the shop’s own policy', async () => {
    const { page } = await enter();
    await page.goto('/states');
    await page.getByRole('link', { name: 'Playground' }).click();
    await page.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
    await page.getByText('Here the shopper leaves for').waitFor();
  });

  test('adds a quantity to the cart without scripts', async () => {
    const { page } = await enter({ javaScriptEnabled: false });
    await page.goto('/products/mug');
    await page.getByLabel('Quantity', { exact: true }).selectOption('2');
    await page.getByRole('button', { name: 'Add to cart: Stoneware mug' }).click();
    await page.waitForURL('**/cart');
    assert.equal(await page.locator('[data-cart="subtotal"]').innerText(), '$36.00');
    await page.getByRole('link', { name: 'Stoneware mug' }).click();
    await page.waitForURL('**/products/mug');
  });
});

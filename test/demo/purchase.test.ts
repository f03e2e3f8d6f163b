import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { Shop, type Shopper } from './shopper.js';

let shop: Shop;
before(async () => (shop = await Shop.open()));
after(() => shop.close());

/** Opens the shop for a shopper, and checks at the end that the browser reported no problem. */
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

/** Waits until the webhook of the last payment has arrived. */
const settled = () => shop.demo.sandbox.advance(0);

describe('a person in the demo shop', () => {
  test('buys a monitor and two bottles of vitamins with two cards, and finds the order', async () => {
    const shopper = await enter();
    const { page } = shopper;
    await shopper.add('Blood pressure monitor');
    await shopper.add('Daily multivitamins');
    await page.goto('/cart');
    await page.getByRole('button', { name: 'One more: Daily multivitamins' }).click();
    const lines = page.locator('hsa-checkout-button').getByRole('listitem');
    await lines.filter({ hasText: '$89.93' }).waitFor();
    assert.deepEqual(
      (await lines.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')),
      [
        'May be paid with HSA/FSA $49.95',
        'You’ll use another card $39.98',
        'Total before shipping and tax $89.93',
      ],
    );
    assert.equal(await page.locator('[data-cart="total"]').innerText(), '$99.03');

    await page.getByRole('button', { name: 'Pay with HSA/FSA' }).click();
    await page.waitForURL('**/sandbox/pay/**');
    const payment = await page.locator('main').innerText();
    for (const amount of ['$99.03', '$49.95', '$49.08', '$5.00', '$4.10'])
      assert.match(payment, new RegExp(`\\${amount}`));
    await shopper.pay();
    await page.locator('[data-cart="count"]').getByText('0', { exact: true }).waitFor();

    await settled();
    const [order] = await shopper.orders();
    assert.match(
      order!,
      /Paid .*Blood pressure monitor × 1 \$49\.95 .*Daily multivitamins × 2 \$39\.98 Paid with HSA\/FSA \$49\.95 Paid with another card \$49\.08 Total, with shipping and tax \$99\.03/,
    );
    const { amount, currency } = shop.demo.sandbox.orders.at(-1)!;
    assert.deepEqual([amount, currency], [9903, 'USD']);
  });

  const carts: [title: string, product: string, badge: string | undefined, label: string, total: string][] = [
    [
      'one eligible item',
      'Digital thermometer',
      'All items are HSA/FSA eligible',
      'Pay with HSA/FSA',
      '$19.95',
    ],
    [
      'one item that needs a letter',
      'Massage gun',
      'May be HSA/FSA eligible with a Letter of Medical Necessity',
      'Pay with HSA/FSA',
      '$147.22',
    ],
    ['one ordinary item', 'Canvas tote bag', undefined, 'Continue to checkout', '$31.46'],
  ];
  for (const [title, product, badge, label, total] of carts)
    test(`buys ${title}`, async () => {
      const shopper = await enter();
      await shopper.add(product);
      await shopper.page.goto('/cart');
      const button = shopper.page.locator('hsa-checkout-button');
      await button.getByRole('button', { name: label }).waitFor();
      assert.equal(await button.locator('[part="badge"]').count(), badge ? 1 : 0);
      if (badge) assert.equal((await button.locator('[part="badge"]').innerText()).trim(), badge);
      assert.equal(await shopper.page.locator('[data-cart="total"]').innerText(), total);
      await shopper.checkOut(label);
      await shopper.pay();
      await settled();
      const [order] = await shopper.orders();
      assert.match(order!, new RegExp(`${product} × 1 .*\\${total}`));
    });

  test('sees on the payment page which part of the HSA/FSA card’s amount needs a letter', async () => {
    const shopper = await enter();
    await shopper.add('Blood pressure monitor');
    await shopper.add('Massage gun');
    await shopper.checkOut();
    const card = await shopper.page.getByRole('group', { name: /^HSA\/FSA card/ }).innerText();
    assert.match(card, /Includes \$129\.00 for what needs a Letter of Medical Necessity: Massage gun\./);
  });

  test('cancels, then buys, and has one order', async () => {
    const shopper = await enter();
    const { page } = shopper;
    const before = shop.demo.sandbox.orders.length;
    await shopper.add('SPF 50 sunscreen');
    await shopper.checkOut();
    const first = page.url();
    await page.getByRole('button', { name: /Cancel/ }).click();
    await page.waitForURL('**/return?**');
    await page.getByText('This checkout was cancelled. Nothing was charged.').waitFor();
    await page.getByRole('heading', { name: 'Payment cancelled' }).waitFor();
    await page.getByRole('link', { name: 'Start again' }).click();
    await page.waitForURL('**/cart');
    await page.getByText('SPF 50 sunscreen').first().waitFor();
    await shopper.checkOut();
    assert.notEqual(page.url(), first);
    await shopper.pay();
    await settled();
    assert.equal(shop.demo.sandbox.orders.length, before + 1);
  });

  test('gets a decline, and pays with another card', async () => {
    const shopper = await enter();
    const { page } = shopper;
    await shopper.add('Adhesive bandages');
    await shopper.checkOut();
    await page.getByRole('radio', { name: /HSA\/FSA card, declined/ }).check();
    await page.getByRole('button', { name: /^Pay \$/ }).click();
    await page.getByRole('alert').waitFor();
    // The page after a decline has the status 422, which Chromium reports in the console.
    assert.match(shopper.complaints.splice(0).join(), /422/);
    await page.getByRole('radio', { name: /^HSA\/FSA card 4000 0000 0000 0010/ }).check();
    await shopper.pay();
  });

  test('returns with the Back button, and gets the same session again', async () => {
    const shopper = await enter();
    const { page } = shopper;
    await shopper.add('Digital thermometer');
    await shopper.checkOut();
    const first = page.url();
    await page.goBack();
    const button = page.getByRole('button', { name: 'Pay with HSA/FSA' });
    await button.waitFor();
    await button.click();
    await page.waitForURL('**/sandbox/pay/**');
    assert.equal(page.url(), first);
  });

  test('buys with the keyboard alone', async () => {
    const shopper = await enter();
    const { page } = shopper;
    await shopper.add('Digital thermometer');
    await page.goto('/cart');
    const button = page.getByRole('button', { name: 'Pay with HSA/FSA' });
    await button.waitFor();
    for (let i = 0; i < 30 && !(await button.evaluate((element) => element.matches(':focus'))); i++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/sandbox/pay/**');
    const pay = page.getByRole('button', { name: /^Pay \$/ });
    for (let i = 0; i < 30 && !(await pay.evaluate((element) => element.matches(':focus'))); i++)
      await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Payment received.').waitFor();
  });

  test('buys without scripts, with the fallback form', async () => {
    const shopper = await enter({ javaScriptEnabled: false });
    const { page } = shopper;
    await page.goto('/');
    await page.getByRole('button', { name: 'Add to cart: Digital thermometer' }).click();
    await page.waitForURL('**/cart');
    await page.getByRole('button', { name: 'Continue to checkout' }).click();
    await page.waitForURL('**/sandbox/pay/**');
    await page.getByRole('button', { name: /^Pay \$/ }).click();
    await page.waitForURL('**/return?**');
    await settled();
    const [order] = await shopper.orders();
    assert.match(order!, /Digital thermometer × 1/);
  });
});

describe('the pages of the demo shop', () => {
  for (const [device, options] of [
    ['a desk', { viewport: { width: 1280, height: 800 } }],
    ['a small phone, in the dark', { viewport: { width: 320, height: 640 }, colorScheme: 'dark' }],
  ] as const)
    test(`fit ${device}, and axe finds no problem`, async () => {
      const shopper = await enter(options);
      const { page } = shopper;
      const look = async (where: string) => {
        assert.deepEqual(await shopper.axe(), [], where);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0, `${where} scrolls sideways`);
      };
      await shopper.add('Blood pressure monitor');
      await shopper.add('Massage gun');
      await shopper.add('Herbal tea');
      await look('the catalogue');
      await page.goto('/cart');
      await page.getByText('May be paid with HSA/FSA', { exact: true }).waitFor();
      await look('the cart');
      await shopper.checkOut();
      await look('the payment page');
      await shopper.pay();
      await look('the return page');
      await settled();
      await shopper.orders();
      await look('the orders');
      await page.goto('/states');
      await page.getByText('All items are HSA/FSA eligible').waitFor();
      await look('the states');
    });
});

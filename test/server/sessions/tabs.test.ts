import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { submitPaymentPage, CART, openShop, press, resolve, sessionOf } from '../fixtures.js';

describe('one cart in two tabs', () => {
  it('opens a session for each tab; both can be paid, and both orders have the shop’s reference', async () => {
    const orders: { checkoutId: string; referenceId?: string }[] = [];
    const shop = openShop({
      resolveCart: (cart) => ({ ...resolve(cart), reference_id: 'cart-7' }),
      onOrderCreated: ({ checkoutId, referenceId }) => void orders.push({ checkoutId, referenceId }),
    });
    const [one, two] = await Promise.all(
      [crypto.randomUUID(), crypto.randomUUID()].map(async (key) =>
        sessionOf(await shop.handler(press(CART, { 'idempotency-key': key }))),
      ),
    );
    assert.notEqual(one!.checkout_id, two!.checkout_id);
    for (const { checkout_url } of [one!, two!]) await submitPaymentPage(shop, checkout_url, 'pay');
    await shop.sandbox.advance(0);
    assert.deepEqual(
      orders.map(({ checkoutId }) => checkoutId).sort(),
      [one!.checkout_id, two!.checkout_id].sort(),
    );
    assert.deepEqual(
      orders.map(({ referenceId }) => referenceId),
      ['cart-7', 'cart-7'],
    );
  });

  it('keeps the session of one tab open when the session of the other tab is paid', async () => {
    const shop = openShop();
    const tab = (key: string) => async () =>
      sessionOf(await shop.handler(press(CART, { 'idempotency-key': key })));
    const [first, second] = [tab(crypto.randomUUID()), tab(crypto.randomUUID())];
    await submitPaymentPage(shop, (await first()).checkout_url, 'pay');
    const open = await second();
    assert.equal(open.status, 'open');
    assert.equal((await second()).checkout_id, open.checkout_id);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { atPaymentPage, CART, openShop, press, problemIn, resolve, sessionOf } from '../fixtures.js';

describe('one cart in many places', () => {
  it('two tabs have a session each, and both can be paid; the shop’s own reference shows that they are one cart', async () => {
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
    for (const { checkout_url } of [one!, two!]) await atPaymentPage(shop, checkout_url, 'pay');
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

  it('paying in one tab leaves the other tab’s session as it was', async () => {
    const shop = openShop();
    const tab = (key: string) => async () =>
      sessionOf(await shop.handler(press(CART, { 'idempotency-key': key })));
    const [first, second] = [tab(crypto.randomUUID()), tab(crypto.randomUUID())];
    await atPaymentPage(shop, (await first()).checkout_url, 'pay');
    const open = await second();
    assert.equal(open.status, 'open');
    assert.equal((await second()).checkout_id, open.checkout_id);
  });

  it('a request that the browser sends twice by itself opens one session, and both are answered with it', async () => {
    const shop = openShop();
    const [one, two] = await Promise.all([shop.handler(press()), shop.handler(press())]);
    const answers = [one, two].filter(({ status }) => status === 200);
    const waiting = [one, two].filter(({ status }) => status === 409);
    assert.equal(answers.length + waiting.length, 2);
    for (const response of waiting) {
      assert.equal((await problemIn(response)).code, 'request_in_progress');
      assert.equal(response.headers.get('retry-after'), '1');
    }
    const { checkout_id } = await sessionOf(answers[0]!);
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, checkout_id);
    assert.equal(shop.opened().length, 1);
  });

  it('marks a session of a test key as a test, whatever the page says', async () => {
    const shop = openShop();
    assert.equal((await sessionOf(await shop.handler(press()))).test, true);
  });
});

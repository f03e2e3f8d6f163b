import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type CreatedOrder } from '../../../src/server/index.js';
import { atPaymentPage, delivery, openShop, press, resolve, sessionOf } from '../fixtures.js';

/** A paid checkout of which the provider says something else than it should. */
async function paid(changes: (state: Record<string, unknown>) => object = () => ({})) {
  const orders: CreatedOrder[] = [];
  const shop = openShop({
    webhookUrl: undefined,
    onOrderCreated: (order) => void orders.push(order),
    network: async (request, pass) => {
      const answer = await pass();
      if (request.method !== 'GET') return answer;
      const state = (await answer.json()) as Record<string, unknown>;
      return Response.json({ ...state, ...changes(state) });
    },
  });
  const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
  await atPaymentPage(shop, checkout_url, 'pay');
  const deliver = async (data: object = {}) => {
    const event = { type: 'order.created', data: { checkout_id, ...data } };
    const response = await shop.handler(await delivery(event));
    return ((await response.json()) as { outcome: string }).outcome;
  };
  return { shop, orders, deliver, checkoutId: checkout_id };
}

/** What the cart of the fixtures costs: 4995 + 2 × 1999 + 500 + 410. */
const TOTAL = 9903;

describe('a paid order that is not what was asked for', () => {
  const wrong: [string, string, (state: Record<string, unknown>) => object][] = [
    ['total', 'total', () => ({ amounts: { total: 1 } })],
    [
      'total, in the words of a newer version',
      'total',
      () => ({ amounts: null, order: { id: 'o', amount: 1 } }),
    ],
    ['currency', 'currency', () => ({ currency: 'MXN' })],
    ['currency of its order', 'currency', () => ({ order: { id: 'o', currency: 'mxn' } })],
    ['reference', 'reference_id', () => ({ reference_id: 'order-of-eve' })],
  ];
  for (const [what, field, changes] of wrong)
    it(`is not fulfilled, and the merchant hears of it: another ${what}`, async () => {
      const { shop, orders, deliver, checkoutId } = await paid(changes);
      assert.equal(await deliver(), 'mismatch');
      assert.equal(await shop.handler.reconcile(checkoutId), 'mismatch');
      assert.deepEqual(orders, []);
      const told = shop.events.filter(({ type }) => type === 'mismatch');
      assert.equal(told.length, 2);
      assert.deepEqual(told[0], { ...told[0], checkoutId, fields: [field] });
    });

  it('is not fulfilled where event and provider name two orders', async () => {
    const { shop, orders, deliver } = await paid();
    assert.equal(await deliver({ order_id: 'ord_of_eve' }), 'mismatch');
    assert.equal(await deliver({ id: 'ord_of_eve' }), 'mismatch');
    assert.deepEqual(orders, []);
    assert.equal(await deliver({ id: shop.sandbox.orders[0]!.id }), 'fulfilled');
  });

  it('is fulfilled where nothing differs, with its amounts', async () => {
    const { orders, deliver } = await paid(() => ({ currency: 'usd' }));
    assert.equal(await deliver({ amounts: { total: TOTAL }, currency: 'USD' }), 'fulfilled');
    assert.equal(orders[0]!.currency, 'USD');
    assert.deepEqual(orders[0]!.amounts, { ...orders[0]!.amounts, total: TOTAL, subtotal: 8993 });
  });
});

describe('a rightly paid order', () => {
  for (const data of [
    { amounts: { total: '9903' } },
    { amounts: { total: 99.03 } },
    { amounts: { total: '$99.03' } },
    { amounts: { total: { amount: TOTAL, currency: 'USD' } } },
    { amounts: { total_cents: TOTAL } },
    { amounts: 'USD 99.03' },
    { currency: ' usd ' },
    { currency: { code: 'USD' } },
    { order_id: { id: 'ord' } },
  ])
    it(`is fulfilled, whichever form its event has: ${JSON.stringify(data)}`, async () => {
      const { orders, deliver } = await paid();
      assert.equal(await deliver(data), 'fulfilled');
      assert.equal(orders[0]!.amounts?.total, TOTAL);
      assert.equal(orders[0]!.currency, 'USD');
    });

  for (const state of [
    { amounts: { total: '9903' } },
    { amounts: { total: 99.03 }, order: { id: 'ord_1', amount: TOTAL } },
    { currency: ' usd ' },
    { reference_id: 4711 },
    { order: 'ord_1' },
    { order_id: ' ord_1 ', order: { id: 'ord_1' } },
  ])
    it(`is fulfilled, whichever form the provider’s word has: ${JSON.stringify(state)}`, async () => {
      const { shop, orders, deliver, checkoutId } = await paid(() => state);
      assert.equal(await deliver({ id: undefined }), 'fulfilled');
      assert.equal(await shop.handler.reconcile(checkoutId), 'duplicate');
      assert.equal(orders.length, 1);
      assert.equal(orders[0]!.currency, 'USD');
    });

  it('is fulfilled where one side writes the order’s number as a text', async () => {
    const { deliver } = await paid(() => ({ order_id: 4711, order: null }));
    assert.equal(await deliver({ order_id: '4711' }), 'fulfilled');
  });

  it('is fulfilled where the merchant’s reference is another at each press, and the provider repeats its first session', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    let isDown = true;
    const memory = createMemoryStore();
    const unlessDown = <A extends unknown[], R>(method: (...args: A) => Promise<R>) => {
      return async (...args: A) => {
        if (isDown) throw new Error('connection lost');
        return method(...args);
      };
    };
    const { claim, complete, release, read } = memory;
    let session: unknown;
    const shop = openShop({
      webhookUrl: undefined,
      store: {
        claim: unlessDown(claim),
        complete: unlessDown(complete),
        release: unlessDown(release),
        read: unlessDown(read),
      },
      resolveCart: (cart) => ({ ...resolve(cart), reference_id: crypto.randomUUID() }),
      network: async (request, pass) => {
        if (session && request.method === 'POST') return Response.json(session);
        const answer = await pass();
        if (request.method === 'POST') session = await answer.clone().json();
        return answer;
      },
    });
    const lost = await sessionOf(await shop.handler(press()));
    isDown = false;
    t.mock.timers.tick(60_000);
    const found = await sessionOf(await shop.handler(press()));
    assert.equal(found.checkout_id, lost.checkout_id);
    await atPaymentPage(shop, found.checkout_url, 'pay');
    assert.equal(await shop.handler.reconcile(found.checkout_id), 'fulfilled');
  });
});

describe('the id of a paid order', () => {
  for (const [what, order_id, expected] of [
    ['a number', 4711, () => '4711'],
    ['missing', null, (checkoutId: string) => checkoutId],
    ['empty', '', (checkoutId: string) => checkoutId],
  ] as const)
    it(`is a text that is always there, where the provider’s is ${what}`, async () => {
      const { shop, orders, deliver, checkoutId } = await paid(() => ({ order_id, order: null }));
      assert.equal(await deliver(), 'fulfilled');
      assert.equal(orders[0]!.orderId, expected(checkoutId));
      assert.equal(await shop.handler.reconcile(checkoutId), 'duplicate');
      assert.equal(orders.length, 1);
    });

  it('is read from an event that writes a number', async () => {
    const { orders, deliver } = await paid(() => ({ order_id: null, order: null }));
    assert.equal(await deliver({ order_id: 4711 }), 'fulfilled');
    assert.equal(orders[0]!.orderId, '4711');
  });
});

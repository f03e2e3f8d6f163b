import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type CreatedOrder } from '../../../src/server/index.js';
import { submitPaymentPage, delivery, openShop, press, resolve, sessionOf } from '../fixtures.js';

/** Creates a shop with a paid checkout. `changes` are merged into the provider's response about it. */
async function openPaidShop(changes: (state: Record<string, unknown>) => object = () => ({})) {
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
  await submitPaymentPage(shop, checkout_url, 'pay');
  const deliver = async (data: object = {}) => {
    const event = { type: 'order.created', data: { checkout_id, ...data } };
    const response = await shop.handler(await delivery(event));
    return ((await response.json()) as { outcome: string }).outcome;
  };
  return { shop, orders, deliver, checkoutId: checkout_id };
}

/** The total of the fixtures' cart: 4995 + 2 × 1999 + 500 + 410. */
const TOTAL = 9903;

describe('paid order that differs from the session’s request', () => {
  const mismatches: [string, string, (state: Record<string, unknown>) => object][] = [
    ['total', 'total', () => ({ amounts: { total: 1 } })],
    [
      'total in the format of a newer version of the provider’s API',
      'total',
      () => ({ amounts: null, order: { id: 'o', amount: 1 } }),
    ],
    ['currency', 'currency', () => ({ currency: 'MXN' })],
    ['currency in its order object', 'currency', () => ({ order: { id: 'o', currency: 'mxn' } })],
    ['reference', 'reference_id', () => ({ reference_id: 'order-of-eve' })],
  ];
  for (const [difference, field, changes] of mismatches)
    it(`is not fulfilled, and onEvent gets a mismatch, for another ${difference}`, async () => {
      const { shop, orders, deliver, checkoutId } = await openPaidShop(changes);
      assert.equal(await deliver(), 'mismatch');
      assert.equal(await shop.handler.reconcile(checkoutId), 'mismatch');
      assert.deepEqual(orders, []);
      const events = shop.events.filter(({ type }) => type === 'mismatch');
      assert.equal(events.length, 2);
      assert.deepEqual(events[0], { ...events[0], checkoutId, fields: [field] });
    });

  it('is not fulfilled when the event has another order id than the provider', async () => {
    const { shop, orders, deliver } = await openPaidShop();
    assert.equal(await deliver({ order_id: 'ord_of_eve' }), 'mismatch');
    assert.equal(await deliver({ id: 'ord_of_eve' }), 'mismatch');
    assert.deepEqual(orders, []);
    assert.equal(await deliver({ id: shop.sandbox.orders[0]!.id }), 'fulfilled');
  });

  it('is fulfilled with its amounts when only the case of the currency differs', async () => {
    const { orders, deliver } = await openPaidShop(() => ({ currency: 'usd' }));
    assert.equal(await deliver({ amounts: { total: TOTAL }, currency: 'USD' }), 'fulfilled');
    assert.equal(orders[0]!.currency, 'USD');
    assert.deepEqual(orders[0]!.amounts, { ...orders[0]!.amounts, total: TOTAL, subtotal: 8993 });
  });
});

describe('paid order', () => {
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
    it(`is fulfilled for an event with ${JSON.stringify(data)}`, async () => {
      const { orders, deliver } = await openPaidShop();
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
    it(`is fulfilled for a provider response with ${JSON.stringify(state)}`, async () => {
      const { shop, orders, deliver, checkoutId } = await openPaidShop(() => state);
      assert.equal(await deliver({ id: undefined }), 'fulfilled');
      assert.equal(await shop.handler.reconcile(checkoutId), 'duplicate');
      assert.equal(orders.length, 1);
      assert.equal(orders[0]!.currency, 'USD');
    });

  it('is fulfilled when the order id is a number at the provider and a string in the event', async () => {
    const { deliver } = await openPaidShop(() => ({ order_id: 4711, order: null }));
    assert.equal(await deliver({ order_id: '4711' }), 'fulfilled');
  });

  it('is fulfilled when the reference changes at each press and the provider repeats its first session', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    let isDown = true;
    const memory = createMemoryStore();
    const failWhileDown = <A extends unknown[], R>(method: (...args: A) => Promise<R>) => {
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
        claim: failWhileDown(claim),
        complete: failWhileDown(complete),
        release: failWhileDown(release),
        read: failWhileDown(read),
      },
      resolveCart: (cart) => ({ ...resolve(cart), reference_id: crypto.randomUUID() }),
      network: async (request, pass) => {
        if (session && request.method === 'POST') return Response.json(session);
        const answer = await pass();
        if (request.method === 'POST') session = await answer.clone().json();
        return answer;
      },
    });
    const unstored = await sessionOf(await shop.handler(press()));
    isDown = false;
    t.mock.timers.tick(60_000);
    const repeated = await sessionOf(await shop.handler(press()));
    assert.equal(repeated.checkout_id, unstored.checkout_id);
    await submitPaymentPage(shop, repeated.checkout_url, 'pay');
    assert.equal(await shop.handler.reconcile(repeated.checkout_id), 'fulfilled');
  });
});

describe('orderId of a paid order', () => {
  for (const [providerCase, order_id, expected] of [
    ['a number', 4711, () => '4711'],
    ['missing', null, (checkoutId: string) => checkoutId],
    ['empty', '', (checkoutId: string) => checkoutId],
  ] as const)
    it(`is a string when the provider’s order id is ${providerCase}`, async () => {
      const { shop, orders, deliver, checkoutId } = await openPaidShop(() => ({ order_id, order: null }));
      assert.equal(await deliver(), 'fulfilled');
      assert.equal(orders[0]!.orderId, expected(checkoutId));
      assert.equal(await shop.handler.reconcile(checkoutId), 'duplicate');
      assert.equal(orders.length, 1);
    });

  it('is a string when only the event has an order id, which is a number', async () => {
    const { orders, deliver } = await openPaidShop(() => ({ order_id: null, order: null }));
    assert.equal(await deliver({ order_id: 4711 }), 'fulfilled');
    assert.equal(orders[0]!.orderId, '4711');
  });
});

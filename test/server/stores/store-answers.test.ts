import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createMemoryStore,
  createRedisStore,
  type CreatedOrder,
  type Store,
} from '../../../src/server/index.js';
import { submitPaymentPage, delivery, KEY, openShop, press, resolve, sessionOf } from '../fixtures.js';

/** Creates a memory store with some methods replaced. The types of the replacements are not checked. */
const withChanges = (changes: (store: Store) => object): Store => {
  const store = createMemoryStore();
  return { ...store, ...changes(store) };
};

/** Creates a store that returns `text` in place of every stored value whose key begins with `prefix`. */
const corruptedStore = (prefix: string, text: string): Store =>
  withChanges((store) => ({
    read: async (key: string) => {
      const value = await store.read(key);
      return value !== undefined && key.startsWith(prefix) ? text : value;
    },
  }));

const outcomeOf = async (response: Response) => ((await response.json()) as { outcome: string }).outcome;

describe('result of a store method', () => {
  it('may be null in place of undefined: one of two presses at the same time opens a session', async () => {
    const store = withChanges((memory) => ({
      claim: async (...args: Parameters<Store['claim']>) => (await memory.claim(...args)) ?? null,
      read: async (key: string) => (await memory.read(key)) ?? null,
    }));
    const orders: CreatedOrder[] = [];
    const shop = openShop({ store, onOrderCreated: (order) => void orders.push(order) });
    const answers = await Promise.all([shop.handler(press()), shop.handler(press())]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    assert.equal(shop.opened().length, 1);
    const { checkout_id, checkout_url } = await sessionOf(answers.find(({ ok }) => ok)!);
    await submitPaymentPage(shop, checkout_url, 'pay');
    const event = { type: 'order.created', data: { checkout_id } };
    assert.equal(await outcomeOf(await shop.handler(await delivery(event))), 'duplicate');
    assert.equal(orders.length, 1);
  });

  it('may be 1 in place of true for complete', async () => {
    const store = withChanges((memory) => ({
      complete: async (...args: Parameters<Store['complete']>) => Number(await memory.complete(...args)),
    }));
    const shop = openShop({ store });
    const { checkout_id } = await sessionOf(await shop.handler(press()));
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, checkout_id);
    assert.deepEqual(
      shop.events.filter(({ type }) => type === 'store_failed'),
      [],
    );
  });

  for (const [resultCase, operation, changes] of [
    [
      'true for claim',
      'claim',
      (memory: Store) => ({
        claim: async (...args: Parameters<Store['claim']>) => !!(await memory.claim(...args)),
      }),
    ],
    [
      'undefined for complete',
      'complete',
      (memory: Store) => ({
        complete: async (...args: Parameters<Store['complete']>) => void (await memory.complete(...args)),
      }),
    ],
    ['an object for read', 'read', () => ({ read: async () => ({ session: {} }) })],
  ] as const)
    it(`counts as store_failed, and the checkout continues, when it is ${resultCase}`, async () => {
      const shop = openShop({ store: withChanges(changes) });
      await sessionOf(await shop.handler(press()));
      const failed = shop.events.find(({ type }) => type === 'store_failed');
      assert.deepEqual(failed, { ...failed, operation, name: 'TypeError' });
    });
});

describe('Redis client that returns bytes', () => {
  it('gets the session of the first press again at the second press', async () => {
    const entries = new Map<string, string>();
    const bytes = (text: string) => new TextEncoder().encode(text);
    const client = {
      async sendCommand([command = '', first = '', ...rest]: string[]) {
        if (command === 'GET') return entries.has(first) ? bytes(entries.get(first)!) : null;
        if (command === 'SET') return entries.has(first) ? null : bytes(entries.set(first, rest[0]!) && 'OK');
        const [, key = '', token = '', value] = rest;
        if (entries.get(key) !== token) return 0;
        if (value === undefined) return Number(entries.delete(key));
        entries.set(key, `${token}:${value}`);
        return 1;
      },
    };
    const shop = openShop({
      store: createRedisStore(client),
      resolveCart: (cart) => ({ ...resolve(cart), reference_id: 'día' }),
    });
    const { checkout_id } = await sessionOf(await shop.handler(press()));
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, checkout_id);
  });
});

describe('damaged value in the store', () => {
  for (const text of ['{"cart":"', 'null', '5', '{}', '[]', '']) {
    it(`does not stop a press when a stored session is ${JSON.stringify(text)}`, async () => {
      const shop = openShop({ store: corruptedStore(`create:${KEY}:`, text) });
      await sessionOf(await shop.handler(press()));
      await sessionOf(await shop.handler(press()));
    });

    it(`does not stop a press when a stored request is ${JSON.stringify(text)}`, async () => {
      const shop = openShop({ store: corruptedStore('request:', text) });
      shop.sandbox.faults.add({ on: 'POST /checkout', kind: 'status', status: 500, times: 1 });
      assert.equal((await shop.handler(press())).status, 502);
      await sessionOf(await shop.handler(press()));
    });

    it(`does not stop an order when its expected order is ${JSON.stringify(text)}`, async () => {
      const orders: CreatedOrder[] = [];
      const shop = openShop({
        webhookUrl: undefined,
        store: corruptedStore('expected-order:', text),
        onOrderCreated: (order) => void orders.push(order),
      });
      const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
      await submitPaymentPage(shop, checkout_url, 'pay');
      const event = { type: 'order.created', data: { checkout_id } };
      assert.equal(await outcomeOf(await shop.handler(await delivery(event))), 'fulfilled');
      assert.equal(orders.length, 1);
    });
  }
});

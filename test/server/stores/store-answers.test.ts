import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  createMemoryStore,
  createRedisStore,
  type CreatedOrder,
  type Store,
} from '../../../src/server/index.js';
import { atPaymentPage, delivery, KEY, openShop, press, resolve, sessionOf } from '../fixtures.js';

/** A memory store that a test changes, in ways that no type allows. */
const changed = (changes: (store: Store) => object): Store => {
  const store = createMemoryStore();
  return { ...store, ...changes(store) };
};

/** A store that gives one text instead of what it kept under some keys. */
const corrupted = (prefix: string, text: string): Store =>
  changed((store) => ({
    read: async (key: string) => {
      const value = await store.read(key);
      return value !== undefined && key.startsWith(prefix) ? text : value;
    },
  }));

const outcomeOf = async (response: Response) => ((await response.json()) as { outcome: string }).outcome;

describe('a store that answers in its client’s own way', () => {
  it('may say null where there is nothing: one of two presses at once opens a session', async () => {
    const store = changed((memory) => ({
      claim: async (...args: Parameters<Store['claim']>) => (await memory.claim(...args)) ?? null,
      read: async (key: string) => (await memory.read(key)) ?? null,
    }));
    const orders: CreatedOrder[] = [];
    const shop = openShop({ store, onOrderCreated: (order) => void orders.push(order) });
    const answers = await Promise.all([shop.handler(press()), shop.handler(press())]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409]);
    assert.equal(shop.opened().length, 1);
    const { checkout_id, checkout_url } = await sessionOf(answers.find(({ ok }) => ok)!);
    await atPaymentPage(shop, checkout_url, 'pay');
    const event = { type: 'order.created', data: { checkout_id } };
    assert.equal(await outcomeOf(await shop.handler(await delivery(event))), 'duplicate');
    assert.equal(orders.length, 1);
  });

  it('may say 1 where it kept a value', async () => {
    const store = changed((memory) => ({
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

  for (const [what, operation, changes] of [
    [
      'true for a claim',
      'claim',
      (memory: Store) => ({
        claim: async (...args: Parameters<Store['claim']>) => !!(await memory.claim(...args)),
      }),
    ],
    [
      'nothing for a kept value',
      'complete',
      (memory: Store) => ({
        complete: async (...args: Parameters<Store['complete']>) => void (await memory.complete(...args)),
      }),
    ],
    ['an object for a value', 'read', () => ({ read: async () => ({ session: {} }) })],
  ] as const)
    it(`sells without the store and says that the store failed, where it answers ${what}`, async () => {
      const shop = openShop({ store: changed(changes) });
      await sessionOf(await shop.handler(press()));
      const failed = shop.events.find(({ type }) => type === 'store_failed');
      assert.deepEqual(failed, { ...failed, operation, name: 'TypeError' });
    });
});

describe('a client of Redis that answers with plain bytes', () => {
  it('gets the session of the first press at the second, too', async () => {
    const kept = new Map<string, string>();
    const bytes = (text: string) => new TextEncoder().encode(text);
    const client = {
      async sendCommand([command = '', first = '', ...rest]: string[]) {
        if (command === 'GET') return kept.has(first) ? bytes(kept.get(first)!) : null;
        if (command === 'SET') return kept.has(first) ? null : bytes(kept.set(first, rest[0]!) && 'OK');
        const [, key = '', token = '', value] = rest;
        if (kept.get(key) !== token) return 0;
        if (value === undefined) return Number(kept.delete(key));
        kept.set(key, `${token}:${value}`);
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

describe('a value of the store that was cut off or changed', () => {
  for (const text of ['{"cart":"', 'null', '5', '{}', '[]', '']) {
    it(`stops no press: ${JSON.stringify(text)} for a session`, async () => {
      const shop = openShop({ store: corrupted(`create:${KEY}:`, text) });
      await sessionOf(await shop.handler(press()));
      await sessionOf(await shop.handler(press()));
    });

    it(`stops no press: ${JSON.stringify(text)} for a request`, async () => {
      const shop = openShop({ store: corrupted('request:', text) });
      shop.sandbox.faults.add({ on: 'POST /checkout', kind: 'status', status: 500, times: 1 });
      assert.equal((await shop.handler(press())).status, 502);
      await sessionOf(await shop.handler(press()));
    });

    it(`keeps no order from being fulfilled: ${JSON.stringify(text)} for what was asked`, async () => {
      const orders: CreatedOrder[] = [];
      const shop = openShop({
        webhookUrl: undefined,
        store: corrupted('asked:', text),
        onOrderCreated: (order) => void orders.push(order),
      });
      const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
      await atPaymentPage(shop, checkout_url, 'pay');
      const event = { type: 'order.created', data: { checkout_id } };
      assert.equal(await outcomeOf(await shop.handler(await delivery(event))), 'fulfilled');
      assert.equal(orders.length, 1);
    });
  }
});

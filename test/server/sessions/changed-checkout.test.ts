import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore } from '../../../src/server/index.js';
import {
  submitPaymentPage,
  CART,
  deferred,
  ENDPOINT,
  KEY,
  openShop,
  press,
  problemIn,
  resolve,
  sessionOf,
  type ShopOptions,
} from '../fixtures.js';

const BEN = { email: 'ben@example.com', first_name: 'Ben', last_name: 'Bitdiddle' };

/** Creates a shop, and a function that changes the result of its `resolveCart`. */
function openChangingShop(options: ShopOptions = {}) {
  let current: object = {};
  const shop = openShop({ resolveCart: (cart) => ({ ...resolve(cart), ...current }), ...options });
  return { shop, setChanges: (changes: object) => void (current = changes) };
}

describe('idempotency key after resolveCart returned other values', () => {
  const changes: [string, object][] = [
    ['price', { line_items: resolve(CART).line_items.map((line) => ({ ...line, price: line.price * 2 })) }],
    ['customer', { customer: BEN }],
    ['address', { shipping_info: { ...resolve(CART).shipping_info, address_line_1: '7 Oak Avenue' } }],
    ['shipping', { shipping: 900 }],
  ];
  for (const [field, change] of changes)
    it(`gets a session with the new ${field}, and that session again at the next press`, async () => {
      const { shop, setChanges } = openChangingShop();
      const first = await sessionOf(await shop.handler(press()));
      setChanges(change);
      const answer = await shop.handler(press());
      assert.equal(answer.headers.get('idempotency-replayed'), null);
      const second = await sessionOf(answer);
      assert.notEqual(second.checkout_id, first.checkout_id);
      const [one, two] = shop.opened();
      assert.notEqual(one!.key, two!.key);
      assert.deepEqual({ ...two!.body, ...change }, two!.body);
      const again = await shop.handler(press());
      assert.equal(again.headers.get('idempotency-replayed'), 'true');
      assert.equal((await sessionOf(again)).checkout_id, second.checkout_id);
      assert.equal(shop.opened().length, 2);
      const generations = shop.events.flatMap((e) => (e.type === 'session' ? [e.generation] : []));
      assert.deepEqual(generations, [0, 1, 1]);
    });

  it('gets the open session again when only the reference and the metadata are new', async () => {
    const { shop, setChanges } = openChangingShop();
    const first = await sessionOf(await shop.handler(press()));
    setChanges({ reference_id: 'order-8', metadata: { visit: 2 } });
    const answer = await shop.handler(press());
    assert.equal(answer.headers.get('idempotency-replayed'), 'true');
    assert.equal((await sessionOf(answer)).checkout_id, first.checkout_id);
  });

  it('gets details_required, not the earlier session, when resolveCart returns no customer', async () => {
    const { shop, setChanges } = openChangingShop();
    await sessionOf(await shop.handler(press()));
    setChanges({ customer: {} });
    assert.equal((await problemIn(await shop.handler(press()))).code, 'details_required');
  });

  it('gets a session with the new price in a plain form', async () => {
    const { shop, setChanges } = openChangingShop();
    const submit = async () => {
      const body = new URLSearchParams({ cart: JSON.stringify(CART), idempotency_key: KEY });
      const headers = { 'sec-fetch-site': 'same-origin' };
      const answer = await shop.handler(new Request(ENDPOINT, { method: 'POST', headers, body }));
      return answer.headers.get('location');
    };
    const first = await submit();
    assert.equal(await submit(), first);
    setChanges({ shipping: 900 });
    assert.notEqual(await submit(), first);
    assert.equal(shop.opened()[1]!.body.shipping, 900);
  });

  it('gets one session with the new price for fifty requests at the same time', async () => {
    const { shop, setChanges } = openChangingShop();
    const first = await sessionOf(await shop.handler(press()));
    setChanges({ shipping: 900 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => shop.handler(press())));
    const successful = answers.filter(({ status }) => status === 200);
    assert.equal(successful.length, 1);
    assert.notEqual((await sessionOf(successful[0]!)).checkout_id, first.checkout_id);
    for (const answer of answers.filter(({ status }) => status !== 200))
      assert.equal((await problemIn(answer)).code, 'request_in_progress');
    assert.equal(shop.opened().length, 2);
  });

  for (const paid of ['first', 'second'] as const)
    it(`gets session_closed after the ${paid} of its two sessions is paid`, async () => {
      const { shop, setChanges } = openChangingShop();
      const first = await sessionOf(await shop.handler(press()));
      setChanges({ shipping: 900 });
      const second = await sessionOf(await shop.handler(press()));
      await submitPaymentPage(shop, (paid === 'first' ? first : second).checkout_url, 'pay');
      for (const shipping of [900, 700]) {
        setChanges({ shipping });
        assert.equal((await problemIn(await shop.handler(press()))).code, 'session_closed');
      }
      assert.equal(shop.opened().length, 2);
    });

  it('stays free, and gets no session, when the page closes the request during resolveCart', async () => {
    const store = createMemoryStore();
    const hookCalled = deferred();
    let presses = 0;
    const shop = openShop({
      store,
      resolveCart(cart) {
        if (++presses !== 2) return { ...resolve(cart), shipping: presses === 1 ? 500 : 900 };
        hookCalled.resolve();
        return new Promise(() => {});
      },
    });
    await sessionOf(await shop.handler(press()));
    const page = new AbortController();
    const answer = shop.handler(new Request(press(), { signal: page.signal }));
    await hookCalled.promise;
    page.abort();
    assert.equal((await answer).status, 499);
    assert.equal(shop.opened().length, 1);
    await sessionOf(await shop.handler(press()));
    assert.equal(shop.opened()[1]!.body.shipping, 900);
  });

  it('gets a new session when the stored one has no digest of its price', async () => {
    const store = createMemoryStore();
    const shop = openShop({
      store: {
        ...store,
        complete: (key, token, value) => {
          const { keyed: _, ...older } = JSON.parse(value);
          return store.complete(key, token, key.startsWith('create:') ? JSON.stringify(older) : value);
        },
      },
    });
    const first = await sessionOf(await shop.handler(press()));
    assert.notEqual((await sessionOf(await shop.handler(press()))).checkout_id, first.checkout_id);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type Store } from '../../../src/server/index.js';
import {
  atPaymentPage,
  CART,
  deferred,
  KEY,
  openShop,
  press,
  problemIn,
  resolve,
  sessionOf,
  type Network,
} from '../fixtures.js';

const OTHER_CART = { line_items: [{ product_id: 'massage', quantity: 1 }] };

/** A store that is not there: it throws, or never answers. */
function brokenStore(how: () => Promise<never>): Store {
  return { claim: how, complete: how, release: how, read: how };
}

const throwing = () => brokenStore(() => Promise.reject(new Error('ECONNREFUSED')));

describe('idempotency', () => {
  for (const key of [
    'short',
    'a'.repeat(256),
    'has spaces in it, sixteen',
    '"unbalanced-quote-12345',
    'naïve-key-naïve-key',
  ])
    it(`refuses the key ${key.slice(0, 30)}`, async () => {
      const shop = openShop();
      const problem = await problemIn(await shop.handler(press(CART, { 'idempotency-key': key })));
      assert.equal(problem.status, 400);
      assert.equal(problem.code, 'idempotency_key_missing');
      assert.equal(shop.calls.length, 0);
    });

  it('refuses a request without a key, and derives none from the cart', async () => {
    const shop = openShop();
    const request = press();
    request.headers.delete('idempotency-key');
    assert.equal((await problemIn(await shop.handler(request))).code, 'idempotency_key_missing');
  });

  it('reads a quoted key as the same key', async () => {
    const shop = openShop();
    const first = await sessionOf(await shop.handler(press()));
    const second = await shop.handler(press(CART, { 'idempotency-key': `"${KEY}"` }));
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    assert.equal((await sessionOf(second)).checkout_id, first.checkout_id);
  });

  it('hands a session to nobody before the merchant has heard of it, whoever asks for it meanwhile', async () => {
    const told: string[] = [];
    const [asked, failing] = [deferred(), deferred()];
    let questions = 0;
    const shop = openShop({
      onSessionCreated: ({ checkoutId }) => void told.push(checkoutId),
      network: async (request, pass) => {
        if (request.method === 'GET') {
          if (questions++) return pass();
          asked.resolve();
          await failing.promise;
          return Response.json({ error: { code: 'down' } }, { status: 500 });
        }
        // A clock that goes otherwise: nothing says that the session is new, so the provider is asked.
        const answer = (await (await pass()).json()) as object;
        return Response.json({ ...answer, expires_at: new Date(Date.now() + 3_600_000).toISOString() });
      },
    });
    const first = shop.handler(press());
    await asked.promise;
    assert.equal((await problemIn(await shop.handler(press()))).code, 'request_in_progress');
    assert.deepEqual(told, []);
    failing.resolve();
    assert.equal((await problemIn(await first)).code, 'provider_unavailable');
    assert.deepEqual(told, []);
    const { checkout_id } = await sessionOf(await shop.handler(press()));
    assert.deepEqual(told, [checkout_id]);
    assert.equal(shop.opened().length, 2);
  });

  it('gives the same open session again, and says so', async () => {
    const shop = openShop();
    const first = await shop.handler(press());
    assert.equal(first.headers.get('idempotency-replayed'), null);
    const second = await shop.handler(press());
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    const [a, b] = [await sessionOf(first), await sessionOf(second)];
    assert.deepEqual({ ...b, expires_in: 0 }, { ...a, expires_in: 0 });
    assert.equal(shop.opened().length, 1);
  });

  it('knows a cart again whose fields come in another order', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    const turned = {
      line_items: CART.line_items.map(({ product_id, quantity }) => ({ quantity, product_id })),
    };
    assert.equal((await shop.handler(press(turned))).headers.get('idempotency-replayed'), 'true');
  });

  it('counts the remaining seconds of a repeated answer again', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    const shop = openShop();
    assert.equal((await sessionOf(await shop.handler(press()))).expires_in, 86_400);
    t.mock.timers.setTime(Date.parse('2026-03-01T13:00:00Z'));
    assert.equal((await sessionOf(await shop.handler(press()))).expires_in, 82_800);
  });

  it('refuses a key that belongs to another cart', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    const problem = await problemIn(await shop.handler(press(OTHER_CART)));
    assert.equal(problem.status, 422);
    assert.equal(problem.code, 'idempotency_key_reused');
    assert.equal(shop.opened().length, 1);
  });

  it('fifty requests at once with one key open one session', async () => {
    const shop = openShop();
    const answers = await Promise.all(Array.from({ length: 50 }, () => shop.handler(press())));
    const codes = answers.map(({ status }) => status);
    assert.equal(codes.filter((status) => status === 200).length, 1);
    assert.equal(codes.filter((status) => status === 409).length, 49);
    for (const answer of answers.filter(({ status }) => status === 409)) {
      assert.equal(answer.headers.get('retry-after'), '1');
      assert.equal((await problemIn(answer)).code, 'request_in_progress');
    }
    assert.equal(shop.opened().length, 1);
    assert.equal((await shop.handler(press())).headers.get('idempotency-replayed'), 'true');
  });

  it('fifty requests at once after a cancelled session open one new session', async () => {
    const shop = openShop();
    const first = await sessionOf(await shop.handler(press()));
    await atPaymentPage(shop, first.checkout_url, 'cancel');
    const answers = await Promise.all(Array.from({ length: 50 }, () => shop.handler(press())));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(shop.opened().length, 2);
  });

  it('two shoppers with the same cart have a session each', async () => {
    const shop = openShop();
    const [a, b] = await Promise.all([
      shop.handler(press()),
      shop.handler(press(CART, { 'idempotency-key': crypto.randomUUID() })),
    ]);
    assert.notEqual((await sessionOf(a)).checkout_id, (await sessionOf(b)).checkout_id);
  });

  it('a cancelled session is followed by a new one, under a provider key of its own', async () => {
    const shop = openShop();
    const first = await sessionOf(await shop.handler(press()));
    await atPaymentPage(shop, first.checkout_url, 'cancel');
    const answer = await shop.handler(press());
    const second = await sessionOf(answer);
    assert.notEqual(second.checkout_id, first.checkout_id);
    assert.equal(answer.headers.get('idempotency-replayed'), null);
    const [one, two] = shop.opened();
    assert.notEqual(one!.key, two!.key);
    // And the third press finds the second session, not the first.
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, second.checkout_id);
  });

  it('a paid session is closed, and is not opened again for the same cart', async () => {
    const shop = openShop();
    const { checkout_url } = await sessionOf(await shop.handler(press()));
    await atPaymentPage(shop, checkout_url, 'pay');
    const answer = await shop.handler(press());
    assert.equal(answer.status, 409);
    assert.equal((await problemIn(answer)).code, 'session_closed');
    assert.equal(shop.opened().length, 1);
    const again = await shop.handler(press(CART, { 'idempotency-key': crypto.randomUUID() }));
    assert.equal((await sessionOf(again)).status, 'open');
  });

  it('an expired session is followed by a new one', async () => {
    const shop = openShop();
    const first = await sessionOf(await shop.handler(press()));
    await shop.sandbox.advance(25 * 3_600_000);
    assert.notEqual((await sessionOf(await shop.handler(press()))).checkout_id, first.checkout_id);
  });

  it('a session that the provider does not know any more is followed by a new one', async () => {
    const shop = openShop({
      network: (request, pass) =>
        request.method === 'GET' ? Response.json({ error: { code: 'not_found' } }, { status: 404 }) : pass(),
    });
    const first = await sessionOf(await shop.handler(press()));
    assert.notEqual((await sessionOf(await shop.handler(press()))).checkout_id, first.checkout_id);
  });

  it('no stored session is handed out while the provider cannot be asked', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    shop.sandbox.faults.add({ on: 'GET /checkout/{id}', kind: 'status', status: 500 });
    assert.equal((await problemIn(await shop.handler(press()))).code, 'provider_unavailable');
    shop.sandbox.faults.clear();
    assert.equal((await shop.handler(press())).headers.get('idempotency-replayed'), 'true');
    assert.equal(shop.opened().length, 1);
  });

  it('without a store, a repeated answer about a session that has ended is not used', async () => {
    const shop = openShop({ store: throwing() });
    const first = await sessionOf(await shop.handler(press()));
    await atPaymentPage(shop, first.checkout_url, 'cancel');
    const second = await sessionOf(await shop.handler(press()));
    assert.notEqual(second.checkout_id, first.checkout_id);
    await atPaymentPage(shop, second.checkout_url, 'pay');
    assert.equal((await problemIn(await shop.handler(press()))).code, 'session_closed');
  });

  it('without the store, the provider’s key alone prevents a second session', async () => {
    const shop = openShop({ store: throwing() });
    const ids = new Set<string>();
    for (let i = 0; i < 3; i++) ids.add((await sessionOf(await shop.handler(press()))).checkout_id);
    assert.equal(ids.size, 1);
    assert.equal(new Set(shop.opened().map(({ key }) => key)).size, 1);
    assert.ok(shop.events.some(({ type }) => type === 'store_failed'));
  });

  it('a store that hangs is given up after a second', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let asked = deferred();
    const shop = openShop({
      store: brokenStore(() => {
        asked.resolve();
        return new Promise(() => {});
      }),
    });
    const answer = shop.handler(press());
    let done = false;
    void answer.finally(() => {
      done = true;
      asked.resolve();
    });
    while (!done) {
      await asked.promise;
      asked = deferred();
      t.mock.timers.tick(1000);
      await new Promise((resolve) => setImmediate(resolve));
      if (!done) asked.resolve();
    }
    await sessionOf(await answer);
  });

  it('a store that hangs costs the shopper one second in all', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const asked = deferred();
    const store = brokenStore(() => {
      asked.resolve();
      return new Promise(() => {});
    });
    const shop = openShop({ store });
    const answer = shop.handler(press());
    await asked.promise;
    t.mock.timers.tick(1000);
    await sessionOf(await answer);
    assert.equal(shop.events.filter(({ type }) => type === 'store_failed').length, 1);
  });

  for (const [action, outcome] of [
    ['cancel', 200],
    ['pay', 409],
  ] as const)
    it(`a store that lost its data hands out no session that has ended (${action})`, async (t) => {
      t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
      let store = createMemoryStore();
      const shop = openShop({
        store: {
          claim: (key, leaseMs) => store.claim(key, leaseMs),
          complete: (key, token, value) => store.complete(key, token, value),
          release: (key, token) => store.release(key, token),
          read: (key) => store.read(key),
        },
      });
      const first = await sessionOf(await shop.handler(press()));
      await atPaymentPage(shop, first.checkout_url, action);
      store = createMemoryStore();
      t.mock.timers.tick(5000);
      const answer = await shop.handler(press());
      assert.equal(answer.status, outcome);
      if (outcome === 200) assert.notEqual((await sessionOf(answer)).checkout_id, first.checkout_id);
      else assert.equal((await problemIn(answer)).code, 'session_closed');
    });

  it('asks the provider nothing more about a session that it has just opened', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    assert.deepEqual(
      shop.calls.map(({ method, path }) => `${method} ${path}`),
      ['POST /checkout'],
    );
  });

  it('opens no second session where the provider is slow to find the one that it has just opened', async () => {
    const shop = openShop({
      async network(request, pass) {
        if (request.method === 'GET') return Response.json({ error: { code: 'not_found' } }, { status: 404 });
        const { expires_at: _, ...rest } = (await (await pass()).json()) as Record<string, unknown>;
        return Response.json(rest);
      },
    });
    await sessionOf(await shop.handler(press()));
    assert.equal(shop.opened().length, 1);
  });

  it('leaves a claim that has lapsed to whoever took it since', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    const gate = deferred();
    const begun = deferred();
    let isFirst = true;
    const shop = openShop({
      async network(_, pass) {
        if (!isFirst) return pass();
        isFirst = false;
        begun.resolve();
        await gate.promise;
        return new Response('no', { status: 500 });
      },
    });
    const stuck = shop.handler(press());
    await begun.promise;
    t.mock.timers.tick(60_000);
    const { checkout_id } = await sessionOf(await shop.handler(press()));
    gate.resolve();
    assert.equal((await stuck).status, 502);
    const again = await shop.handler(press());
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.equal((await sessionOf(again)).checkout_id, checkout_id);
  });

  it('releases its claim on every way to fail, so that the next press is not held up', async () => {
    let fails = true;
    const network: Network = (_, pass) => (fails ? new Response('no', { status: 500 }) : pass());
    const atProvider = openShop({ network });
    assert.equal((await atProvider.handler(press())).status, 502);
    const inHook = openShop({
      resolveCart: (cart) => {
        if (fails) throw new Error('no');
        return resolve(cart);
      },
    });
    assert.equal((await inHook.handler(press())).status, 500);
    const inDetails = openShop({
      resolveCart: (cart) => ({ ...resolve(cart), ...(fails && { customer: {} }) }),
    });
    assert.equal((await inDetails.handler(press())).status, 422);
    fails = false;
    for (const { handler } of [atProvider, inHook, inDetails]) await sessionOf(await handler(press()));
  });

  it('a retry after a doubtful failure sends the same request under the same key', async () => {
    let count = 0;
    const shop = openShop({
      resolveCart: (cart) => ({
        ...resolve(cart),
        reference_id: `order-${++count}`,
        metadata: { attempt: count },
      }),
    });
    shop.sandbox.faults.add({
      on: 'POST /checkout',
      kind: 'status',
      status: 500,
      times: 1,
      afterEffect: true,
    });
    assert.equal((await shop.handler(press())).status, 502);
    const session = await sessionOf(await shop.handler(press()));
    const [first, second] = shop.opened();
    assert.equal(count, 2);
    assert.equal(first!.key, second!.key);
    assert.deepEqual(first!.body, second!.body);
    assert.match(session.checkout_url, /sandbox\.example/);
  });

  it('a crowd that a busy provider turns away leaves no request in the store', async () => {
    const kept = new Map<string, string>();
    const store = createMemoryStore();
    const shop = openShop({
      network: () => Response.json({}, { status: 429 }),
      store: {
        ...store,
        complete: (key, token, value) => (kept.set(key, value), store.complete(key, token, value)),
      },
    });
    for (let i = 0; i < 3; i++)
      assert.equal((await shop.handler(press(CART, { 'idempotency-key': crypto.randomUUID() }))).status, 503);
    assert.equal(shop.opened().length, 3);
    assert.equal(kept.size, 3);
    for (const value of kept.values()) assert.deepEqual(Object.keys(JSON.parse(value)), ['token']);
  });

  for (const [when, status, answers] of [
    ['between two tries', 500, [502, 503]],
    // A 503 is asked once more before the page has its answer.
    ['at the second attempt of one try', 503, [502]],
  ] as const)
    it(`a busy provider ${when} does not change what the next one sends`, async () => {
      let count = 0;
      const shop = openShop({
        resolveCart: (cart) => ({ ...resolve(cart), reference_id: `order-${++count}` }),
      });
      const on = 'POST /checkout';
      shop.sandbox.faults.add({ on, kind: 'status', status, times: 1, afterEffect: true });
      shop.sandbox.faults.add({ on, kind: 'status', status: 429, times: 1 });
      for (const answer of answers) assert.equal((await shop.handler(press())).status, answer);
      await sessionOf(await shop.handler(press()));
      assert.equal(count, answers.length + 1);
      assert.deepEqual(
        shop.opened().map(({ body }) => body.reference_id),
        Array(3).fill('order-1'),
      );
    });

  it('a price that changed between two attempts never finds the session of the old price', async () => {
    let shipping = 500;
    const shop = openShop({ resolveCart: (cart) => ({ ...resolve(cart), shipping }) });
    shop.sandbox.faults.add({
      on: 'POST /checkout',
      kind: 'status',
      status: 500,
      times: 1,
      afterEffect: true,
    });
    assert.equal((await shop.handler(press())).status, 502);
    shipping = 700;
    const session = await sessionOf(await shop.handler(press()));
    const [first, second] = shop.opened();
    assert.notEqual(first!.key, second!.key);
    assert.equal(session.amounts?.total, 4995 + 2 * 1999 + 700 + 410);
  });

  it('the provider’s key is a UUID of version 4 that no page can choose', async () => {
    const one = openShop();
    const other = openShop({ secret: 'another secret of sixteen' });
    await one.handler(press());
    await other.handler(press());
    const [a, b] = [one.opened()[0]!.key!, other.opened()[0]!.key!];
    assert.match(a, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    assert.notEqual(a, b);
    assert.notEqual(a, KEY);
  });

  it('a page that was left still has its session when it comes back', async () => {
    const begun = deferred();
    const gate = deferred();
    const shop = openShop({
      network: async (_, pass) => {
        begun.resolve();
        await gate.promise;
        return pass();
      },
    });
    const leaving = new AbortController();
    const request = new Request(press(), { signal: leaving.signal });
    const answer = shop.handler(request);
    await begun.promise;
    leaving.abort();
    gate.resolve();
    const first = await sessionOf(await answer);
    const back = await shop.handler(press());
    assert.equal((await sessionOf(back)).checkout_id, first.checkout_id);
    assert.equal(shop.opened().length, 1);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type Store } from '../../../src/server/index.js';
import {
  submitPaymentPage,
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

/** Creates a store whose methods all call `fail`, which rejects or hangs. */
function brokenStore(fail: () => Promise<never>): Store {
  return { claim: fail, complete: fail, release: fail, read: fail };
}

const rejectingStore = () => brokenStore(() => Promise.reject(new Error('ECONNREFUSED')));

describe('idempotency key', () => {
  for (const key of [
    'short',
    'a'.repeat(256),
    'has spaces in it, sixteen',
    '"unbalanced-quote-12345',
    'naïve-key-naïve-key',
  ])
    it(`is refused when it is ${key.slice(0, 30)}`, async () => {
      const shop = openShop();
      const problem = await problemIn(await shop.handler(press(CART, { 'idempotency-key': key })));
      assert.equal(problem.status, 400);
      assert.equal(problem.code, 'idempotency_key_missing');
      assert.equal(shop.calls.length, 0);
    });

  it('is required: the handler does not derive one from the cart', async () => {
    const shop = openShop();
    const request = press();
    request.headers.delete('idempotency-key');
    assert.equal((await problemIn(await shop.handler(request))).code, 'idempotency_key_missing');
  });

  it('is the same with and without quotes', async () => {
    const shop = openShop();
    const first = await sessionOf(await shop.handler(press()));
    const second = await shop.handler(press(CART, { 'idempotency-key': `"${KEY}"` }));
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    assert.equal((await sessionOf(second)).checkout_id, first.checkout_id);
  });

  it('gets no session before onSessionCreated got it, even at a press during the first request', async () => {
    const createdIds: string[] = [];
    const [statusRequested, gate] = [deferred(), deferred()];
    let statusRequests = 0;
    const shop = openShop({
      onSessionCreated: ({ checkoutId }) => void createdIds.push(checkoutId),
      network: async (request, pass) => {
        if (request.method === 'GET') {
          if (statusRequests++) return pass();
          statusRequested.resolve();
          await gate.promise;
          return Response.json({ error: { code: 'down' } }, { status: 500 });
        }
        // The expiry does not show that the session is new, so the handler requests its status.
        const answer = (await (await pass()).json()) as object;
        return Response.json({ ...answer, expires_at: new Date(Date.now() + 3_600_000).toISOString() });
      },
    });
    const first = shop.handler(press());
    await statusRequested.promise;
    assert.equal((await problemIn(await shop.handler(press()))).code, 'request_in_progress');
    assert.deepEqual(createdIds, []);
    gate.resolve();
    assert.equal((await problemIn(await first)).code, 'provider_unavailable');
    assert.deepEqual(createdIds, []);
    const { checkout_id } = await sessionOf(await shop.handler(press()));
    assert.deepEqual(createdIds, [checkout_id]);
    assert.equal(shop.opened().length, 2);
  });

  it('gets the same open session again, with the header idempotency-replayed', async () => {
    const shop = openShop();
    const first = await shop.handler(press());
    assert.equal(first.headers.get('idempotency-replayed'), null);
    const second = await shop.handler(press());
    assert.equal(second.headers.get('idempotency-replayed'), 'true');
    const [a, b] = [await sessionOf(first), await sessionOf(second)];
    assert.deepEqual({ ...b, expires_in: 0 }, { ...a, expires_in: 0 });
    assert.equal(shop.opened().length, 1);
  });

  it('gets the same session for a cart with its fields in another order', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    const reordered = {
      line_items: CART.line_items.map(({ product_id, quantity }) => ({ quantity, product_id })),
    };
    assert.equal((await shop.handler(press(reordered))).headers.get('idempotency-replayed'), 'true');
  });

  it('gets the current remaining seconds with a repeated session', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    const shop = openShop();
    assert.equal((await sessionOf(await shop.handler(press()))).expires_in, 86_400);
    t.mock.timers.setTime(Date.parse('2026-03-01T13:00:00Z'));
    assert.equal((await sessionOf(await shop.handler(press()))).expires_in, 82_800);
  });

  it('is refused when it belongs to another cart', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    const problem = await problemIn(await shop.handler(press(OTHER_CART)));
    assert.equal(problem.status, 422);
    assert.equal(problem.code, 'idempotency_key_reused');
    assert.equal(shop.opened().length, 1);
  });

  it('opens one session for fifty requests at the same time', async () => {
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

  it('opens one new session for fifty requests at the same time after a cancelled session', async () => {
    const shop = openShop();
    const first = await sessionOf(await shop.handler(press()));
    await submitPaymentPage(shop, first.checkout_url, 'cancel');
    const answers = await Promise.all(Array.from({ length: 50 }, () => shop.handler(press())));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(shop.opened().length, 2);
  });

  it('opens a new session with another provider key after a cancelled session', async () => {
    const shop = openShop();
    const first = await sessionOf(await shop.handler(press()));
    await submitPaymentPage(shop, first.checkout_url, 'cancel');
    const answer = await shop.handler(press());
    const second = await sessionOf(answer);
    assert.notEqual(second.checkout_id, first.checkout_id);
    assert.equal(answer.headers.get('idempotency-replayed'), null);
    const [one, two] = shop.opened();
    assert.notEqual(one!.key, two!.key);
    // The third press gets the second session, not the first.
    assert.equal((await sessionOf(await shop.handler(press()))).checkout_id, second.checkout_id);
  });

  it('gets session_closed after a paid session; another key opens a new one for the same cart', async () => {
    const shop = openShop();
    const { checkout_url } = await sessionOf(await shop.handler(press()));
    await submitPaymentPage(shop, checkout_url, 'pay');
    const answer = await shop.handler(press());
    assert.equal(answer.status, 409);
    assert.equal((await problemIn(answer)).code, 'session_closed');
    assert.equal(shop.opened().length, 1);
    const again = await shop.handler(press(CART, { 'idempotency-key': crypto.randomUUID() }));
    assert.equal((await sessionOf(again)).status, 'open');
  });

  it('opens a new session after an expired session', async () => {
    const shop = openShop();
    const first = await sessionOf(await shop.handler(press()));
    await shop.sandbox.advance(25 * 3_600_000);
    assert.notEqual((await sessionOf(await shop.handler(press()))).checkout_id, first.checkout_id);
  });

  it('opens a new session when the provider no longer finds the stored one', async () => {
    const shop = openShop({
      network: (request, pass) =>
        request.method === 'GET' ? Response.json({ error: { code: 'not_found' } }, { status: 404 }) : pass(),
    });
    const first = await sessionOf(await shop.handler(press()));
    assert.notEqual((await sessionOf(await shop.handler(press()))).checkout_id, first.checkout_id);
  });

  it('gets provider_unavailable, not the stored session, while the provider is down', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    shop.sandbox.faults.add({ on: 'GET /checkout/{id}', kind: 'status', status: 500 });
    assert.equal((await problemIn(await shop.handler(press()))).code, 'provider_unavailable');
    shop.sandbox.faults.clear();
    assert.equal((await shop.handler(press())).headers.get('idempotency-replayed'), 'true');
    assert.equal(shop.opened().length, 1);
  });

  it('ignores the provider’s repeated response for a closed session when the store is down', async () => {
    const shop = openShop({ store: rejectingStore() });
    const first = await sessionOf(await shop.handler(press()));
    await submitPaymentPage(shop, first.checkout_url, 'cancel');
    const second = await sessionOf(await shop.handler(press()));
    assert.notEqual(second.checkout_id, first.checkout_id);
    await submitPaymentPage(shop, second.checkout_url, 'pay');
    assert.equal((await problemIn(await shop.handler(press()))).code, 'session_closed');
  });

  it('gets the same session by the provider’s key alone when the store is down', async () => {
    const shop = openShop({ store: rejectingStore() });
    const ids = new Set<string>();
    for (let i = 0; i < 3; i++) ids.add((await sessionOf(await shop.handler(press()))).checkout_id);
    assert.equal(ids.size, 1);
    assert.equal(new Set(shop.opened().map(({ key }) => key)).size, 1);
    assert.ok(shop.events.some(({ type }) => type === 'store_failed'));
  });

  it('gets a session after one second when the store hangs', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const storeCalled = deferred();
    const store = brokenStore(() => {
      storeCalled.resolve();
      return new Promise(() => {});
    });
    const shop = openShop({ store });
    const answer = shop.handler(press());
    await storeCalled.promise;
    t.mock.timers.tick(1000);
    await sessionOf(await answer);
    assert.equal(shop.events.filter(({ type }) => type === 'store_failed').length, 1);
  });

  for (const [action, ending, status] of [
    ['cancel', 'cancelled', 200],
    ['pay', 'paid', 409],
  ] as const)
    it(`does not get a ${ending} session again after the store lost its data`, async (t) => {
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
      await submitPaymentPage(shop, first.checkout_url, action);
      store = createMemoryStore();
      t.mock.timers.tick(5000);
      const answer = await shop.handler(press());
      assert.equal(answer.status, status);
      if (status === 200) assert.notEqual((await sessionOf(answer)).checkout_id, first.checkout_id);
      else assert.equal((await problemIn(answer)).code, 'session_closed');
    });

  it('sends one request to the provider for a new session', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press()));
    assert.deepEqual(
      shop.calls.map(({ method, path }) => `${method} ${path}`),
      ['POST /checkout'],
    );
  });

  it('opens one session when the provider does not find the new session yet', async () => {
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

  it('keeps the claim of a later request when an earlier one fails after its lease ended', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    const gate = deferred();
    const providerCalled = deferred();
    let isFirst = true;
    const shop = openShop({
      async network(_, pass) {
        if (!isFirst) return pass();
        isFirst = false;
        providerCalled.resolve();
        await gate.promise;
        return new Response('no', { status: 500 });
      },
    });
    const first = shop.handler(press());
    await providerCalled.promise;
    t.mock.timers.tick(60_000);
    const { checkout_id } = await sessionOf(await shop.handler(press()));
    gate.resolve();
    assert.equal((await first).status, 502);
    const again = await shop.handler(press());
    assert.equal(again.headers.get('idempotency-replayed'), 'true');
    assert.equal((await sessionOf(again)).checkout_id, checkout_id);
  });

  it('is released after a failure of the provider, of resolveCart or of its result', async () => {
    let fails = true;
    const network: Network = (_, pass) => (fails ? new Response('no', { status: 500 }) : pass());
    const providerFails = openShop({ network });
    assert.equal((await providerFails.handler(press())).status, 502);
    const hookThrows = openShop({
      resolveCart: (cart) => {
        if (fails) throw new Error('no');
        return resolve(cart);
      },
    });
    assert.equal((await hookThrows.handler(press())).status, 500);
    const detailsMissing = openShop({
      resolveCart: (cart) => ({ ...resolve(cart), ...(fails && { customer: {} }) }),
    });
    assert.equal((await detailsMissing.handler(press())).status, 422);
    fails = false;
    for (const { handler } of [providerFails, hookThrows, detailsMissing])
      await sessionOf(await handler(press()));
  });

  it('sends the same request with the same provider key after a failure that may have opened a session', async () => {
    let hookCalls = 0;
    const shop = openShop({
      resolveCart: (cart) => ({
        ...resolve(cart),
        reference_id: `order-${++hookCalls}`,
        metadata: { attempt: hookCalls },
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
    assert.equal(hookCalls, 2);
    assert.equal(first!.key, second!.key);
    assert.deepEqual(first!.body, second!.body);
    assert.match(session.checkout_url, /sandbox\.example/);
  });

  it('leaves no request in the store when the provider refuses it as busy', async () => {
    const stored = new Map<string, string>();
    const store = createMemoryStore();
    const shop = openShop({
      network: () => Response.json({}, { status: 429 }),
      store: {
        ...store,
        complete: (key, token, value) => (stored.set(key, value), store.complete(key, token, value)),
      },
    });
    for (let i = 0; i < 3; i++)
      assert.equal((await shop.handler(press(CART, { 'idempotency-key': crypto.randomUUID() }))).status, 503);
    assert.equal(shop.opened().length, 3);
    assert.equal(stored.size, 3);
    for (const value of stored.values()) assert.deepEqual(Object.keys(JSON.parse(value)), ['token']);
  });

  for (const [busyCase, status, answers] of [
    ['between two presses', 500, [502, 503]],
    // The handler retries a 503 once before it responds.
    ['at the second attempt of one press', 503, [502]],
  ] as const)
    it(`sends the same request at the next press when the provider is busy ${busyCase}`, async () => {
      let hookCalls = 0;
      const shop = openShop({
        resolveCart: (cart) => ({ ...resolve(cart), reference_id: `order-${++hookCalls}` }),
      });
      const on = 'POST /checkout';
      shop.sandbox.faults.add({ on, kind: 'status', status, times: 1, afterEffect: true });
      shop.sandbox.faults.add({ on, kind: 'status', status: 429, times: 1 });
      for (const answer of answers) assert.equal((await shop.handler(press())).status, answer);
      await sessionOf(await shop.handler(press()));
      assert.equal(hookCalls, answers.length + 1);
      assert.deepEqual(
        shop.opened().map(({ body }) => body.reference_id),
        Array(3).fill('order-1'),
      );
    });

  it('does not get the session of the old price when the price changes after a failure', async () => {
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

  it('becomes a version 4 UUID for the provider, which depends on the secret', async () => {
    const one = openShop();
    const other = openShop({ secret: 'another secret of sixteen' });
    await one.handler(press());
    await other.handler(press());
    const [a, b] = [one.opened()[0]!.key!, other.opened()[0]!.key!];
    assert.match(a, /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
    assert.notEqual(a, b);
    assert.notEqual(a, KEY);
  });

  it('gets its session when the page closed the first request after the provider was called', async () => {
    const providerCalled = deferred();
    const gate = deferred();
    const shop = openShop({
      network: async (_, pass) => {
        providerCalled.resolve();
        await gate.promise;
        return pass();
      },
    });
    const page = new AbortController();
    const request = new Request(press(), { signal: page.signal });
    const answer = shop.handler(request);
    await providerCalled.promise;
    page.abort();
    gate.resolve();
    const first = await sessionOf(await answer);
    const second = await shop.handler(press());
    assert.equal((await sessionOf(second)).checkout_id, first.checkout_id);
    assert.equal(shop.opened().length, 1);
  });
});

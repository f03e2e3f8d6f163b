import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type CreatedOrder, type Store } from '../../../src/server/index.js';
import {
  submitPaymentPage,
  deferred,
  delivery,
  ENDPOINT,
  openShop,
  press,
  sessionOf,
  settle,
  type Shop,
  type ShopOptions,
} from '../fixtures.js';

/** Creates a shop with one session, paid by default. The sandbox sends no webhooks; the tests deliver them. */
async function shopWithSession({ paid = true, ...options }: ShopOptions & { paid?: boolean } = {}) {
  const orders: CreatedOrder[] = [];
  const shop = openShop({
    webhookUrl: undefined,
    onOrderCreated: (order) => void orders.push(order),
    ...options,
  });
  const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
  if (paid) await submitPaymentPage(shop, checkout_url, 'pay');
  const order_id = shop.sandbox.orders[0]?.id;
  const event = { id: 'evt_1', type: 'order.created', data: { checkout_id, ...(order_id && { order_id }) } };
  return { shop, orders, checkoutId: checkout_id, checkoutUrl: checkout_url, event };
}

/** Delivers a webhook. Returns the response's status and outcome. */
async function deliver({ handler }: Shop, request: Request | Promise<Request>) {
  const response = await handler(await request);
  const text = await response.text();
  return { status: response.status, outcome: JSON.parse(text).outcome as string | undefined };
}

describe('webhook', () => {
  it('runs onOrderCreated after the provider confirmed the payment', async () => {
    const { shop, orders, checkoutId, event } = await shopWithSession();
    const extended = { ...event, new_field: 1 };
    assert.deepEqual(await deliver(shop, delivery(extended)), { status: 200, outcome: 'fulfilled' });
    assert.equal(orders.length, 1);
    assert.equal(orders[0]!.checkoutId, checkoutId);
    assert.equal(orders[0]!.orderId, shop.sandbox.orders[0]!.id);
    assert.equal(orders[0]!.referenceId, shop.opened()[0]!.body.reference_id);
    assert.match(JSON.stringify(orders[0]!.event), new RegExp(checkoutId));
  });

  it('reads the earlier payload format, which names the type "event"', async () => {
    const { shop, orders, event } = await shopWithSession();
    await deliver(shop, delivery({ event: event.type, data: event.data }));
    assert.equal(orders.length, 1);
  });

  const now = Math.floor(Date.now() / 1000);
  it('responds with 401 to a signature of another secret', async () => {
    const { shop, orders, event } = await shopWithSession();
    assert.equal((await deliver(shop, delivery(event, { secret: 'whsec_other' }))).status, 401);
    assert.equal(orders.length, 0);
  });

  it('responds with 401 to a body with a changed byte, line ending or space', async () => {
    const { shop, orders, event } = await shopWithSession();
    const text = JSON.stringify(event, null, 1);
    const changes = [
      text.replace('evt_1', 'evt_2'),
      text.replaceAll('\n', '\r\n'),
      JSON.stringify(event),
      `${text} `,
      `\ufeff${text}`,
    ];
    const { headers } = await delivery(text);
    for (const body of changes) {
      const request = new Request(`${ENDPOINT}/webhook`, { method: 'POST', headers, body });
      assert.equal((await deliver(shop, request)).status, 401);
    }
    assert.equal((await deliver(shop, delivery(text))).status, 200);
    assert.equal(orders.length, 1);
  });

  it('responds with 401 to a delivery more than 300 s old, or more than 300 s ahead of the clock', async (t) => {
    const { shop, event } = await shopWithSession();
    t.mock.timers.enable({ apis: ['Date'], now: now * 1000 });
    for (const [at, status] of [
      [now - 301, 401],
      [now + 301, 401],
      [now - 300, 200],
      [now + 300, 200],
    ] as const)
      assert.equal((await deliver(shop, delivery(event, { at }))).status, status, String(at - now));
  });

  it('runs onOrderCreated once for repeated deliveries in sequence', async () => {
    const { shop, orders, event } = await shopWithSession();
    await deliver(shop, delivery(event));
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'duplicate' });
    const resent = { ...event, id: 'evt_2' };
    assert.deepEqual(await deliver(shop, delivery(resent)), { status: 200, outcome: 'duplicate' });
    assert.equal(orders.length, 1);
  });

  it('runs onOrderCreated once when twenty deliveries arrive at the same time', async () => {
    const { shop, orders, event } = await shopWithSession();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => deliver(shop, delivery(event))));
    assert.equal(orders.length, 1);
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'fulfilled').length, 1);
    for (const { status, outcome } of outcomes)
      assert.equal(status, outcome === 'in_progress' ? 503 : 200, outcome);
  });

  for (const body of [
    { type: 'order.refunded', data: {} },
    { type: 'something.new' },
    { type: 7 },
    {},
    { type: 'order.created.v2', data: null },
  ])
    it(`responds with 200 to the event ${JSON.stringify(body)} and only reports it`, async () => {
      const { shop, orders } = await shopWithSession();
      const callsBefore = shop.calls.length;
      assert.deepEqual(await deliver(shop, delivery(body)), { status: 200, outcome: 'ignored' });
      assert.equal(orders.length, 0);
      assert.equal(shop.calls.length, callsBefore);
      assert.ok(shop.events.some((event) => event.type === 'webhook' && event.outcome === 'ignored'));
    });

  it('fulfils an order whose order.refunded event arrived before order.created', async () => {
    const { shop, orders, event } = await shopWithSession();
    await deliver(shop, delivery({ ...event, type: 'order.refunded' }));
    await deliver(shop, delivery(event));
    assert.equal(orders.length, 1);
  });

  it('does not fulfil a checkout that the provider reports as closed without a payment', async () => {
    const { shop, orders, event, checkoutUrl } = await shopWithSession({ paid: false });
    await submitPaymentPage(shop, checkoutUrl, 'cancel');
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'not_paid' });
    assert.equal(orders.length, 0);
    assert.ok(shop.events.some((e) => e.type === 'webhook' && e.outcome === 'not_paid'));
  });

  it('responds with 503 while the provider still reports the session as open, and fulfils it later', async () => {
    const { shop, orders, event, checkoutUrl } = await shopWithSession({ paid: false });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 503, outcome: 'still_open' });
    assert.equal(orders.length, 0);
    await submitPaymentPage(shop, checkoutUrl, 'pay');
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'fulfilled' });
    assert.equal(orders.length, 1);
  });

  it('does not fulfil a checkout that the provider does not find', async () => {
    const { shop, orders, event } = await shopWithSession();
    const ofOtherMode = { ...event, data: { checkout_id: 'cs_of_the_other_mode' } };
    assert.deepEqual(await deliver(shop, delivery(ofOtherMode)), {
      status: 200,
      outcome: 'unknown_checkout',
    });
    assert.equal(orders.length, 0);
    assert.ok(shop.events.some((e) => e.type === 'webhook' && e.outcome === 'unknown_checkout'));
  });

  it('does not fulfil when event and provider differ in the reference or the total', async () => {
    const network: ShopOptions['network'] = async (request, pass) => {
      const answer = await pass();
      return request.method === 'GET'
        ? Response.json({ ...((await answer.json()) as object), amounts: { total: 9903 } })
        : answer;
    };
    const { shop, orders, event } = await shopWithSession({ network });
    for (const changes of [{ reference_id: 'order-of-eve' }, { amounts: { total: 1 } }]) {
      const body = { ...event, data: { ...event.data, ...changes } };
      assert.deepEqual(await deliver(shop, delivery(body)), { status: 200, outcome: 'mismatch' });
    }
    assert.equal(orders.length, 0);
    const matching = { ...event, data: { ...event.data, amounts: { total: 9903 } } };
    assert.equal((await deliver(shop, delivery(matching))).outcome, 'fulfilled');
  });

  it('responds with 503 while the provider is unreachable, and fulfils the next delivery', async () => {
    const { shop, orders, event } = await shopWithSession();
    shop.sandbox.faults.add({ on: 'GET /checkout/{id}', kind: 'status', status: 500, times: 1 });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 503, outcome: 'unreachable' });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'fulfilled' });
    assert.equal(orders.length, 1);
  });

  it('responds with 503 while the claim fails, and fulfils the next delivery', async () => {
    let isDown = true;
    const store = createMemoryStore();
    const claim: typeof store.claim = (key, lease) =>
      isDown && key.startsWith('order:') ? Promise.reject(new Error('down')) : store.claim(key, lease);
    const { shop, orders, event } = await shopWithSession({ store: { ...store, claim } });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 503, outcome: 'store_failed' });
    assert.equal(orders.length, 0);
    isDown = false;
    assert.equal((await deliver(shop, delivery(event))).outcome, 'fulfilled');
  });

  for (const hanging of ['claim', 'read'] as const)
    it(`responds with 503 and ends reconcile after one second when the store hangs in ${hanging}`, async (t) => {
      const store = createMemoryStore();
      let storeCalled = deferred();
      let hangs = false;
      const hang = () => {
        storeCalled.resolve();
        return new Promise<never>(() => {});
      };
      const claim: Store['claim'] = (key, lease) =>
        hangs && hanging === 'claim' ? hang() : store.claim(key, lease);
      const read: Store['read'] = (key) => (hangs && hanging === 'read' ? hang() : store.read(key));
      const { shop, event, checkoutId } = await shopWithSession({ store: { ...store, claim, read } });
      if (hanging === 'read') await store.claim(`order:${checkoutId}`, 60_000);
      hangs = true;
      t.mock.timers.enable({ apis: ['setTimeout'] });
      for (const request of [
        async () => (await deliver(shop, delivery(event))).outcome,
        () => shop.handler.reconcile(checkoutId),
      ]) {
        storeCalled = deferred();
        const outcome = request();
        await storeCalled.promise;
        t.mock.timers.tick(1000);
        assert.equal(await outcome, 'store_failed');
      }
      assert.equal(shop.events.filter(({ type }) => type === 'store_failed').length, 2);
    });

  it('releases a claim that succeeds after its timeout, so that the next attempt fulfils the order', async (t) => {
    const store = createMemoryStore();
    const [storeCalled, gate] = [deferred(), deferred()];
    let isLate = true;
    const claim: Store['claim'] = async (key, lease) => {
      if (isLate && key.startsWith('order:')) {
        storeCalled.resolve();
        await gate.promise;
      }
      return store.claim(key, lease);
    };
    const { shop, checkoutId } = await shopWithSession({ store: { ...store, claim } });
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const outcome = shop.handler.reconcile(checkoutId);
    await storeCalled.promise;
    t.mock.timers.tick(1000);
    assert.equal(await outcome, 'store_failed');
    isLate = false;
    gate.resolve();
    await settle();
    assert.equal(await shop.handler.reconcile(checkoutId), 'fulfilled');
  });

  for (const hanging of ['complete', 'release'] as const)
    it(`returns the outcome of the hook, and reports the store, when the store hangs in ${hanging}`, async (t) => {
      const storeCalled = deferred();
      const store = createMemoryStore();
      let hangs = false;
      const { shop, checkoutId } = await shopWithSession({
        onOrderCreated: () => {
          if (hanging === 'release') throw new Error('no');
        },
        store: {
          ...store,
          [hanging]: (key: string, token: string, value: string) => {
            if (!hangs) return store[hanging](key, token, value);
            storeCalled.resolve();
            return new Promise(() => {});
          },
        },
      });
      hangs = true;
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const outcome = shop.handler.reconcile(checkoutId);
      await storeCalled.promise;
      t.mock.timers.tick(1000);
      assert.equal(await outcome, hanging === 'complete' ? 'fulfilled' : 'failed');
      assert.ok(shop.events.some((e) => e.type === 'store_failed' && e.operation === hanging));
    });

  it('responds with 503 after four seconds, lets the hook finish, and responds with 200 after that', async (t) => {
    const gate = deferred();
    const hookCalled = deferred();
    let runs = 0;
    const { shop, event } = await shopWithSession({
      onOrderCreated: () => {
        runs++;
        hookCalled.resolve();
        return gate.promise;
      },
    });
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const first = deliver(shop, delivery(event));
    await hookCalled.promise;
    t.mock.timers.tick(4000);
    assert.deepEqual(await first, { status: 503, outcome: 'slow' });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 503, outcome: 'in_progress' });
    gate.resolve();
    await settle();
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'duplicate' });
    assert.equal(runs, 1);
  });

  /** Like the ExecutionContext of Cloudflare Workers, whose waitUntil throws when it is detached from its object. */
  class ExecutionContext {
    readonly #promises: Promise<unknown>[] = [];
    waitUntil(promise: Promise<unknown>): void {
      this.#promises.push(promise);
    }
    get promises(): number {
      return this.#promises.length;
    }
    async done(): Promise<unknown[]> {
      return Promise.all(this.#promises);
    }
  }

  for (const [runtime, otherArguments] of [
    ['the third argument, as in Workers', [{ SECRET: 'binding' }]],
    ['the second argument, as in Hono', []],
  ] as const)
    it(`passes work that goes on after the response to waitUntil of ${runtime}`, async (t) => {
      const gate = deferred();
      const hookCalled = deferred();
      const { shop, event } = await shopWithSession({
        onOrderCreated: () => {
          hookCalled.resolve();
          return gate.promise;
        },
      });
      const ctx = new ExecutionContext();
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const answer = shop.handler(await delivery(event), ...otherArguments, ctx);
      await hookCalled.promise;
      t.mock.timers.tick(4000);
      assert.equal((await answer).status, 503);
      assert.equal(ctx.promises, 1);
      gate.resolve();
      await ctx.done();
      assert.equal((await deliver(shop, delivery(event))).outcome, 'duplicate');
    });

  it('accepts other arguments after the request, and a waitUntil that throws', async () => {
    const waitUntil = () => {
      throw new Error('too late');
    };
    for (const otherArguments of [[undefined], [{ params: {} }], [null, 7], [{ waitUntil }]]) {
      const { shop, event } = await shopWithSession();
      assert.equal((await shop.handler(await delivery(event), ...otherArguments)).status, 200);
    }
  });

  it('responds with 500 when the hook throws, and runs it again for the next delivery', async () => {
    let runs = 0;
    const { shop, event } = await shopWithSession({
      onOrderCreated: () => {
        if (!runs++) throw new RangeError('ada@example.com has no row');
      },
    });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 500, outcome: 'failed' });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'fulfilled' });
    assert.equal(runs, 2);
    assert.ok(shop.events.some((e) => e.type === 'hook_failed' && e.name === 'RangeError'));
    assert.doesNotMatch(JSON.stringify(shop.events), /ada@/);
  });

  it('keeps the order of a later delivery when an earlier hook fails after its lease ended', async (t) => {
    const gate = deferred();
    const hookCalled = deferred();
    let runs = 0;
    const { shop, event } = await shopWithSession({
      async onOrderCreated() {
        if (runs++) return;
        hookCalled.resolve();
        await gate.promise;
        throw new Error('too late');
      },
    });
    t.mock.timers.enable({ apis: ['Date'], now: now * 1000 });
    const first = deliver(shop, delivery(event));
    await hookCalled.promise;
    t.mock.timers.setTime(now * 1000 + 60_000);
    assert.equal((await deliver(shop, delivery(event))).outcome, 'fulfilled');
    gate.resolve();
    assert.equal((await first).outcome, 'failed');
    assert.equal((await deliver(shop, delivery(event))).outcome, 'duplicate');
    assert.equal(runs, 2);
  });

  it('fulfils an order one minute after another process claimed it and ended', async (t) => {
    t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: now * 1000 });
    const store = createMemoryStore();
    const { shop, event, checkoutId } = await shopWithSession({ store });
    // The claim of the other process, which it neither completes nor releases.
    await store.claim(`order:${checkoutId}`, 60_000);
    assert.equal((await deliver(shop, delivery(event))).outcome, 'in_progress');
    t.mock.timers.setTime(now * 1000 + 60_000);
    assert.equal((await deliver(shop, delivery(event))).outcome, 'fulfilled');
  });

  for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS'])
    it(`responds to ${method} with 405`, async () => {
      const { shop } = await shopWithSession();
      const response = await shop.handler(new Request(`${ENDPOINT}/webhook`, { method }));
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'POST');
    });

  it('responds with 415 to another content type, 413 to a body over 256 KiB, and 400 to a malformed event', async () => {
    const { shop, orders } = await shopWithSession();
    const plainText = await delivery({}, { headers: { 'content-type': 'text/plain' } });
    assert.equal((await deliver(shop, plainText)).status, 415);
    assert.equal((await deliver(shop, delivery('x'.repeat(257 * 1024)))).status, 413);
    for (const body of [
      'null',
      '[]',
      '"x"',
      '1',
      '{',
      '',
      '{"type":"order.created","data":{"checkout_id":"<b>"}}',
    ])
      assert.equal((await deliver(shop, delivery(body))).status, 400, body);
    assert.equal(orders.length, 0);
  });

  it('responds with 404 when no webhook secret is set', async () => {
    const { shop, event } = await shopWithSession({ webhookSecret: undefined, webhookUrl: undefined });
    assert.equal((await deliver(shop, delivery(event))).status, 404);
  });

  it('responds with 200 without onOrderCreated, and logs the checkout’s id as ignored', async (t) => {
    const { mock } = t.mock.method(console, 'error', () => {});
    const { shop, event, checkoutId } = await shopWithSession({
      onOrderCreated: undefined,
      onEvent: undefined,
    });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'ignored' });
    assert.equal(mock.callCount(), 1);
    assert.match(String(mock.calls[0]!.arguments[1]), new RegExp(`"ignored","checkoutId":"${checkoutId}"`));
    await deliver(shop, delivery({ type: 'order.refunded', data: {} }));
    assert.equal(mock.callCount(), 1);
  });

  it('fulfils an order once when reconcile runs before the delivery', async () => {
    const { shop, orders, event, checkoutId } = await shopWithSession();
    assert.equal(await shop.handler.reconcile(checkoutId), 'fulfilled');
    assert.equal(await shop.handler.reconcile(checkoutId), 'duplicate');
    assert.equal((await deliver(shop, delivery(event))).outcome, 'duplicate');
    assert.equal(await shop.handler.reconcile('cs_unknown'), 'unknown_checkout');
    assert.deepEqual(
      orders.map(({ checkoutId, event }) => [checkoutId, event]),
      [[checkoutId, undefined]],
    );
  });

  it('does not fulfil an open checkout in reconcile', async () => {
    const { shop, orders, checkoutId } = await shopWithSession({ paid: false });
    assert.equal(await shop.handler.reconcile(checkoutId), 'still_open');
    assert.equal(orders.length, 0);
  });

  it('throws in reconcile without onOrderCreated', async () => {
    const { shop, checkoutId } = await shopWithSession({ onOrderCreated: undefined });
    await assert.rejects(shop.handler.reconcile(checkoutId), /onOrderCreated is missing/);
  });
});

describe('refused webhook', () => {
  for (const [cause, options, request] of [
    [
      'its signature has another secret',
      {},
      () => delivery({ type: 'order.created' }, { secret: 'whsec_another' }),
    ],
    [
      'no secret is set',
      { webhookSecret: undefined, webhookUrl: undefined },
      () => delivery({ type: 'order.created' }),
    ],
  ] as const)
    it(`is logged on the console without onEvent when ${cause}`, async (t) => {
      const { mock } = t.mock.method(console, 'error', () => {});
      const { handler } = openShop({ onEvent: undefined, ...options });
      const { status } = await handler(await request());
      assert.ok(status === 401 || status === 404, `status ${status}`);
      assert.equal(mock.callCount(), 1);
      assert.match(String(mock.calls[0]!.arguments[1]), /"route":"webhook"/);
    });
});

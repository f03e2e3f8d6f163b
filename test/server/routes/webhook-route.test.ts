import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type CreatedOrder, type Store } from '../../../src/server/index.js';
import {
  atPaymentPage,
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

/** A shop with one session, paid unless told, whose webhooks go nowhere: the tests deliver them. */
async function shopWithSession({ paid = true, ...options }: ShopOptions & { paid?: boolean } = {}) {
  const orders: CreatedOrder[] = [];
  const shop = openShop({
    webhookUrl: undefined,
    onOrderCreated: (order) => void orders.push(order),
    ...options,
  });
  const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
  if (paid) await atPaymentPage(shop, checkout_url, 'pay');
  const order_id = shop.sandbox.orders[0]?.id;
  const event = { id: 'evt_1', type: 'order.created', data: { checkout_id, ...(order_id && { order_id }) } };
  return { shop, orders, checkoutId: checkout_id, checkoutUrl: checkout_url, event };
}

/** What the handler said to a delivery. */
async function deliver({ handler }: Shop, request: Request | Promise<Request>) {
  const response = await handler(await request);
  const text = await response.text();
  return { status: response.status, outcome: JSON.parse(text).outcome as string | undefined };
}

describe('webhook', () => {
  it('runs onOrderCreated once the provider has confirmed the payment', async () => {
    const { shop, orders, checkoutId, event } = await shopWithSession();
    const extended = { ...event, new_field: 1 };
    assert.deepEqual(await deliver(shop, delivery(extended)), { status: 200, outcome: 'fulfilled' });
    assert.equal(orders.length, 1);
    assert.equal(orders[0]!.checkoutId, checkoutId);
    assert.equal(orders[0]!.orderId, shop.sandbox.orders[0]!.id);
    assert.equal(orders[0]!.referenceId, shop.opened()[0]!.body.reference_id);
    assert.match(JSON.stringify(orders[0]!.event), new RegExp(checkoutId));
  });

  it('reads the earlier form, whose type is called event', async () => {
    const { shop, orders, event } = await shopWithSession();
    await deliver(shop, delivery({ event: event.type, data: event.data }));
    assert.equal(orders.length, 1);
  });

  const now = Math.floor(Date.now() / 1000);
  it('refuses the signature of another secret', async () => {
    const { shop, orders, event } = await shopWithSession();
    assert.equal((await deliver(shop, delivery(event, { secret: 'whsec_other' }))).status, 401);
    assert.equal(orders.length, 0);
  });

  it('refuses a body that changed by one byte, in its line ends or in its spaces', async () => {
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

  it('refuses a delivery that is more than 300 s old, or from the future', async (t) => {
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

  it('runs the hook once for repeated deliveries, one after the other', async () => {
    const { shop, orders, event } = await shopWithSession();
    await deliver(shop, delivery(event));
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'duplicate' });
    const resent = { ...event, id: 'evt_2' };
    assert.deepEqual(await deliver(shop, delivery(resent)), { status: 200, outcome: 'duplicate' });
    assert.equal(orders.length, 1);
  });

  it('runs the hook once for twenty deliveries at the same time; the others are asked to come again', async () => {
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
    it(`notes ${JSON.stringify(body)}, and does nothing`, async () => {
      const { shop, orders } = await shopWithSession();
      const before = shop.calls.length;
      assert.deepEqual(await deliver(shop, delivery(body)), { status: 200, outcome: 'ignored' });
      assert.equal(orders.length, 0);
      assert.equal(shop.calls.length, before);
      assert.ok(shop.events.some((event) => event.type === 'webhook' && event.outcome === 'ignored'));
    });

  it('an event that comes out of order does not stop the one that counts', async () => {
    const { shop, orders, event } = await shopWithSession();
    await deliver(shop, delivery({ ...event, type: 'order.refunded' }));
    await deliver(shop, delivery(event));
    assert.equal(orders.length, 1);
  });

  it('fulfils nothing that the provider calls closed without a payment', async () => {
    const { shop, orders, event, checkoutUrl } = await shopWithSession({ paid: false });
    await atPaymentPage(shop, checkoutUrl, 'cancel');
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'not_paid' });
    assert.equal(orders.length, 0);
    assert.ok(shop.events.some((e) => e.type === 'webhook' && e.outcome === 'not_paid'));
  });

  it('is to come again while the provider still calls the session open: its read may be late', async () => {
    const { shop, orders, event, checkoutUrl } = await shopWithSession({ paid: false });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 503, outcome: 'still_open' });
    assert.equal(orders.length, 0);
    await atPaymentPage(shop, checkoutUrl, 'pay');
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'fulfilled' });
    assert.equal(orders.length, 1);
  });

  it('fulfils nothing for a checkout that this key does not know', async () => {
    const { shop, orders, event } = await shopWithSession();
    const unknown = { ...event, data: { checkout_id: 'cs_of_the_other_mode' } };
    assert.deepEqual(await deliver(shop, delivery(unknown)), { status: 200, outcome: 'unknown_checkout' });
    assert.equal(orders.length, 0);
    assert.ok(shop.events.some((e) => e.type === 'webhook' && e.outcome === 'unknown_checkout'));
  });

  it('fulfils nothing where event and provider disagree on the order or its total', async () => {
    const network: ShopOptions['network'] = async (request, pass) => {
      const answer = await pass();
      return request.method === 'GET'
        ? Response.json({ ...((await answer.json()) as object), amounts: { total: 9903 } })
        : answer;
    };
    const { shop, orders, event } = await shopWithSession({ network });
    for (const wrong of [{ reference_id: 'order-of-eve' }, { amounts: { total: 1 } }]) {
      const body = { ...event, data: { ...event.data, ...wrong } };
      assert.deepEqual(await deliver(shop, delivery(body)), { status: 200, outcome: 'mismatch' });
    }
    assert.equal(orders.length, 0);
    const right = { ...event, data: { ...event.data, amounts: { total: 9903 } } };
    assert.equal((await deliver(shop, delivery(right))).outcome, 'fulfilled');
  });

  it('is to come again while the provider cannot confirm it', async () => {
    const { shop, orders, event } = await shopWithSession();
    shop.sandbox.faults.add({ on: 'GET /checkout/{id}', kind: 'status', status: 500, times: 1 });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 503, outcome: 'unreachable' });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'fulfilled' });
    assert.equal(orders.length, 1);
  });

  it('is to come again while the store cannot tell whether it was done', async () => {
    let down = true;
    const store = createMemoryStore();
    const claim: typeof store.claim = (key, lease) =>
      down && key.startsWith('order:') ? Promise.reject(new Error('down')) : store.claim(key, lease);
    const { shop, orders, event } = await shopWithSession({ store: { ...store, claim } });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 503, outcome: 'store_failed' });
    assert.equal(orders.length, 0);
    down = false;
    assert.equal((await deliver(shop, delivery(event))).outcome, 'fulfilled');
  });

  for (const hanging of ['claim', 'read'] as const)
    it(`is to come again, and reconcile ends, where the store hangs (${hanging})`, async (t) => {
      const store = createMemoryStore();
      let asked = deferred();
      let hangs = false;
      const hang = () => {
        asked.resolve();
        return new Promise<never>(() => {});
      };
      const claim: Store['claim'] = (key, lease) =>
        hangs && hanging === 'claim' ? hang() : store.claim(key, lease);
      const read: Store['read'] = (key) => (hangs && hanging === 'read' ? hang() : store.read(key));
      const { shop, event, checkoutId } = await shopWithSession({ store: { ...store, claim, read } });
      if (hanging === 'read') await store.claim(`order:${checkoutId}`, 60_000);
      hangs = true;
      t.mock.timers.enable({ apis: ['setTimeout'] });
      for (const ask of [
        async () => (await deliver(shop, delivery(event))).outcome,
        () => shop.handler.reconcile(checkoutId),
      ]) {
        asked = deferred();
        const outcome = ask();
        await asked.promise;
        t.mock.timers.tick(1000);
        assert.equal(await outcome, 'store_failed');
      }
      assert.equal(shop.events.filter(({ type }) => type === 'store_failed').length, 2);
    });

  it('takes no order for nobody where the store is late: whoever comes next fulfils it', async (t) => {
    const store = createMemoryStore();
    const [asked, gate] = [deferred(), deferred()];
    let isLate = true;
    const claim: Store['claim'] = async (key, lease) => {
      if (isLate && key.startsWith('order:')) {
        asked.resolve();
        await gate.promise;
      }
      return store.claim(key, lease);
    };
    const { shop, checkoutId } = await shopWithSession({ store: { ...store, claim } });
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const outcome = shop.handler.reconcile(checkoutId);
    await asked.promise;
    t.mock.timers.tick(1000);
    assert.equal(await outcome, 'store_failed');
    isLate = false;
    gate.resolve();
    await settle();
    assert.equal(await shop.handler.reconcile(checkoutId), 'fulfilled');
  });

  for (const hanging of ['complete', 'release'] as const)
    it(`tells what the hook came to, and that the store hangs (${hanging})`, async (t) => {
      const asked = deferred();
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
            asked.resolve();
            return new Promise(() => {});
          },
        },
      });
      hangs = true;
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const outcome = shop.handler.reconcile(checkoutId);
      await asked.promise;
      t.mock.timers.tick(1000);
      assert.equal(await outcome, hanging === 'complete' ? 'fulfilled' : 'failed');
      assert.ok(shop.events.some((e) => e.type === 'store_failed' && e.operation === hanging));
    });

  it('answers 503 after four seconds, lets the hook finish, and answers 200 after that', async (t) => {
    const gate = deferred();
    const begun = deferred();
    let runs = 0;
    const { shop, event } = await shopWithSession({
      onOrderCreated: () => {
        runs++;
        begun.resolve();
        return gate.promise;
      },
    });
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const first = deliver(shop, delivery(event));
    await begun.promise;
    t.mock.timers.tick(4000);
    assert.deepEqual(await first, { status: 503, outcome: 'slow' });
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 503, outcome: 'in_progress' });
    gate.resolve();
    await settle();
    assert.deepEqual(await deliver(shop, delivery(event)), { status: 200, outcome: 'duplicate' });
    assert.equal(runs, 1);
  });

  /** As that of Workers is: of use as a method only. */
  class ExecutionContext {
    readonly #works: Promise<unknown>[] = [];
    waitUntil(work: Promise<unknown>): void {
      this.#works.push(work);
    }
    get works(): number {
      return this.#works.length;
    }
    async done(): Promise<unknown[]> {
      return Promise.all(this.#works);
    }
  }

  for (const [where, besides] of [
    ['as Workers give it, after the bindings', [{ SECRET: 'binding' }]],
    ['alone, as from Hono', []],
  ] as const)
    it(`hands work that outlasts its answer to the runtime’s waitUntil (${where})`, async (t) => {
      const gate = deferred();
      const begun = deferred();
      const { shop, event } = await shopWithSession({
        onOrderCreated: () => {
          begun.resolve();
          return gate.promise;
        },
      });
      const ctx = new ExecutionContext();
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const answer = shop.handler(await delivery(event), ...besides, ctx);
      await begun.promise;
      t.mock.timers.tick(4000);
      assert.equal((await answer).status, 503);
      assert.equal(ctx.works, 1);
      gate.resolve();
      await ctx.done();
      assert.equal((await deliver(shop, delivery(event))).outcome, 'duplicate');
    });

  it('takes what other runtimes give besides the request, and a waitUntil that throws', async () => {
    const waitUntil = () => {
      throw new Error('too late');
    };
    for (const besides of [[undefined], [{ params: {} }], [null, 7], [{ waitUntil }]]) {
      const { shop, event } = await shopWithSession();
      assert.equal((await shop.handler(await delivery(event), ...besides)).status, 200);
    }
  });

  it('answers 500 when the hook throws, and runs it again', async () => {
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

  it('a hook that fails after its minute does not undo a later delivery’s work', async (t) => {
    const gate = deferred();
    const begun = deferred();
    let runs = 0;
    const { shop, event } = await shopWithSession({
      async onOrderCreated() {
        if (runs++) return;
        begun.resolve();
        await gate.promise;
        throw new Error('too late');
      },
    });
    t.mock.timers.enable({ apis: ['Date'], now: now * 1000 });
    const first = deliver(shop, delivery(event));
    await begun.promise;
    t.mock.timers.setTime(now * 1000 + 60_000);
    assert.equal((await deliver(shop, delivery(event))).outcome, 'fulfilled');
    gate.resolve();
    assert.equal((await first).outcome, 'failed');
    assert.equal((await deliver(shop, delivery(event))).outcome, 'duplicate');
    assert.equal(runs, 2);
  });

  it('a claim of a process that died lapses within a minute', async (t) => {
    t.mock.timers.enable({ apis: ['Date', 'setTimeout'], now: now * 1000 });
    const store = createMemoryStore();
    const { shop, event, checkoutId } = await shopWithSession({ store });
    // The process that died had claimed it, and said nothing more.
    await store.claim(`order:${checkoutId}`, 60_000);
    assert.equal((await deliver(shop, delivery(event))).outcome, 'in_progress');
    t.mock.timers.setTime(now * 1000 + 60_000);
    assert.equal((await deliver(shop, delivery(event))).outcome, 'fulfilled');
  });

  for (const method of ['GET', 'HEAD', 'PUT', 'OPTIONS'])
    it(`${method} is a 405`, async () => {
      const { shop } = await shopWithSession();
      const response = await shop.handler(new Request(`${ENDPOINT}/webhook`, { method }));
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'POST');
    });

  it('refuses another content type, a huge body, and JSON that is not an event', async () => {
    const { shop, orders } = await shopWithSession();
    const typed = await delivery({}, { headers: { 'content-type': 'text/plain' } });
    assert.equal((await deliver(shop, typed)).status, 415);
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

  it('is not there without a secret', async () => {
    const { shop, event } = await shopWithSession({ webhookSecret: undefined, webhookUrl: undefined });
    assert.equal((await deliver(shop, delivery(event))).status, 404);
  });

  it('says 200 where nobody takes orders, and on the console which one nobody took', async (t) => {
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

  it('reconcile fulfils an order without a webhook, once only', async () => {
    const { shop, orders, event, checkoutId } = await shopWithSession();
    assert.equal(await shop.handler.reconcile(checkoutId), 'fulfilled');
    assert.equal(await shop.handler.reconcile(checkoutId), 'duplicate');
    assert.equal((await deliver(shop, delivery(event))).outcome, 'duplicate');
    assert.equal(await shop.handler.reconcile('cs_nobody'), 'unknown_checkout');
    assert.deepEqual(
      orders.map(({ checkoutId, event }) => [checkoutId, event]),
      [[checkoutId, undefined]],
    );
  });

  it('reconcile leaves an unpaid checkout alone', async () => {
    const { shop, orders, checkoutId } = await shopWithSession({ paid: false });
    assert.equal(await shop.handler.reconcile(checkoutId), 'still_open');
    assert.equal(orders.length, 0);
  });

  it('reconcile throws when there is no onOrderCreated', async () => {
    const { shop, checkoutId } = await shopWithSession({ onOrderCreated: undefined });
    await assert.rejects(shop.handler.reconcile(checkoutId), /onOrderCreated is missing/);
  });
});

describe('a webhook that is refused', () => {
  for (const [why, options, request] of [
    ['its secret is another', {}, () => delivery({ type: 'order.created' }, { secret: 'whsec_another' })],
    [
      'no secret is set',
      { webhookSecret: undefined, webhookUrl: undefined },
      () => delivery({ type: 'order.created' }),
    ],
  ] as const)
    it(`is told on the console when ${why}: the shopper reads that it is paid, and no order arrives`, async (t) => {
      const { mock } = t.mock.method(console, 'error', () => {});
      const { handler } = openShop({ onEvent: undefined, ...options });
      const { status } = await handler(await request());
      assert.ok(status === 401 || status === 404, `answered ${status}`);
      assert.equal(mock.callCount(), 1);
      assert.match(String(mock.calls[0]!.arguments[1]), /"route":"webhook"/);
    });
});

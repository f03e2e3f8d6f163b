import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import type { Product } from '../../../src/contract/index.js';
import { createSandbox, type Sandbox } from '../../../src/sandbox/index.js';
import {
  createProvider,
  ProviderFailure,
  syncProducts,
  type Provider,
  type SyncProductsOptions,
  type SyncProgress,
} from '../../../src/server/index.js';
import { syncWithClock } from '../../../src/server/providers/sync-products.js';
import { API_KEY, deferred, otherProvider, settle } from '../fixtures.js';

const WINDOW_MS = 60_000;

function product(i: number, more: object = {}): Product {
  return {
    merchant_product_id: `p${i}`,
    name: `Product ${i}`,
    price: 100 + i,
    currency: 'USD',
    metadata: { hsa_fsa_eligible: i % 2 === 0 },
    ...more,
  };
}
const products = (count: number) => Array.from({ length: count }, (_, i) => product(i));

/** Creates a clock that jumps to the end of each wait. */
function createJumpingClock() {
  let now = 1_000_000;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    async wait(ms: number) {
      waits.push(ms);
      const due = now + ms;
      await settle();
      now = Math.max(now, due);
    },
  };
}

type Respond = (sandbox: Sandbox, request: Request) => Response | Promise<Response>;

/** Creates a provider on the sandbox, and records the clock's time of each request. */
function openProvider(respond: Respond = (sandbox, request) => sandbox.fetch(request), timeoutMs = 8000) {
  const sandbox = createSandbox({ products: [], webhookSecret: 'whsec_test' });
  const clock = createJumpingClock();
  const requestTimes: number[] = [];
  const provider = createProvider({
    apiKey: API_KEY,
    environment: 'test',
    baseUrl: 'https://sandbox.example/v2',
    timeoutMs,
    async fetch(input, init) {
      requestTimes.push(clock.now());
      return respond(sandbox, new Request(input, init));
    },
  });
  const sync = (list: readonly Product[], options: SyncProductsOptions = {}) =>
    syncWithClock(provider, list, options, clock);
  return { provider, sandbox, clock, requestTimes, sync };
}

/** The largest number of requests within 60 seconds. */
function busiestMinute(times: readonly number[]): number {
  return Math.max(
    ...times.map((start) => times.filter((time) => time >= start && time < start + WINDOW_MS).length),
  );
}

describe('syncProducts', () => {
  it('sends every product, and returns the eligibility that the provider reports', async () => {
    const { sync, provider, clock } = openProvider();
    const letter = product(2, {
      metadata: { hsa_fsa_eligible: true, eligibility_type: 'dual_purpose' },
    });
    const report = await sync([product(0), product(1), letter]);
    assert.deepEqual(report, {
      synced: [
        { productId: 'p0', eligibility: 'eligible' },
        { productId: 'p1', eligibility: 'regular' },
        { productId: 'p2', eligibility: 'lmn' },
      ],
      refused: [],
      left: [],
    });
    const { products: listed } = await provider.listProducts();
    assert.deepEqual(listed.map((entry) => entry.merchant_product_id).sort(), ['p0', 'p1', 'p2']);
    assert.deepEqual(clock.waits, []);
  });

  it('returns unknown when the provider reports no eligibility', async () => {
    const { sync } = openProvider(() => Response.json({ merchant_product_id: 'p0' }));
    assert.deepEqual((await sync([product(0)])).synced, [{ productId: 'p0', eligibility: 'unknown' }]);
  });

  it('calls onProgress after each product', async () => {
    const { sync } = openProvider();
    const calls: SyncProgress[] = [];
    const invalid = product(1, { price: 1.5 });
    await sync([product(0), invalid, product(2)], { onProgress: (progress) => calls.push(progress) });
    assert.deepEqual(
      calls.map(({ done }) => done),
      [1, 2, 3],
    );
    assert.deepEqual(calls[2], { done: 3, total: 3, synced: 2, refused: 1 });
  });

  for (const [failure, onProgress] of Object.entries({
    throws: () => {
      throw new Error('full disk');
    },
    rejects: () => Promise.reject(new Error('full disk')),
  }))
    it(`continues when onProgress ${failure}`, async () => {
      const { sync } = openProvider();
      const report = await sync(products(3), { onProgress });
      await settle();
      assert.equal(report.synced.length, 3);
    });

  it('does not send a product that breaks the contract, reports its paths, and continues', async () => {
    const { sync, requestTimes } = openProvider();
    const report = await sync([
      product(0),
      product(1, { price: 19.99, name: '' }),
      { name: 'No id' } as unknown as Product,
      null as unknown as Product,
      product(4),
    ]);
    assert.deepEqual(
      report.refused.map(({ index, productId, code, fields }) => [
        index,
        productId,
        code,
        fields.map(({ path }) => path),
      ]),
      [
        [1, 'p1', 'invalid', ['name', 'price']],
        [2, undefined, 'invalid', ['merchant_product_id', 'price', 'currency']],
        [3, undefined, 'invalid', ['$']],
      ],
    );
    assert.equal(report.synced.length, 2);
    assert.equal(requestTimes.length, 2);
    assert.equal(report.stopped, undefined);
  });

  it('sends the first of two products with one id, and reports the second', async () => {
    const { sync, requestTimes } = openProvider();
    const report = await sync([product(0), product(0, { price: 1 })]);
    assert.deepEqual(report.refused, [{ index: 1, productId: 'p0', code: 'duplicate', fields: [] }]);
    assert.equal(requestTimes.length, 1);
  });

  it('reports the paths that the provider refuses, without the provider’s text, and continues', async () => {
    const { sync, requestTimes } = openProvider(async (sandbox, request) => {
      const { merchant_product_id } = (await request.clone().json()) as Product;
      if (merchant_product_id !== 'p1') return sandbox.fetch(request);
      const details = { field_errors: { '/images/0': ['no picture at https://shop.example/secret.png'] } };
      const body = { success: false, error_code: 'VALIDATION_ERROR', error_message: 'Product 1', details };
      return Response.json(body, { status: 422 });
    });
    const report = await sync(products(3));
    assert.equal(report.synced.length, 2);
    assert.equal(requestTimes.length, 3);
    assert.deepEqual(report.refused, [
      {
        index: 1,
        productId: 'p1',
        code: 'invalid',
        fields: [{ path: 'images[0]', code: 'invalid', message: 'the payment provider refused this value' }],
      },
    ]);
  });

  it('reports a response about another product as contract, without a retry', async () => {
    const { sync, requestTimes } = openProvider(() =>
      Response.json({ merchant_product_id: 'other', eligibility: { hsa_fsa_eligible: true } }),
    );
    const report = await sync([product(0)]);
    assert.equal(report.refused[0]?.code, 'contract');
    assert.equal(requestTimes.length, 1);
  });
});

describe('rate limit of syncProducts', () => {
  it('is 80 requests in any minute with a test key, for 1,000 products', async () => {
    const { sync, requestTimes, clock } = openProvider();
    const report = await sync(products(1000));
    assert.equal(report.synced.length, 1000);
    assert.equal(requestTimes.length, 1000);
    assert.equal(busiestMinute(requestTimes), 80);
    // 1,000 products at 80 a minute need exactly twelve waits of a minute.
    assert.equal(clock.now() - 1_000_000, 12 * WINDOW_MS);
  });

  it('is ten times higher with a live key', async () => {
    const clock = createJumpingClock();
    const times: number[] = [];
    const provider: Provider = {
      ...otherProvider('https://pay.example/'),
      test: false,
      async syncProduct({ merchant_product_id }) {
        times.push(clock.now());
        return { merchant_product_id };
      },
    };
    await syncWithClock(provider, products(1000), {}, clock);
    assert.equal(busiestMinute(times), 800);
  });

  it('includes retries', async () => {
    let attempts = 0;
    const { sync, requestTimes } = openProvider((sandbox, request) =>
      attempts++ % 2 ? sandbox.fetch(request) : new Response(null, { status: 503 }),
    );
    const report = await sync(products(100), { perMinute: 30 });
    assert.equal(report.synced.length, 100);
    assert.equal(requestTimes.length, 200);
    assert.equal(busiestMinute(requestTimes), 30);
  });

  it('is perMinute when that is set; an invalid perMinute throws', async () => {
    const { sync, requestTimes } = openProvider();
    await sync(products(7), { perMinute: 3 });
    assert.equal(busiestMinute(requestTimes), 3);
    for (const perMinute of [0, -1, NaN, 0.5])
      await assert.rejects(sync(products(1), { perMinute }), { name: 'TypeError', message: /perMinute/ });
  });

  it('pauses for the Retry-After of a 429, reports the wait, and syncs every product', async () => {
    const { sync, sandbox, requestTimes } = openProvider();
    sandbox.faults.add({ on: 'POST /products', kind: 'status', status: 429, retryAfter: 37, times: 1 });
    const calls: SyncProgress[] = [];
    const report = await sync(products(10), { onProgress: (progress) => calls.push(progress) });
    assert.equal(report.synced.length, 10);
    assert.equal(requestTimes.length, 11);
    // Requests that had started end as usual, and no request starts during the wait.
    const [first, ...later] = [...new Set(requestTimes)];
    assert.equal(later[0]! - first!, 37_000);
    assert.ok(calls.some(({ waitMs }) => waitMs === 37_000));
  });

  it('pauses for ten minutes at most, and for 15 seconds when Retry-After is not a number', async () => {
    for (const [retryAfter, waitMs] of [
      ['999999', 600_000],
      ['soon', 15_000],
    ] as const) {
      const { sync, sandbox, requestTimes } = openProvider();
      sandbox.faults.add({ on: 'POST /products', kind: 'status', status: 429, retryAfter, times: 1 });
      assert.equal((await sync([product(0)])).synced.length, 1);
      assert.equal(requestTimes[1]! - requestTimes[0]!, waitMs);
    }
  });
});

describe('syncProducts after failures', () => {
  for (const fault of [
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503 },
    { kind: 'reset' },
    { kind: 'reset', afterEffect: true },
  ] as const)
    it(`retries after ${JSON.stringify(fault)}, and each product is listed once`, async () => {
      const { sync, sandbox, provider, clock } = openProvider();
      sandbox.faults.add({ on: 'POST /products', times: 3, ...fault });
      const report = await sync(products(5));
      assert.equal(report.synced.length, 5);
      assert.equal((await provider.listProducts()).products.length, 5);
      assert.ok(clock.waits.length >= 3 && clock.waits.every((ms) => ms >= 250 && ms <= 5000));
    });

  it('retries after the timeout of a request', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const { sync, sandbox, requestTimes } = openProvider(undefined, 20);
    sandbox.faults.add({ on: 'POST /products', kind: 'timeout', times: 2 });
    const syncing = sync(products(3));
    while (requestTimes.length < 3) await settle();
    await settle();
    t.mock.timers.tick(20);
    assert.equal((await syncing).synced.length, 3);
  });

  it('reports a product as unavailable after five attempts, and continues', async () => {
    let attempts = 0;
    const { sync } = openProvider(async (sandbox, request) => {
      const { merchant_product_id } = (await request.clone().json()) as Product;
      if (merchant_product_id !== 'p1') return sandbox.fetch(request);
      attempts++;
      return new Response(null, { status: 500 });
    });
    const report = await sync(products(20));
    assert.deepEqual(report.refused, [{ index: 1, productId: 'p1', code: 'unavailable', fields: [] }]);
    assert.equal(attempts, 5);
    assert.equal(report.synced.length, 19);
    assert.equal(report.stopped, undefined);
  });

  it('stops after eight unavailable products in a row, and returns the products that are left', async () => {
    const { sync, requestTimes } = openProvider(() => new Response(null, { status: 503 }));
    const report = await sync(products(1000));
    assert.equal(report.stopped, 'unavailable');
    assert.equal(report.refused.length, 8);
    assert.equal(report.left.length, 992);
    assert.ok(requestTimes.length <= (8 + 3) * 5);
  });

  it('stops when the provider refuses the API key; the other products are left, not refused', async () => {
    let attempts = 0;
    const { sync, requestTimes } = openProvider((sandbox, request) =>
      attempts++ < 10 ? sandbox.fetch(request) : new Response(null, { status: 401 }),
    );
    const report = await sync(products(50));
    assert.equal(report.stopped, 'auth');
    assert.equal(report.synced.length, 10);
    assert.deepEqual(report.refused, []);
    assert.equal(report.left.length, 40);
    // At most three other requests had started.
    assert.ok(requestTimes.length <= 14, `${requestTimes.length} requests`);
  });

  it('stops when its signal aborts during a wait', async () => {
    const controller = new AbortController();
    const twoDone = deferred();
    const { provider, requestTimes } = openProvider();
    const waits: number[] = [];
    // The real clock: the wait takes almost a minute unless it is aborted.
    const syncing = syncProducts(provider, products(5), {
      perMinute: 2,
      signal: controller.signal,
      onProgress: ({ waitMs, done }) => {
        if (waitMs !== undefined) waits.push(waitMs);
        if (done === 2) twoDone.resolve();
      },
    });
    await twoDone.promise;
    await settle();
    assert.ok(waits.every((ms) => ms > 50_000) && waits.length === 3);
    controller.abort();
    const report = await syncing;
    assert.equal(report.stopped, 'aborted');
    assert.equal(report.synced.length, 2);
    assert.deepEqual(report.left, [2, 3, 4]);
    assert.equal(requestTimes.length, 2);
  });

  it('stops when its signal aborts during a request', async () => {
    const controller = new AbortController();
    const { sync, sandbox } = openProvider((sandbox, request) => {
      setImmediate(() => controller.abort());
      return sandbox.fetch(request);
    });
    sandbox.faults.add({ on: 'POST /products', kind: 'timeout' });
    const report = await sync(products(5), { signal: controller.signal });
    assert.equal(report.stopped, 'aborted');
    assert.deepEqual(report.left, [0, 1, 2, 3, 4]);
  });

  it('sends no request when its signal is already aborted', async () => {
    const { sync, requestTimes } = openProvider();
    const report = await sync(products(2), { signal: AbortSignal.abort() });
    assert.deepEqual(report, { synced: [], refused: [], left: [0, 1], stopped: 'aborted' });
    assert.equal(requestTimes.length, 0);
  });

  it('rejects with an error that is no ProviderFailure, and stops', async () => {
    let attempts = 0;
    const provider: Provider = {
      ...otherProvider('https://pay.example/'),
      async syncProduct({ merchant_product_id }) {
        if (!attempts++) throw new RangeError('a bug');
        await settle();
        return { merchant_product_id };
      },
    };
    await assert.rejects(syncProducts(provider, products(50)), { name: 'RangeError' });
    for (let i = 0; i < 20; i++) await settle();
    // At most three other requests had started.
    assert.equal(attempts, 4);
  });

  it('returns no report with the API key', async () => {
    const { sync } = openProvider(() => new Response(null, { status: 401 }));
    assert.doesNotMatch(JSON.stringify(await sync(products(1))), /SENTINEL/);
    const failing = openProvider(() => {
      throw new ProviderFailure('unavailable', API_KEY);
    });
    assert.doesNotMatch(JSON.stringify(await failing.sync(products(1))), /SENTINEL/);
  });
});

describe('signal of syncProducts', () => {
  /** Counts the listeners of a signal, and the signals that `AbortSignal.any` derived from it. */
  function countDependants(signal: AbortSignal): number {
    const [dependants] = Object.getOwnPropertySymbols(signal)
      .filter((symbol) => /dependant/i.test(String(symbol)))
      .map((symbol) => (signal as unknown as Record<symbol, Set<unknown> | undefined>)[symbol]);
    return (dependants?.size ?? 0) + getEventListeners(signal, 'abort').length;
  }

  it('has no listener after the sync', async () => {
    // A derived signal shows that the count sees dependants in this version of Node.
    const source = new AbortController();
    const derived = AbortSignal.any([source.signal]);
    assert.equal(countDependants(source.signal), 1);
    assert.equal(derived.aborted, false);

    const { provider, clock } = openProvider();
    const { signal } = new AbortController();
    const report = await syncWithClock(provider, products(40), { signal }, clock);
    assert.equal(report.synced.length, 40);
    assert.equal(countDependants(signal), 0);
  });

  it('has no listener after a call to the provider', async () => {
    const { provider } = openProvider();
    const { signal } = new AbortController();
    await provider.listProducts({ signal });
    assert.equal(countDependants(signal), 0);
  });
});

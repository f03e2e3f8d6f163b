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

/** A clock on which nobody waits: it jumps to the end of each wait. */
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

type Answering = (sandbox: Sandbox, request: Request) => Response | Promise<Response>;

/** A provider that writes down when each request came, by the jumping clock. */
function openLine(answer: Answering = (sandbox, request) => sandbox.fetch(request), timeoutMs = 8000) {
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
      return answer(sandbox, new Request(input, init));
    },
  });
  const sync = (list: readonly Product[], options: SyncProductsOptions = {}) =>
    syncWithClock(provider, list, options, clock);
  return { provider, sandbox, clock, requestTimes, sync };
}

/** The most requests that fell into any 60 seconds. */
function busiestMinute(times: readonly number[]): number {
  return Math.max(
    ...times.map((start) => times.filter((time) => time >= start && time < start + WINDOW_MS).length),
  );
}

describe('syncing products', () => {
  it('makes every product known, and says what HSA/FSA money can do for it', async () => {
    const { sync, provider, clock } = openLine();
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

  it('says nothing of a product on which the provider says nothing', async () => {
    const { sync } = openLine(() => Response.json({ merchant_product_id: 'p0' }));
    assert.deepEqual((await sync([product(0)])).synced, [{ productId: 'p0', eligibility: 'unknown' }]);
  });

  it('tells of each outcome as it comes', async () => {
    const { sync } = openLine();
    const heard: SyncProgress[] = [];
    const odd = product(1, { price: 1.5 });
    await sync([product(0), odd, product(2)], { onProgress: (progress) => heard.push(progress) });
    assert.deepEqual(
      heard.map(({ done }) => done),
      [1, 2, 3],
    );
    assert.deepEqual(heard[2], { done: 3, total: 3, synced: 2, refused: 1 });
  });

  for (const [how, onProgress] of Object.entries({
    throws: () => {
      throw new Error('full disk');
    },
    rejects: () => Promise.reject(new Error('full disk')),
  }))
    it(`is not stopped by a listener that ${how}`, async () => {
      const { sync } = openLine();
      const report = await sync(products(3), { onProgress });
      await settle();
      assert.equal(report.synced.length, 3);
    });

  it('sends no product that breaks the contract, names what is wrong with it, and goes on', async () => {
    const { sync, requestTimes } = openLine();
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
    const { sync, requestTimes } = openLine();
    const report = await sync([product(0), product(0, { price: 1 })]);
    assert.deepEqual(report.refused, [{ index: 1, productId: 'p0', code: 'duplicate', fields: [] }]);
    assert.equal(requestTimes.length, 1);
  });

  it('reports what the provider refuses by path, in none of its words, and goes on', async () => {
    const { sync, requestTimes } = openLine(async (sandbox, request) => {
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

  it('reports an answer about another product as broken, and does not repeat the question', async () => {
    const { sync, requestTimes } = openLine(() =>
      Response.json({ merchant_product_id: 'other', eligibility: { hsa_fsa_eligible: true } }),
    );
    const report = await sync([product(0)]);
    assert.equal(report.refused[0]?.code, 'contract');
    assert.equal(requestTimes.length, 1);
  });
});

describe('the provider’s rate limit', () => {
  it('is kept by 1,000 products: no more than 80 requests in any minute with a test key', async () => {
    const { sync, requestTimes, clock } = openLine();
    const report = await sync(products(1000));
    assert.equal(report.synced.length, 1000);
    assert.equal(requestTimes.length, 1000);
    assert.equal(busiestMinute(requestTimes), 80);
    // 1,000 at 80 a minute: twelve waits of a minute, and not one more.
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

  it('counts every retry, so that a provider that stumbles is asked no more often', async () => {
    let asked = 0;
    const { sync, requestTimes } = openLine((sandbox, request) =>
      asked++ % 2 ? sandbox.fetch(request) : new Response(null, { status: 503 }),
    );
    const report = await sync(products(100), { perMinute: 30 });
    assert.equal(report.synced.length, 100);
    assert.equal(requestTimes.length, 200);
    assert.equal(busiestMinute(requestTimes), 30);
  });

  it('may be set, and a number that makes no sense is refused', async () => {
    const { sync, requestTimes } = openLine();
    await sync(products(7), { perMinute: 3 });
    assert.equal(busiestMinute(requestTimes), 3);
    for (const perMinute of [0, -1, NaN, 0.5])
      await assert.rejects(sync(products(1), { perMinute }), { name: 'TypeError', message: /perMinute/ });
  });

  it('waits as long as a 429 asks, reports the wait, and goes on with nothing lost', async () => {
    const { sync, sandbox, requestTimes } = openLine();
    sandbox.faults.add({ on: 'POST /products', kind: 'status', status: 429, retryAfter: 37, times: 1 });
    const heard: SyncProgress[] = [];
    const report = await sync(products(10), { onProgress: (progress) => heard.push(progress) });
    assert.equal(report.synced.length, 10);
    assert.equal(requestTimes.length, 11);
    // Whoever was under way came through; nobody began during the wait.
    const [first, ...later] = [...new Set(requestTimes)];
    assert.equal(later[0]! - first!, 37_000);
    assert.ok(heard.some(({ waitMs }) => waitMs === 37_000));
  });

  it('waits ten minutes at most, and 15 seconds when the 429 does not say', async () => {
    for (const [retryAfter, waited] of [
      ['999999', 600_000],
      ['soon', 15_000],
    ] as const) {
      const { sync, sandbox, requestTimes } = openLine();
      sandbox.faults.add({ on: 'POST /products', kind: 'status', status: 429, retryAfter, times: 1 });
      assert.equal((await sync([product(0)])).synced.length, 1);
      assert.equal(requestTimes[1]! - requestTimes[0]!, waited);
    }
  });
});

describe('a sync that meets failures', () => {
  for (const fault of [
    { kind: 'status', status: 500 },
    { kind: 'status', status: 503 },
    { kind: 'reset' },
    { kind: 'reset', afterEffect: true },
  ] as const)
    it(`gets through ${JSON.stringify(fault)}, and each product is there once`, async () => {
      const { sync, sandbox, provider, clock } = openLine();
      sandbox.faults.add({ on: 'POST /products', times: 3, ...fault });
      const report = await sync(products(5));
      assert.equal(report.synced.length, 5);
      assert.equal((await provider.listProducts()).products.length, 5);
      assert.ok(clock.waits.length >= 3 && clock.waits.every((ms) => ms >= 250 && ms <= 5000));
    });

  it('gets through a request that is never answered', async () => {
    // The deadline is the provider client's own, on real time.
    const { sync, sandbox } = openLine(undefined, 20);
    sandbox.faults.add({ on: 'POST /products', kind: 'timeout', times: 2 });
    assert.equal((await sync(products(3))).synced.length, 3);
  });

  it('gives a product up after five attempts, and goes on', async () => {
    let asked = 0;
    const { sync } = openLine(async (sandbox, request) => {
      const { merchant_product_id } = (await request.clone().json()) as Product;
      if (merchant_product_id !== 'p1') return sandbox.fetch(request);
      asked++;
      return new Response(null, { status: 500 });
    });
    const report = await sync(products(20));
    assert.deepEqual(report.refused, [{ index: 1, productId: 'p1', code: 'unavailable', fields: [] }]);
    assert.equal(asked, 5);
    assert.equal(report.synced.length, 19);
    assert.equal(report.stopped, undefined);
  });

  it('stops when eight products in a row get no answer, and says what is left', async () => {
    const { sync, requestTimes } = openLine(() => new Response(null, { status: 503 }));
    const report = await sync(products(1000));
    assert.equal(report.stopped, 'unavailable');
    assert.equal(report.refused.length, 8);
    assert.equal(report.left.length, 992);
    assert.ok(requestTimes.length <= (8 + 3) * 5);
  });

  it('stops at once when the key is refused: the products are left, not refused', async () => {
    let asked = 0;
    const { sync, requestTimes } = openLine((sandbox, request) =>
      asked++ < 10 ? sandbox.fetch(request) : new Response(null, { status: 401 }),
    );
    const report = await sync(products(50));
    assert.equal(report.stopped, 'auth');
    assert.equal(report.synced.length, 10);
    assert.deepEqual(report.refused, []);
    assert.equal(report.left.length, 40);
    // At most what was under way beside it.
    assert.ok(requestTimes.length <= 14, `${requestTimes.length} requests`);
  });

  it('stops when its caller has enough, in the middle of a wait too', async () => {
    const controller = new AbortController();
    const underWay = deferred();
    const { provider, requestTimes } = openLine();
    const waits: number[] = [];
    // Real time: the wait would be a minute, were it not given up.
    const syncing = syncProducts(provider, products(5), {
      perMinute: 2,
      signal: controller.signal,
      onProgress: ({ waitMs, done }) => {
        if (waitMs !== undefined) waits.push(waitMs);
        if (done === 2) underWay.resolve();
      },
    });
    await underWay.promise;
    await settle();
    assert.ok(waits.every((ms) => ms > 50_000) && waits.length === 3);
    controller.abort();
    const report = await syncing;
    assert.equal(report.stopped, 'aborted');
    assert.equal(report.synced.length, 2);
    assert.deepEqual(report.left, [2, 3, 4]);
    assert.equal(requestTimes.length, 2);
  });

  it('stops when its caller has enough, in the middle of a request too', async () => {
    const controller = new AbortController();
    const { sync, sandbox } = openLine((box, request) => {
      setImmediate(() => controller.abort());
      return box.fetch(request);
    });
    sandbox.faults.add({ on: 'POST /products', kind: 'timeout' });
    const report = await sync(products(5), { signal: controller.signal });
    assert.equal(report.stopped, 'aborted');
    assert.deepEqual(report.left, [0, 1, 2, 3, 4]);
  });

  it('sends nothing when its caller had enough before it began', async () => {
    const { sync, requestTimes } = openLine();
    const report = await sync(products(2), { signal: AbortSignal.abort() });
    assert.deepEqual(report, { synced: [], refused: [], left: [0, 1], stopped: 'aborted' });
    assert.equal(requestTimes.length, 0);
  });

  it('lets a mistake of the program through, and stops', async () => {
    let asked = 0;
    const provider: Provider = {
      ...otherProvider('https://pay.example/'),
      async syncProduct({ merchant_product_id }) {
        if (!asked++) throw new RangeError('a bug');
        await settle();
        return { merchant_product_id };
      },
    };
    await assert.rejects(syncProducts(provider, products(50)), { name: 'RangeError' });
    for (let i = 0; i < 20; i++) await settle();
    // At most what was under way beside it.
    assert.equal(asked, 4);
  });

  it('the key is in no report', async () => {
    const { sync } = openLine(() => new Response(null, { status: 401 }));
    assert.doesNotMatch(JSON.stringify(await sync(products(1))), /SENTINEL/);
    const refusing = openLine(() => {
      throw new ProviderFailure('unavailable', API_KEY);
    });
    assert.doesNotMatch(JSON.stringify(await refusing.sync(products(1))), /SENTINEL/);
  });
});

describe('the signal of a sync', () => {
  /** What stays registered with a signal: listeners, and the signals that `AbortSignal.any` made of it. */
  function registered(signal: AbortSignal): number {
    const [dependants] = Object.getOwnPropertySymbols(signal)
      .filter((symbol) => /dependant/i.test(String(symbol)))
      .map((symbol) => (signal as unknown as Record<symbol, Set<unknown> | undefined>)[symbol]);
    return (dependants?.size ?? 0) + getEventListeners(signal, 'abort').length;
  }

  it('has nothing left on it after the sync', async () => {
    const control = new AbortController();
    const probe = AbortSignal.any([control.signal]);
    assert.equal(registered(control.signal), 1);
    assert.equal(probe.aborted, false);

    const { provider, clock } = openLine();
    const { signal } = new AbortController();
    const report = await syncWithClock(provider, products(40), { signal }, clock);
    assert.equal(report.synced.length, 40);
    assert.equal(registered(signal), 0);
  });

  it('has nothing left on it after a call of the provider', async () => {
    const { provider } = openLine();
    const { signal } = new AbortController();
    await provider.listProducts({ signal });
    assert.equal(registered(signal), 0);
  });
});

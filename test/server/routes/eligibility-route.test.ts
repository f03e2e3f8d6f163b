import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { requestEligibility } from '../../../src/client/index.js';
import type { EligibilityAnswer } from '../../../src/contract/index.js';
import { createSandbox } from '../../../src/sandbox/index.js';
import type { CheckoutHandler, CheckoutHandlerOptions } from '../../../src/server/index.js';
import {
  deferred,
  ENDPOINT,
  openShop,
  pageHeaders,
  problemIn,
  settle,
  type ShopOptions,
} from '../fixtures.js';

function eligibilityRequest(product_ids: unknown, headers: Record<string, string> = {}): Request {
  return new Request(`${ENDPOINT}/eligibility`, {
    method: 'POST',
    headers: pageHeaders(headers),
    body: JSON.stringify({ product_ids }),
  });
}

/** Requests the eligibility of products, and returns it by product id. */
async function readEligibility(handler: CheckoutHandler, ids: string[]): Promise<Record<string, string>> {
  const response = await handler(eligibilityRequest(ids));
  assert.equal(response.status, 200);
  const { products } = (await response.json()) as EligibilityAnswer;
  return Object.fromEntries(products.map(({ product_id, eligibility }) => [product_id, eligibility]));
}

/** Creates a shop with `size` products. A third is regular, a third is eligible, and a third needs a letter. */
function openLargeShop(size: number, options: ShopOptions = {}) {
  const products = Array.from({ length: size }, (_, i) => ({
    merchant_product_id: `p${i}`,
    name: `Product ${i}`,
    price: 100,
    currency: 'USD',
    hsa_fsa_eligible: i % 3 > 0,
    ...(i % 3 === 2 && { eligibility_type: 'dual_purpose' as const }),
  }));
  const large = createSandbox({ products, webhookSecret: 'whsec_test' });
  const ids = products.map(({ merchant_product_id }) => merchant_product_id);
  const batches = Array.from({ length: Math.ceil(size / 100) }, (_, i) => ids.slice(100 * i, 100 * (i + 1)));
  const shop = openShop({ network: (request) => large.fetch(request), ...options });
  return { ...shop, ids, batches };
}

/** The eligibility of a product of {@link openLargeShop}. */
const expectedEligibility = (id: string) =>
  (['regular', 'eligible', 'lmn'] as const)[Number(id.slice(1)) % 3];

/** Defines the browser globals that the page's client needs. Its `fetch` calls the shop's endpoint. */
function installPageGlobals(t: TestContext, endpoint: (request: Request) => Promise<Response>): void {
  const page = {
    navigator: { onLine: true },
    addEventListener: () => {},
    removeEventListener: () => {},
    fetch: (url: string, init: RequestInit) => {
      const request = new Request(url, init);
      request.headers.set('sec-fetch-site', 'same-origin');
      return endpoint(request);
    },
  };
  for (const [name, value] of Object.entries(page)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true });
    t.after(() =>
      before ? Object.defineProperty(globalThis, name, before) : Reflect.deleteProperty(globalThis, name),
    );
  }
}

describe('eligibility route', () => {
  it('reads the provider’s list: lmn for a dual-purpose product, unknown for an unknown one', async () => {
    const { handler } = openShop();
    assert.deepEqual(await readEligibility(handler, ['vitamins', 'monitor', 'massage', 'constructor']), {
      vitamins: 'regular',
      monitor: 'eligible',
      massage: 'lmn',
      constructor: 'unknown',
    });
  });

  it('reads the list once for twenty requests at the same time, and again after five minutes', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
    const shop = openShop();
    await Promise.all(Array.from({ length: 20 }, () => readEligibility(shop.handler, ['monitor'])));
    t.mock.timers.setTime(1_000_000 + 299_999);
    await readEligibility(shop.handler, ['massage']);
    assert.equal(shop.calls.length, 1);
    t.mock.timers.setTime(1_000_000 + 300_000);
    await readEligibility(shop.handler, ['massage']);
    assert.equal(shop.calls.length, 2);
  });

  it('reads ten pages of the provider’s list at most', async () => {
    const shop = openShop({
      network: (request) => {
        const cursor = Number(new URL(request.url).searchParams.get('cursor') ?? 0);
        const product = { merchant_product_id: `p${cursor}`, eligibility: { hsa_fsa_eligible: true } };
        return Response.json({ data: [product], has_more: true, next_cursor: String(cursor + 1) });
      },
    });
    assert.deepEqual(await readEligibility(shop.handler, ['p0', 'p9', 'p10']), {
      p0: 'eligible',
      p9: 'eligible',
      p10: 'unknown',
    });
    assert.equal(shop.calls.length, 10);
  });

  it('responds with 502 when the provider fails, and reads the list again for the next request', async () => {
    const shop = openShop();
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 500, times: 1 });
    const problem = await problemIn(await shop.handler(eligibilityRequest(['monitor'])));
    assert.equal(problem.status, 502);
    assert.deepEqual(await readEligibility(shop.handler, ['monitor']), { monitor: 'eligible' });
  });

  it('calls the provider ten times for 1,000 products in ten requests', async () => {
    const shop = openLargeShop(1000);
    const answers = await Promise.all(shop.batches.map((ids) => readEligibility(shop.handler, ids)));
    assert.deepEqual(
      Object.assign({}, ...answers),
      Object.fromEntries(shop.ids.map((id) => [id, expectedEligibility(id)])),
    );
    assert.equal(answers.length, 10);
    assert.equal(shop.calls.length, 10);
    assert.deepEqual(
      shop.events.filter(({ type }) => type !== 'answer'),
      [],
    );
  });

  it('calls the provider ten times for a page that requests 1,000 products one by one', async (t) => {
    const shop = openLargeShop(1000);
    let requests = 0;
    installPageGlobals(t, (request) => {
      requests++;
      return shop.handler(request);
    });
    const values = await Promise.all(shop.ids.map((id) => requestEligibility(ENDPOINT, id)));
    assert.deepEqual(values, shop.ids.map(expectedEligibility));
    assert.equal(requests, 10);
    assert.equal(shop.calls.length, 10);
  });

  it('calls the provider once for each page of the list: once for 100 products, 3 times for 201', async () => {
    for (const [size, calls] of [
      [100, 1],
      [201, 3],
    ] as const) {
      const shop = openLargeShop(size);
      await Promise.all(shop.batches.map((ids) => readEligibility(shop.handler, ids)));
      assert.equal(shop.calls.length, calls);
    }
  });

  it('stops at has_more: false, although the page has a cursor', async () => {
    const shop = openShop({
      network: () => Response.json({ data: [], has_more: false, next_cursor: 'the_last_one' }),
    });
    await readEligibility(shop.handler, ['a']);
    assert.equal(shop.calls.length, 1);
  });

  it('reads 1,000 of 2,500 products, returns unknown for the others, and reports it', async () => {
    const shop = openLargeShop(2500);
    const answers = await Promise.all(shop.batches.map((ids) => readEligibility(shop.handler, ids)));
    const byId: Record<string, string> = Object.assign({}, ...answers);
    assert.equal(shop.calls.length, 10);
    assert.ok(shop.ids.every((id, i) => byId[id] === (i < 1000 ? expectedEligibility(id) : 'unknown')));
    const truncated = shop.events.filter(({ type }) => type === 'catalogue_truncated');
    assert.deepEqual(
      truncated.map((event) => event.type === 'catalogue_truncated' && event.products),
      [1000],
    );
  });

  it('calls a failing provider once for fifty requests, and never returns the expired list', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
    const shop = openShop();
    assert.deepEqual(await readEligibility(shop.handler, ['monitor']), { monitor: 'eligible' });
    t.mock.timers.setTime(1_300_000);
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 500 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => shop.handler(eligibilityRequest(['monitor']))),
    );
    for (const answer of answers) assert.equal((await problemIn(answer)).code, 'provider_unavailable');
    assert.equal(shop.calls.length, 2);
  });

  it('backs off from a provider that keeps failing, and reads the list once it works again', async (t) => {
    let now = 1_000_000;
    t.mock.timers.enable({ apis: ['Date'], now });
    const shop = openShop();
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 500 });
    // A busy shop: one request every half second for ten minutes.
    for (let i = 0; i < 1200; i++, t.mock.timers.setTime((now += 500)))
      assert.equal((await shop.handler(eligibilityRequest(['monitor']))).status, 502);
    assert.ok(shop.calls.length > 5 && shop.calls.length < 20, `${shop.calls.length} calls`);
    shop.sandbox.faults.clear();
    t.mock.timers.setTime((now += 60_000));
    assert.deepEqual(await readEligibility(shop.handler, ['monitor']), { monitor: 'eligible' });
    t.mock.timers.setTime((now += 300_000));
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 500, times: 1 });
    assert.equal((await shop.handler(eligibilityRequest(['monitor']))).status, 502);
    assert.deepEqual(await readEligibility(shop.handler, ['monitor']), { monitor: 'eligible' });
  });

  it('waits for the Retry-After of a busy provider before the next call', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
    const shop = openShop();
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 429, retryAfter: 40, times: 1 });
    assert.equal((await shop.handler(eligibilityRequest(['monitor']))).headers.get('retry-after'), '40');
    t.mock.timers.setTime(1_039_999);
    assert.equal((await shop.handler(eligibilityRequest(['monitor']))).status, 503);
    assert.equal(shop.calls.length, 1);
    t.mock.timers.setTime(1_040_000);
    assert.deepEqual(await readEligibility(shop.handler, ['monitor']), { monitor: 'eligible' });
  });

  it('responds with provider_timeout when the pages of a list take more than eight seconds together', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const shop = openShop({
      network: () => {
        // Each page takes three seconds, which is within the timeout of one call.
        const page = { data: [], next_cursor: crypto.randomUUID() };
        return new Promise((done) => setTimeout(() => done(Response.json(page)), 3000));
      },
    });
    const answer = shop.handler(eligibilityRequest(['monitor']));
    for (let page = 1; page <= 3; page++) {
      while (shop.calls.length < page) await settle();
      await settle();
      t.mock.timers.tick(page < 3 ? 3000 : 2000);
    }
    assert.equal((await problemIn(await answer)).code, 'provider_timeout');
  });

  it('returns the values of resolveEligibility, and unknown for a value that is not in the contract', async () => {
    const resolveEligibility = (() => ({ a: 'lmn', b: 'guaranteed', c: null })) as unknown;
    const shop = openShop({
      resolveEligibility: resolveEligibility as NonNullable<CheckoutHandlerOptions['resolveEligibility']>,
    });
    assert.deepEqual(await readEligibility(shop.handler, ['a', 'b', 'c', 'toString', '__proto__x']), {
      a: 'lmn',
      b: 'unknown',
      c: 'unknown',
      toString: 'unknown',
      __proto__x: 'unknown',
    });
    assert.equal(shop.calls.length, 0);
  });

  it('calls resolveEligibility ten times for 1,000 products, and never calls the provider', async () => {
    const batchSizes: number[] = [];
    const shop = openLargeShop(1000, {
      resolveEligibility: (ids) => {
        batchSizes.push(ids.length);
        return Object.fromEntries(ids.map((id) => [id, expectedEligibility(id)!]));
      },
    });
    const answers = await Promise.all(shop.batches.map((ids) => readEligibility(shop.handler, ids)));
    assert.deepEqual(
      Object.assign({}, ...answers),
      Object.fromEntries(shop.ids.map((id) => [id, expectedEligibility(id)])),
    );
    assert.deepEqual(batchSizes, Array(10).fill(100));
    assert.equal(shop.calls.length, 0);
  });

  for (const result of [
    undefined,
    null,
    0,
    true,
    '',
    'eligible',
    ['eligible'],
    [],
    new Map([['a', 'eligible']]),
    { a: ['eligible'] },
    { a: { toString: () => 'eligible' } },
    { a: 'ELIGIBLE' },
    { a: true },
    { A: 'eligible' },
    () => ({ a: 'eligible' }),
    Object.create({ a: 'eligible' }),
  ])
    it(`returns unknown when the hook returns ${typeof result} ${JSON.stringify(result)}`, async () => {
      const resolveEligibility = (() => result) as unknown;
      const shop = openShop({
        resolveEligibility: resolveEligibility as NonNullable<CheckoutHandlerOptions['resolveEligibility']>,
      });
      assert.deepEqual(await readEligibility(shop.handler, ['a', '0', 'length']), {
        a: 'unknown',
        0: 'unknown',
        length: 'unknown',
      });
    });

  for (const [fault, hook] of Object.entries({
    'throws synchronously': () => {
      throw new Error('sql');
    },
    'rejects with a string': () => Promise.reject('sql'),
    'returns an object with a getter that throws': () =>
      Object.defineProperty({}, 'a', {
        get: () => {
          throw new Error('sql');
        },
      }),
  }))
    it(`responds with 500 and without the error’s text when the hook ${fault}`, async () => {
      const shop = openShop({
        resolveEligibility: hook,
      });
      const problem = await problemIn(await shop.handler(eligibilityRequest(['a'])));
      assert.equal(problem.status, 500);
      assert.doesNotMatch(JSON.stringify(problem), /sql|eligible/);
    });

  it('responds with hook_failed when the hook takes longer than resolveTimeoutMs', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const hookCalled = deferred();
    const shop = openShop({
      resolveTimeoutMs: 10,
      resolveEligibility: () => {
        hookCalled.resolve();
        return new Promise(() => {});
      },
    });
    const answer = shop.handler(eligibilityRequest(['a']));
    await hookCalled.promise;
    t.mock.timers.tick(10);
    assert.equal((await problemIn(await answer)).code, 'hook_failed');
  });

  it('responds with hook_failed when the hook rejects', async () => {
    const shop = openShop({ resolveEligibility: () => Promise.reject(new Error('sql')) });
    assert.equal((await problemIn(await shop.handler(eligibilityRequest(['a'])))).code, 'hook_failed');
  });

  for (const ids of [
    undefined,
    [],
    [''],
    [7],
    'monitor',
    [{ length: { toString: 1 } }],
    { length: { toString: 1 } },
    Array(101).fill('a'),
  ])
    it(`refuses ${JSON.stringify(ids)?.slice(0, 24)} as product_ids`, async () => {
      const shop = openShop();
      assert.equal((await problemIn(await shop.handler(eligibilityRequest(ids)))).code, 'validation_error');
      assert.equal(shop.calls.length, 0);
    });

  it('refuses a cross-site request, and a GET', async () => {
    const shop = openShop();
    assert.equal(
      (await shop.handler(eligibilityRequest(['a'], { 'sec-fetch-site': 'cross-site' }))).status,
      403,
    );
    const get = new Request(`${ENDPOINT}/eligibility`, { headers: pageHeaders() });
    assert.equal((await shop.handler(get)).status, 405);
  });
});

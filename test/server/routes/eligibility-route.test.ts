import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { requestEligibility } from '../../../src/client/index.js';
import type { EligibilityAnswer } from '../../../src/contract/index.js';
import { createSandbox } from '../../../src/sandbox/index.js';
import type { CheckoutHandler, CheckoutHandlerOptions } from '../../../src/server/index.js';
import { ENDPOINT, openShop, pageHeaders, problemIn, settle, type ShopOptions } from '../fixtures.js';

function ask(product_ids: unknown, headers: Record<string, string> = {}): Request {
  return new Request(`${ENDPOINT}/eligibility`, {
    method: 'POST',
    headers: pageHeaders(headers),
    body: JSON.stringify({ product_ids }),
  });
}

/** The words for some products, by id. */
async function wordsFor(handler: CheckoutHandler, ids: string[]): Promise<Record<string, string>> {
  const response = await handler(ask(ids));
  assert.equal(response.status, 200);
  const { products } = (await response.json()) as EligibilityAnswer;
  return Object.fromEntries(products.map(({ product_id, eligibility }) => [product_id, eligibility]));
}

/** A shop whose catalogue has so many products: every third is eligible, every third needs a letter. */
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

/** The word that {@link openLargeShop} has on each product. */
const wordOf = (id: string) => (['regular', 'eligible', 'lmn'] as const)[Number(id.slice(1)) % 3];

/** Gives the page's client what it finds in a browser: a network that leads to the shop's own endpoint. */
function standInForPage(t: TestContext, endpoint: (request: Request) => Promise<Response>): void {
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

describe('eligibility', () => {
  it('reads the provider’s list: a dual-purpose product needs a letter, an unknown one claims nothing', async () => {
    const { handler } = openShop();
    assert.deepEqual(await wordsFor(handler, ['vitamins', 'monitor', 'massage', 'constructor']), {
      vitamins: 'regular',
      monitor: 'eligible',
      massage: 'lmn',
      constructor: 'unknown',
    });
  });

  it('asks the provider once for many pages at a time, and again after five minutes', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
    const shop = openShop();
    await Promise.all(Array.from({ length: 20 }, () => wordsFor(shop.handler, ['monitor'])));
    t.mock.timers.setTime(1_000_000 + 299_999);
    await wordsFor(shop.handler, ['massage']);
    assert.equal(shop.calls.length, 1);
    t.mock.timers.setTime(1_000_000 + 300_000);
    await wordsFor(shop.handler, ['massage']);
    assert.equal(shop.calls.length, 2);
  });

  it('reads page after page, ten at most', async () => {
    const shop = openShop({
      network: (request) => {
        const cursor = Number(new URL(request.url).searchParams.get('cursor') ?? 0);
        const product = { merchant_product_id: `p${cursor}`, eligibility: { hsa_fsa_eligible: true } };
        return Response.json({ data: [product], has_more: true, next_cursor: String(cursor + 1) });
      },
    });
    assert.deepEqual(await wordsFor(shop.handler, ['p0', 'p9', 'p10']), {
      p0: 'eligible',
      p9: 'eligible',
      p10: 'unknown',
    });
    assert.equal(shop.calls.length, 10);
  });

  it('answers a failure as one, and asks again the next time', async () => {
    const shop = openShop();
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 500, times: 1 });
    const problem = await problemIn(await shop.handler(ask(['monitor'])));
    assert.equal(problem.status, 502);
    assert.deepEqual(await wordsFor(shop.handler, ['monitor']), { monitor: 'eligible' });
  });

  it('costs ten calls of the provider for 1,000 products, asked for in ten requests at a time', async () => {
    const shop = openLargeShop(1000);
    const answers = await Promise.all(shop.batches.map((ids) => wordsFor(shop.handler, ids)));
    assert.deepEqual(
      Object.assign({}, ...answers),
      Object.fromEntries(shop.ids.map((id) => [id, wordOf(id)])),
    );
    assert.equal(answers.length, 10);
    assert.equal(shop.calls.length, 10);
    assert.deepEqual(
      shop.events.filter(({ type }) => type !== 'answer'),
      [],
    );
  });

  it('costs as much for a page that asks for 1,000 products one by one', async (t) => {
    const shop = openLargeShop(1000);
    let requests = 0;
    standInForPage(t, (request) => {
      requests++;
      return shop.handler(request);
    });
    const words = await Promise.all(shop.ids.map((id) => requestEligibility(ENDPOINT, id)));
    assert.deepEqual(words, shop.ids.map(wordOf));
    assert.equal(requests, 10);
    assert.equal(shop.calls.length, 10);
  });

  it('costs no more calls than the list has pages: one for 100 products, three for 201', async () => {
    for (const [size, calls] of [
      [100, 1],
      [201, 3],
    ] as const) {
      const shop = openLargeShop(size);
      await Promise.all(shop.batches.map((ids) => wordsFor(shop.handler, ids)));
      assert.equal(shop.calls.length, calls);
    }
  });

  it('believes a list that says it is over, even beside a cursor', async () => {
    const shop = openShop({
      network: () => Response.json({ data: [], has_more: false, next_cursor: 'the_last_one' }),
    });
    await wordsFor(shop.handler, ['a']);
    assert.equal(shop.calls.length, 1);
  });

  it('costs ten calls for a catalogue of any size, claims nothing of the rest, and tells the merchant', async () => {
    const shop = openLargeShop(2500);
    const answers = await Promise.all(shop.batches.map((ids) => wordsFor(shop.handler, ids)));
    const words: Record<string, string> = Object.assign({}, ...answers);
    assert.equal(shop.calls.length, 10);
    assert.ok(shop.ids.every((id, i) => words[id] === (i < 1000 ? wordOf(id) : 'unknown')));
    const told = shop.events.filter(({ type }) => type === 'catalogue_truncated');
    assert.deepEqual(
      told.map((event) => event.type === 'catalogue_truncated' && event.products),
      [1000],
    );
  });

  it('a provider that fails is asked once by many, and claims nothing of what was known before', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
    const shop = openShop();
    assert.deepEqual(await wordsFor(shop.handler, ['monitor']), { monitor: 'eligible' });
    t.mock.timers.setTime(1_300_000);
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 500 });
    const answers = await Promise.all(Array.from({ length: 50 }, () => shop.handler(ask(['monitor']))));
    for (const answer of answers) assert.equal((await problemIn(answer)).code, 'provider_unavailable');
    assert.equal(shop.calls.length, 2);
  });

  it('a provider that keeps failing is asked less and less, and again once it is well', async (t) => {
    let now = 1_000_000;
    t.mock.timers.enable({ apis: ['Date'], now });
    const shop = openShop();
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 500 });
    // A busy shop: ten minutes long a question every half second.
    for (let i = 0; i < 1200; i++, t.mock.timers.setTime((now += 500)))
      assert.equal((await shop.handler(ask(['monitor']))).status, 502);
    assert.ok(shop.calls.length > 5 && shop.calls.length < 20, `${shop.calls.length} calls`);
    shop.sandbox.faults.clear();
    t.mock.timers.setTime((now += 60_000));
    assert.deepEqual(await wordsFor(shop.handler, ['monitor']), { monitor: 'eligible' });
    t.mock.timers.setTime((now += 300_000));
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 500, times: 1 });
    assert.equal((await shop.handler(ask(['monitor']))).status, 502);
    assert.deepEqual(await wordsFor(shop.handler, ['monitor']), { monitor: 'eligible' });
  });

  it('waits as long as a busy provider asks before the next call', async (t) => {
    t.mock.timers.enable({ apis: ['Date'], now: 1_000_000 });
    const shop = openShop();
    shop.sandbox.faults.add({ on: 'GET /products', kind: 'status', status: 429, retryAfter: 40, times: 1 });
    assert.equal((await shop.handler(ask(['monitor']))).headers.get('retry-after'), '40');
    t.mock.timers.setTime(1_039_999);
    assert.equal((await shop.handler(ask(['monitor']))).status, 503);
    assert.equal(shop.calls.length, 1);
    t.mock.timers.setTime(1_040_000);
    assert.deepEqual(await wordsFor(shop.handler, ['monitor']), { monitor: 'eligible' });
  });

  it('gives up on a list that takes more than eight seconds, however many pages it has', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const shop = openShop({
      network: () => {
        // Each page takes three seconds, so that no single one is late.
        const page = { data: [], next_cursor: crypto.randomUUID() };
        return new Promise((done) => setTimeout(() => done(Response.json(page)), 3000));
      },
    });
    const answer = shop.handler(ask(['monitor']));
    for (let page = 1; page <= 3; page++) {
      while (shop.calls.length < page) await settle();
      await settle();
      t.mock.timers.tick(page < 3 ? 3000 : 2000);
    }
    assert.equal((await problemIn(await answer)).code, 'provider_timeout');
  });

  it('takes the merchant’s own word, and no word that it does not know', async () => {
    const resolveEligibility = (() => ({ a: 'lmn', b: 'guaranteed', c: null })) as unknown;
    const shop = openShop({
      resolveEligibility: resolveEligibility as NonNullable<CheckoutHandlerOptions['resolveEligibility']>,
    });
    assert.deepEqual(await wordsFor(shop.handler, ['a', 'b', 'c', 'toString', '__proto__x']), {
      a: 'lmn',
      b: 'unknown',
      c: 'unknown',
      toString: 'unknown',
      __proto__x: 'unknown',
    });
    assert.equal(shop.calls.length, 0);
  });

  it('asks the merchant’s hook for 1,000 products in ten calls, and the provider never', async () => {
    const asked: number[] = [];
    const shop = openLargeShop(1000, {
      resolveEligibility: (ids) => {
        asked.push(ids.length);
        return Object.fromEntries(ids.map((id) => [id, wordOf(id)!]));
      },
    });
    const answers = await Promise.all(shop.batches.map((ids) => wordsFor(shop.handler, ids)));
    assert.deepEqual(
      Object.assign({}, ...answers),
      Object.fromEntries(shop.ids.map((id) => [id, wordOf(id)])),
    );
    assert.deepEqual(asked, Array(10).fill(100));
    assert.equal(shop.calls.length, 0);
  });

  for (const garbage of [
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
    it(`claims nothing where the hook gives ${typeof garbage} ${JSON.stringify(garbage)}`, async () => {
      const resolveEligibility = (() => garbage) as unknown;
      const shop = openShop({
        resolveEligibility: resolveEligibility as NonNullable<CheckoutHandlerOptions['resolveEligibility']>,
      });
      assert.deepEqual(await wordsFor(shop.handler, ['a', '0', 'length']), {
        a: 'unknown',
        0: 'unknown',
        length: 'unknown',
      });
    });

  for (const [what, hook] of Object.entries({
    'throws at once': () => {
      throw new Error('sql');
    },
    'throws no error': () => Promise.reject('sql'),
    'gives what throws when it is read': () =>
      Object.defineProperty({}, 'a', {
        get: () => {
          throw new Error('sql');
        },
      }),
  }))
    it(`answers a plain 500 without the error’s text when a hook ${what}`, async () => {
      const shop = openShop({
        resolveEligibility: hook,
      });
      const problem = await problemIn(await shop.handler(ask(['a'])));
      assert.equal(problem.status, 500);
      assert.doesNotMatch(JSON.stringify(problem), /sql|eligible/);
    });

  it('gives up a hook that does not answer in time', async () => {
    const shop = openShop({ resolveTimeoutMs: 10, resolveEligibility: () => new Promise(() => {}) });
    assert.equal((await problemIn(await shop.handler(ask(['a'])))).code, 'hook_failed');
  });

  it('a hook that fails is a plain 500', async () => {
    const shop = openShop({ resolveEligibility: () => Promise.reject(new Error('sql')) });
    assert.equal((await problemIn(await shop.handler(ask(['a'])))).code, 'hook_failed');
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
    it(`refuses to be asked for ${JSON.stringify(ids)?.slice(0, 24)}`, async () => {
      const shop = openShop();
      assert.equal((await problemIn(await shop.handler(ask(ids)))).code, 'validation_error');
      assert.equal(shop.calls.length, 0);
    });

  it('takes its callers as create does, and POST only', async () => {
    const shop = openShop();
    assert.equal((await shop.handler(ask(['a'], { 'sec-fetch-site': 'cross-site' }))).status, 403);
    const get = new Request(`${ENDPOINT}/eligibility`, { headers: pageHeaders() });
    assert.equal((await shop.handler(get)).status, 405);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EligibilityAnswer } from '../../src/contract/index.js';
import type { CheckoutHandler, CheckoutHandlerOptions } from '../../src/server/index.js';
import { ENDPOINT, openShop, pageHeaders, problemIn, settle } from './fixtures.js';

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

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { requestEligibility } from '../../src/client/index.js';
import { notMounted, describeProblem } from '../../src/core/index.js';
import { answer, networkFailure, problem, type Step } from './endpoint.js';
import { openPage, type Page } from './fixtures.js';

/** The endpoint's response for some products. */
const words = (products: Record<string, unknown>) =>
  Response.json({
    products: Object.entries(products).map(([product_id, eligibility]) => ({ product_id, eligibility })),
  });

const askAll = (page: Page, ids: string[]) =>
  page.run(Promise.all(ids.map((id) => requestEligibility(page.endpoint.url, id))));

const asked = ({ endpoint }: Page) =>
  endpoint.requests.map(({ body }) => (body as { product_ids: string[] }).product_ids);

describe('the eligibility of products', () => {
  test('is requested in one POST for all elements that are mounted together', async (t) => {
    const page = openPage(t, words({ c: 'regular', a: 'eligible', b: 'lmn' }));
    assert.deepEqual(await askAll(page, ['a', 'b', 'c']), ['eligible', 'lmn', 'regular']);
    const [{ method, url, headers, body }] = page.endpoint.requests as [(typeof page.endpoint.requests)[0]];
    assert.equal(page.endpoint.requests.length, 1);
    assert.equal(method, 'POST');
    assert.equal(url, `${page.endpoint.url}/eligibility`);
    assert.deepEqual([...headers], [['content-type', 'application/json']]);
    assert.deepEqual(body, { product_ids: ['a', 'b', 'c'] });
  });

  test('is requested once for each product while the request is under way and for five minutes', async (t) => {
    const page = openPage(t, words({ a: 'eligible', b: 'regular' }));
    assert.deepEqual(await askAll(page, ['a', 'b', 'a', 'a']), [
      'eligible',
      'regular',
      'eligible',
      'eligible',
    ]);
    await page.pass(5 * 60_000 - 1_000);
    assert.deepEqual(await askAll(page, ['b', 'a']), ['regular', 'eligible']);
    assert.deepEqual(asked(page), [['a', 'b']]);
  });

  test('is requested only for products that are not cached', async (t) => {
    const page = openPage(t, words({ a: 'eligible' }), words({ b: 'lmn' }));
    await askAll(page, ['a']);
    assert.deepEqual(await askAll(page, ['a', 'b']), ['eligible', 'lmn']);
    assert.deepEqual(asked(page), [['a'], ['b']]);
  });

  test('a product that is added while a request is under way is in the next one', async (t) => {
    const page = openPage(t, 'silence', words({ b: 'eligible' }));
    const first = requestEligibility(page.endpoint.url, 'a');
    await page.pass(1);
    assert.deepEqual(asked(page), [['a']]);
    assert.equal(await page.run(requestEligibility(page.endpoint.url, 'b')), 'eligible');
    assert.deepEqual(asked(page), [['a'], ['b']]);
    assert.equal(await page.run(first), 'unknown');
  });

  test('is requested for at most 100 products at a time', async (t) => {
    const ids = Array.from({ length: 250 }, (_, i) => `p${i}`);
    const all = (from: number, to: number) =>
      words(Object.fromEntries(ids.slice(from, to).map((id) => [id, 'eligible'])));
    const page = openPage(t, all(0, 100), all(100, 200), all(200, 250));
    assert.deepEqual(new Set(await askAll(page, ids)), new Set(['eligible']));
    assert.deepEqual(asked(page), [ids.slice(0, 100), ids.slice(100, 200), ids.slice(200)]);
  });

  test('exactly 100 are one request', async (t) => {
    const page = openPage(t, words({}));
    await askAll(
      page,
      Array.from({ length: 100 }, (_, i) => `p${i}`),
    );
    assert.equal(page.endpoint.requests.length, 1);
  });

  test('is requested from each endpoint separately', async (t) => {
    const page = openPage(t, words({ a: 'eligible' }), words({ a: 'regular' }));
    const [here, there] = await page.run(
      Promise.all([
        requestEligibility(page.endpoint.url, 'a'),
        requestEligibility(`${page.endpoint.url}/v2`, 'a'),
      ]),
    );
    assert.deepEqual([here, there], ['eligible', 'regular']);
    assert.equal(page.endpoint.requests[1]!.url, `${page.endpoint.url}/v2/eligibility`);
  });

  test('an unknown or missing type is unknown', async (t) => {
    const strange = {
      a: 'ELIGIBLE',
      b: 'ineligible',
      i: 'not eligible',
      s: 'split',
      c: '',
      d: null,
      e: 1,
      f: true,
      g: {},
      h: 'eligible ',
      j: ['eligible'],
      k: { toString: 1 },
    };
    const page = openPage(t, words(strange));
    const ids = [...Object.keys(strange), 'not-mentioned', '__proto__', 'constructor'];
    assert.deepEqual(new Set(await askAll(page, ids)), new Set(['unknown']));
  });

  test('a malformed row of the response does not affect the others', async (t) => {
    const page = openPage(
      t,
      Response.json({ products: [null, { product_id: 'a', eligibility: 'lmn' }, 1, {}] }),
    );
    assert.deepEqual(await askAll(page, ['a', 'b']), ['lmn', 'unknown']);
  });

  const STRANGE: [string, () => Response][] = [
    ['{}', () => Response.json({})],
    ['[]', () => Response.json([])],
    ['a list of nothing', () => Response.json({ products: [null, 1, 'a', [], {}] })],
    ['a map instead of a list', () => Response.json({ products: { a: 'eligible' } })],
    ['null for a list', () => Response.json({ products: null })],
    ['an HTML page', () => answer('<p>eligible', 'text/html')],
    ['an empty body', () => new Response(null, { status: 204 })],
  ];
  for (const [what, response] of STRANGE)
    test(`${what} makes everything unknown`, async (t) => {
      const page = openPage(t, response());
      assert.deepEqual(await askAll(page, ['a', 'b']), ['unknown', 'unknown']);
    });

  const FAILURES: [string, Step[]][] = [
    ['a 404', [problem(404)]],
    ['a 500', [problem(500)]],
    ['three failures below HTTP', [networkFailure(), networkFailure(), networkFailure()]],
    ['silence', ['silence']],
  ];
  for (const [what, steps] of FAILURES)
    test(`${what} is unknown for the whole batch, and the next call sends a new request`, async (t) => {
      const page = openPage(t, ...steps);
      assert.deepEqual(await askAll(page, ['a', 'b']), ['unknown', 'unknown']);
      const before = page.endpoint.requests.length;
      page.endpoint.steps = [words({ a: 'eligible', b: 'lmn' })];
      assert.deepEqual(await askAll(page, ['a', 'b']), ['eligible', 'lmn']);
      assert.deepEqual(asked(page).slice(before), [['a', 'b']]);
    });

  for (const [what, step] of [
    ['another server’s 404', () => problem(404)],
    ['a page for every path', () => answer('<p>Shop', 'text/html')],
  ] as const)
    test(`the console names ${what} in place of the handler once, with the line to write`, async (t) => {
      const logged = t.mock.method(console, 'error', () => {});
      const page = openPage(t, step());
      assert.deepEqual(await askAll(page, ['a', 'b']), ['unknown', 'unknown']);
      assert.equal(logged.mock.callCount(), 1);
      assert.ok(
        String(logged.mock.calls[0]!.arguments[0]).endsWith(
          describeProblem(notMounted(new URL(page.endpoint.url).pathname)),
        ),
      );
    });

  test('an endpoint that is not a URL makes everything unknown', async (t) => {
    const page = openPage(t);
    assert.equal(await page.run(requestEligibility('/api/hsa', 'a')), 'unknown');
  });
});

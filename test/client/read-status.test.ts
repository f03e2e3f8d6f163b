import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readStatus } from '../../src/client/index.js';
import type { CheckoutErrorCode } from '../../src/core/index.js';
import { networkFailure, problem } from './endpoint.js';
import { openPage } from './fixtures.js';

const status = (word: unknown, more = {}) => Response.json({ checkout_id: 'chk_1', status: word, ...more });

describe('the status of a session', () => {
  test('is requested with one GET by id and token', async (t) => {
    const page = openPage(t, status('open'));
    await page.run(readStatus({ endpoint: page.endpoint.url, checkoutId: 'chk_1', token: 'v1.a+b&c' }));
    const [{ method, url, headers, cache }, ...others] = page.endpoint.requests as [
      (typeof page.endpoint.requests)[0],
    ];
    assert.deepEqual(others, []);
    assert.equal(method, 'GET');
    assert.equal(url, `${page.endpoint.url}/status?id=chk_1&token=v1.a%2Bb%26c`);
    assert.equal(cache, 'no-store');
    // Neither causes a CORS preflight.
    assert.deepEqual([...headers.keys()], []);
  });

  test('is requested with the token alone, and keeps the query of the endpoint', async (t) => {
    const page = openPage(t, status('open'));
    await page.run(readStatus({ endpoint: `${page.endpoint.url}/?shop=7`, token: 'v1.token' }));
    assert.equal(page.endpoint.requests[0]!.url, `${page.endpoint.url}/status?shop=7&token=v1.token`);
  });

  const SPELLINGS: [unknown, object][] = [
    ['open', { status: 'open' }],
    ['paid', { status: 'paid' }],
    ['expired', { status: 'expired' }],
    ['cancelled', { status: 'expired', reason: 'cancelled' }],
    ['failed', { status: 'expired', reason: 'failed' }],
  ];
  for (const [spelling, reading] of SPELLINGS)
    test(`${spelling} is read as the contract’s status`, async (t) => {
      const page = openPage(t, status(spelling));
      const {
        checkoutId,
        status: read,
        reason,
      } = await page.run(readStatus({ endpoint: page.endpoint.url, token: 'v1.token' }));
      assert.equal(checkoutId, 'chk_1');
      assert.deepEqual({ status: read, ...(reason && { reason }) }, reading);
    });

  for (const spelling of [
    'PAID!',
    'paid?',
    'requires_action',
    'unpaid',
    '',
    null,
    undefined,
    1,
    true,
    ['paid'],
    {},
  ])
    test(`${JSON.stringify(spelling)} is open, and so never paid`, async (t) => {
      const page = openPage(t, status(spelling));
      const reading = await page.run(readStatus({ endpoint: page.endpoint.url, token: 'v1.token' }));
      assert.equal(reading.status, 'open');
    });

  for (const reason of ['failed', 'cancelled', 'refunded'] as const)
    test(`expired for the reason ${reason}`, async (t) => {
      const page = openPage(t, status('expired', { reason }));
      const reading = await page.run(readStatus({ endpoint: page.endpoint.url, token: 'v1.token' }));
      assert.equal(reading.status, 'expired');
      assert.equal(reading.reason, reason);
    });

  test('an unknown reason is left out, and a paid or open session has none', async (t) => {
    const page = openPage(t);
    for (const response of [
      status('expired', { reason: 'weather' }),
      status('expired', { reason: 'paid' }),
      status('paid', { reason: 'failed' }),
      status('open', { reason: 'failed' }),
    ]) {
      page.endpoint.steps = [response];
      const { reason } = await page.run(readStatus({ endpoint: page.endpoint.url, token: 'v1.token' }));
      assert.equal(reason, undefined);
    }
  });

  test('an id that is not a text is left out', async (t) => {
    const page = openPage(t);
    for (const checkout_id of [undefined, null, 7, ['chk_1'], { toString: 1 }]) {
      page.endpoint.steps = [status('paid', { checkout_id })];
      const reading = await page.run(readStatus({ endpoint: page.endpoint.url, token: 'v1.token' }));
      assert.deepEqual([reading.checkoutId, reading.status], ['', 'paid']);
    }
  });

  for (const value of ['paid', null, 1, true])
    test(`a response that is only ${JSON.stringify(value)} is bad_response`, async (t) => {
      const page = openPage(t, Response.json(value));
      await page.fails(readStatus({ endpoint: page.endpoint.url, token: 'v1.token' }), 'bad_response');
    });

  const REFUSALS: [number, CheckoutErrorCode][] = [
    [404, 'not_found'],
    [403, 'unauthorized'],
    [500, 'server_error'],
  ];
  for (const [code, expected] of REFUSALS)
    test(`${code} is ${expected}, after one request`, async (t) => {
      const page = openPage(t, problem(code, expected));
      await page.fails(readStatus({ endpoint: page.endpoint.url, token: 'v1.token' }), expected);
    });

  for (const response of [problem(404), problem(405), problem(404, 'no_route')])
    test(`${response.status} of another server is server_error`, async (t) => {
      const page = openPage(t, response);
      const request = readStatus({ endpoint: page.endpoint.url, token: 'v1.token' });
      const { retryable, message } = await page.fails(request, 'server_error');
      assert.equal(retryable, true);
      assert.match(message, /it does not reach the handler: mount the handler/);
    });

  test('a request whose connection drops is retried', async (t) => {
    const page = openPage(t, networkFailure(), status('paid'));
    const reading = await page.run(readStatus({ endpoint: page.endpoint.url, token: 'v1.token' }));
    assert.equal(reading.status, 'paid');
  });

  test('an abort ends it', async (t) => {
    const page = openPage(t, 'silence');
    const control = new AbortController();
    const done = assert.rejects(
      readStatus({ endpoint: page.endpoint.url, token: 'v1.token', signal: control.signal }),
      { code: 'aborted' },
    );
    await page.pass(10);
    control.abort();
    await done;
  });
});

import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createCheckoutHandler } from '../../../../src/server/index.js';
import {
  deferred,
  openShop,
  otherProvider,
  press,
  problemIn,
  resolve,
  SECRET,
  sessionOf,
  settle,
  type Network,
} from '../../fixtures.js';

const json = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
const error = (status: number, headers: Record<string, string> = {}) =>
  json(status, { error: { code: 'no', message: `the provider says ${status}` } }, headers);

/** What a press comes to while the provider behaves like this. */
async function pressWith(network: Network) {
  const shop = openShop({ network });
  const response = await shop.handler(press());
  return { shop, response, problem: await problemIn(response) };
}

/** The same, with a clock that a retry's wait is skipped on. */
async function pressThroughRetry(t: TestContext, network: Network, waitMs = 500) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const shop = openShop({ network });
  const answer = shop.handler(press());
  while (shop.calls.length < 1) await settle();
  await settle();
  t.mock.timers.tick(waitMs);
  return { shop, response: await answer };
}

describe('the provider’s failures', () => {
  for (const status of [401, 403])
    it(`a refused API key (${status}) is a 502, not a login for the shopper`, async () => {
      const { response, problem, shop } = await pressWith(() => error(status));
      assert.equal(response.status, 502);
      assert.equal(problem.code, 'provider_auth');
      assert.equal(shop.opened().length, 1);
      const event = shop.events.find(({ type }) => type === 'answer');
      assert.deepEqual(event?.type === 'answer' && event.cause, {
        name: 'ProviderFailure',
        kind: 'auth',
        status,
      });
    });

  it('a refused API key is reported on the console when there is no onEvent', async (t) => {
    const log = t.mock.method(console, 'error', () => {});
    const { handler } = openShop({ network: () => error(401), onEvent: undefined });
    await handler(press());
    assert.equal(log.mock.callCount(), 1);
    assert.match(log.mock.calls[0]!.arguments.join(' '), /provider_auth/);
    assert.doesNotMatch(log.mock.calls[0]!.arguments.join(' '), /SENTINEL/);
  });

  it('passes on how long to wait, as a 503', async () => {
    const { response, problem, shop } = await pressWith(() => error(429, { 'retry-after': '7' }));
    assert.equal(response.status, 503);
    assert.equal(problem.code, 'provider_unavailable');
    assert.equal(response.headers.get('retry-after'), '7');
    assert.equal(shop.opened().length, 1);
  });

  for (const [given, passed] of [
    ['1e9', '30'],
    ['99999999', '600'],
    ['-5', '30'],
    ['soon', '30'],
  ])
    it(`passes the wait "${given}" on as ${passed} s`, async () => {
      const { response } = await pressWith(() => error(429, { 'retry-after': given! }));
      assert.equal(response.headers.get('retry-after'), passed);
    });

  it('waits a second itself, once, and the shopper sees no failure', async (t) => {
    let asked = 0;
    const { shop, response } = await pressThroughRetry(
      t,
      (_, pass) => (asked++ ? pass() : error(429, { 'retry-after': '1' })),
      1000,
    );
    await sessionOf(response);
    assert.equal(new Set(shop.opened().map(({ key }) => key)).size, 1);
    assert.equal(shop.opened().length, 2);
  });

  it('passes on the wait of the last answer where both were busy', async (t) => {
    let asked = 0;
    const { response } = await pressThroughRetry(
      t,
      () => error(429, { 'retry-after': asked++ ? '7' : '1' }),
      1000,
    );
    assert.equal(response.headers.get('retry-after'), '7');
  });

  for (const [form, body] of Object.entries({
    dotted: { 'line_items[0].price': ['must be 4995, said ada@example.com'] },
    numbered: { 'line_items.0.price': ['x'] },
    pointer: { '/line_items/0/price': ['x'] },
  }))
    it(`names the refused field in the page’s own form (${form})`, async () => {
      const { problem } = await pressWith(() =>
        json(422, {
          success: false,
          error_code: 'VALIDATION_ERROR',
          error_message: 'bad ada@example.com',
          details: { field_errors: body },
        }),
      );
      assert.equal(problem.status, 422);
      assert.equal(problem.code, 'validation_error');
      assert.deepEqual(problem.errors, [
        {
          path: 'line_items[0].price',
          code: 'invalid',
          message: 'the payment provider refused this value',
        },
      ]);
    });

  it('passes on no text of the provider, not even in paths', async () => {
    const { problem } = await pressWith(() =>
      json(400, {
        success: false,
        error_code: 'x',
        error_message: 'secret words',
        details: { field_errors: { '<b>secret words</b>': ['secret words'] } },
      }),
    );
    assert.doesNotMatch(JSON.stringify(problem), /secret/);
    assert.equal(problem.errors![0]!.path, '$');
  });

  it('a 500 is not retried blindly, and is a 502', async () => {
    const { response, problem, shop } = await pressWith(() => error(500));
    assert.equal(response.status, 502);
    assert.equal(problem.code, 'provider_unavailable');
    assert.equal(shop.opened().length, 1);
  });

  for (const status of [502, 503, 504])
    it(`a ${status} is retried once with the same key, then a 502`, async (t) => {
      const { shop, response } = await pressThroughRetry(t, () => error(status));
      assert.equal(response.status, 502);
      assert.equal(shop.opened().length, 2);
      assert.equal(shop.opened()[0]!.key, shop.opened()[1]!.key);
      assert.deepEqual(shop.opened()[0]!.body, shop.opened()[1]!.body);
    });

  it('a 503 that passes is retried, and the shopper sees no failure', async (t) => {
    let asked = 0;
    const { response } = await pressThroughRetry(t, (_, pass) => (asked++ ? pass() : error(503)));
    await sessionOf(response);
  });

  it('a 503 that asks for a longer wait is not retried', async () => {
    const { shop } = await pressWith(() => error(503, { 'retry-after': '30' }));
    assert.equal(shop.opened().length, 1);
  });

  it('a connection that breaks twice leaves the outcome unknown, and says so', async (t) => {
    const { shop, response } = await pressThroughRetry(t, () => {
      throw new TypeError('fetch failed');
    });
    const problem = await problemIn(response);
    assert.equal(problem.status, 504);
    assert.equal(problem.code, 'provider_timeout');
    assert.match(problem.detail!, /outcome is unknown/);
    assert.equal(shop.opened().length, 2);
    assert.equal(shop.opened()[0]!.key, shop.opened()[1]!.key);
  });

  it('a session whose answer was lost is found by the retry, not opened twice', async (t) => {
    let asked = 0;
    const ids: unknown[] = [];
    const { response } = await pressThroughRetry(t, async (_, pass) => {
      const answer = await pass();
      ids.push(((await answer.clone().json()) as { checkout_id: string }).checkout_id);
      if (!asked++) throw new TypeError('connection reset');
      return answer;
    });
    await sessionOf(response);
    assert.equal(ids.length, 2);
    assert.equal(ids[0], ids[1]);
  });

  for (const [what, stuck] of Object.entries({
    'never answers': () => new Promise<Response>(() => {}),
    'begins to answer and stops': () =>
      new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) }),
      ),
  }))
    it(`a provider that ${what} is given up after eight seconds`, async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const asked = deferred();
      let signal: AbortSignal | undefined;
      const shop = openShop({
        network: (request) => {
          signal = request.signal;
          asked.resolve();
          return stuck();
        },
      });
      const answer = shop.handler(press());
      await asked.promise;
      await settle();
      assert.equal(signal?.aborted, false);
      t.mock.timers.tick(8000);
      const problem = await problemIn(await answer);
      assert.equal(problem.status, 504);
      assert.equal(problem.code, 'provider_timeout');
      assert.equal(signal?.aborted, true);
    });

  const session = { checkout_id: 'cs_1', checkout_url: 'https://sandbox.example/pay/cs_1', status: 'open' };
  const wrong: Record<string, () => Response> = {
    HTML: () =>
      new Response('<!doctype html><title>Login</title>', { headers: { 'content-type': 'text/html' } }),
    'half a JSON': () => new Response('{"checkout_id": "cs_'),
    nothing: () => new Response(null, { status: 204 }),
    null: () => json(200, null),
    'a list': () => json(200, []),
    'a redirect': () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
    'a missing URL': () => json(200, { ...session, checkout_url: undefined }),
    'a script URL': () => json(200, { ...session, checkout_url: 'javascript:alert(1)' }),
    'an http URL': () => json(200, { ...session, checkout_url: 'http://sandbox.example/pay/cs_1' }),
    'a foreign URL': () => json(200, { ...session, checkout_url: 'https://evil.example/pay' }),
    'a URL with a password': () => json(200, { ...session, checkout_url: 'https://a:b@sandbox.example/' }),
    'a URL that only begins right': () =>
      json(200, { ...session, checkout_url: 'https://sandbox.example.evil.example/' }),
    'an odd id': () => json(200, { ...session, checkout_id: '<b>' }),
    'too much': () => json(200, { ...session, padding: 'x'.repeat(65 * 1024) }),
    'no such path': () => error(404),
  };
  for (const [what, answer] of Object.entries(wrong))
    it(`${what} from the provider is a 502, and is not sent again`, async () => {
      const { response, problem, shop } = await pressWith(answer);
      assert.equal(response.status, 502);
      assert.equal(problem.code, 'provider_contract');
      assert.equal(shop.opened().length, 1);
      assert.doesNotMatch(JSON.stringify(problem), /evil|Login|cs_1/);
    });

  it('the URL of any other processor is checked as well', async () => {
    const provider = otherProvider('https://evil.example/pay');
    const handler = createCheckoutHandler({
      provider,
      secret: SECRET,
      resolveCart: resolve,
      successUrl: 'https://shop.example/a',
      failureUrl: 'https://shop.example/b',
      onEvent: () => {},
    });
    assert.equal((await problemIn(await handler(press()))).code, 'provider_contract');
  });

  it('a session with an unknown status is open', async () => {
    const shop = openShop({ network: () => json(200, { ...session, status: 'requires_action' }) });
    assert.equal((await sessionOf(await shop.handler(press()))).status, 'open');
  });
});

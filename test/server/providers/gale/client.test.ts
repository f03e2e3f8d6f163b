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

/** Sends one press to a shop whose provider responds as `network` does. */
async function pressWith(network: Network) {
  const shop = openShop({ network });
  const response = await shop.handler(press());
  return { shop, response, problem: await problemIn(response) };
}

/** Sends one press, and advances the mock timers past the wait of a retry. */
async function pressThroughRetry(t: TestContext, network: Network, waitMs = 500) {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const shop = openShop({ network });
  const answer = shop.handler(press());
  while (shop.calls.length < 1) await settle();
  await settle();
  t.mock.timers.tick(waitMs);
  return { shop, response: await answer };
}

describe('handler when the provider fails', () => {
  for (const status of [401, 403])
    it(`responds with 502 when the provider refuses the API key with ${status}`, async () => {
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

  it('logs a refused API key on the console without onEvent', async (t) => {
    const log = t.mock.method(console, 'error', () => {});
    const { handler } = openShop({ network: () => error(401), onEvent: undefined });
    await handler(press());
    assert.equal(log.mock.callCount(), 1);
    assert.match(log.mock.calls[0]!.arguments.join(' '), /provider_auth/);
    assert.doesNotMatch(log.mock.calls[0]!.arguments.join(' '), /SENTINEL/);
  });

  it('responds with 503 and the provider’s Retry-After to a 429', async () => {
    const { response, problem, shop } = await pressWith(() => error(429, { 'retry-after': '7' }));
    assert.equal(response.status, 503);
    assert.equal(problem.code, 'provider_unavailable');
    assert.equal(response.headers.get('retry-after'), '7');
    assert.equal(shop.opened().length, 1);
  });

  for (const [retryAfter, seconds] of [
    ['1e9', '30'],
    ['99999999', '600'],
    ['-5', '30'],
    ['soon', '30'],
  ])
    it(`responds with Retry-After: ${seconds} when the provider’s Retry-After is "${retryAfter}"`, async () => {
      const { response } = await pressWith(() => error(429, { 'retry-after': retryAfter! }));
      assert.equal(response.headers.get('retry-after'), seconds);
    });

  it('retries once after a 429 with a Retry-After of one second, and returns a session', async (t) => {
    let attempts = 0;
    const { shop, response } = await pressThroughRetry(
      t,
      (_, pass) => (attempts++ ? pass() : error(429, { 'retry-after': '1' })),
      1000,
    );
    await sessionOf(response);
    assert.equal(new Set(shop.opened().map(({ key }) => key)).size, 1);
    assert.equal(shop.opened().length, 2);
  });

  it('responds with the second Retry-After when the retry gets a 429, too', async (t) => {
    let attempts = 0;
    const { response } = await pressThroughRetry(
      t,
      () => error(429, { 'retry-after': attempts++ ? '7' : '1' }),
      1000,
    );
    assert.equal(response.headers.get('retry-after'), '7');
  });

  for (const [form, body] of Object.entries({
    brackets: { 'line_items[0].price': ['must be 4995, said ada@example.com'] },
    dots: { 'line_items.0.price': ['x'] },
    'JSON pointer': { '/line_items/0/price': ['x'] },
  }))
    it(`returns the path of a refused field in the page’s format (${form})`, async () => {
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

  it('returns no text of the provider, not even in paths', async () => {
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

  it('responds with 502 to a 500, without a retry', async () => {
    const { response, problem, shop } = await pressWith(() => error(500));
    assert.equal(response.status, 502);
    assert.equal(problem.code, 'provider_unavailable');
    assert.equal(shop.opened().length, 1);
  });

  for (const status of [502, 503, 504])
    it(`retries a ${status} once with the same key, then responds with 502`, async (t) => {
      const { shop, response } = await pressThroughRetry(t, () => error(status));
      assert.equal(response.status, 502);
      assert.equal(shop.opened().length, 2);
      assert.equal(shop.opened()[0]!.key, shop.opened()[1]!.key);
      assert.deepEqual(shop.opened()[0]!.body, shop.opened()[1]!.body);
    });

  it('returns a session when the retry after a 503 succeeds', async (t) => {
    let attempts = 0;
    const { response } = await pressThroughRetry(t, (_, pass) => (attempts++ ? pass() : error(503)));
    await sessionOf(response);
  });

  it('does not retry a 503 with a Retry-After of 30 seconds', async () => {
    const { shop } = await pressWith(() => error(503, { 'retry-after': '30' }));
    assert.equal(shop.opened().length, 1);
  });

  it('responds with provider_timeout and an unknown outcome when the connection breaks twice', async (t) => {
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

  it('returns the session that the provider opened when its first response was lost', async (t) => {
    let attempts = 0;
    const ids: unknown[] = [];
    const { response } = await pressThroughRetry(t, async (_, pass) => {
      const answer = await pass();
      ids.push(((await answer.clone().json()) as { checkout_id: string }).checkout_id);
      if (!attempts++) throw new TypeError('connection reset');
      return answer;
    });
    await sessionOf(response);
    assert.equal(ids.length, 2);
    assert.equal(ids[0], ids[1]);
  });

  for (const [fault, respond] of Object.entries({
    'never responds': () => new Promise<Response>(() => {}),
    'stops in the middle of a response': () =>
      new Response(
        new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) }),
      ),
  }))
    it(`ends the call after eight seconds when the provider ${fault}`, async (t) => {
      t.mock.timers.enable({ apis: ['setTimeout'] });
      const providerCalled = deferred();
      let signal: AbortSignal | undefined;
      const shop = openShop({
        network: (request) => {
          signal = request.signal;
          providerCalled.resolve();
          return respond();
        },
      });
      const answer = shop.handler(press());
      await providerCalled.promise;
      await settle();
      assert.equal(signal?.aborted, false);
      t.mock.timers.tick(8000);
      const problem = await problemIn(await answer);
      assert.equal(problem.status, 504);
      assert.equal(problem.code, 'provider_timeout');
      assert.equal(signal?.aborted, true);
    });

  const session = { checkout_id: 'cs_1', checkout_url: 'https://sandbox.example/pay/cs_1', status: 'open' };
  const brokenResponses: Record<string, () => Response> = {
    HTML: () =>
      new Response('<!doctype html><title>Login</title>', { headers: { 'content-type': 'text/html' } }),
    'incomplete JSON': () => new Response('{"checkout_id": "cs_'),
    'an empty body': () => new Response(null, { status: 204 }),
    null: () => json(200, null),
    'an array': () => json(200, []),
    'a redirect': () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } }),
    'a missing URL': () => json(200, { ...session, checkout_url: undefined }),
    'a script URL': () => json(200, { ...session, checkout_url: 'javascript:alert(1)' }),
    'an http URL': () => json(200, { ...session, checkout_url: 'http://sandbox.example/pay/cs_1' }),
    'a URL on another host': () => json(200, { ...session, checkout_url: 'https://evil.example/pay' }),
    'a URL with a password': () => json(200, { ...session, checkout_url: 'https://a:b@sandbox.example/' }),
    'a URL whose host begins with an allowed host': () =>
      json(200, { ...session, checkout_url: 'https://sandbox.example.evil.example/' }),
    'an invalid id': () => json(200, { ...session, checkout_id: '<b>' }),
    'more than 64 KiB': () => json(200, { ...session, padding: 'x'.repeat(65 * 1024) }),
    'a 404': () => error(404),
  };
  for (const [responseCase, answer] of Object.entries(brokenResponses))
    it(`responds with 502 and does not retry when the provider responds with ${responseCase}`, async () => {
      const { response, problem, shop } = await pressWith(answer);
      assert.equal(response.status, 502);
      assert.equal(problem.code, 'provider_contract');
      assert.equal(shop.opened().length, 1);
      assert.doesNotMatch(JSON.stringify(problem), /evil|Login|cs_1/);
    });

  it('responds with provider_contract to a checkout_url on another host from another Provider', async () => {
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

  it('treats a session with an unknown status as open', async () => {
    const shop = openShop({ network: () => json(200, { ...session, status: 'requires_action' }) });
    assert.equal((await sessionOf(await shop.handler(press()))).status, 'open');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createProvider, type RateLimit } from '../../src/server/index.js';
import {
  API_KEY,
  delivery,
  deferred,
  ENDPOINT,
  openShop,
  pageHeaders,
  press,
  sessionOf,
  settle,
} from './fixtures.js';

describe('onEvent', () => {
  const failures = {
    throws: () => {
      throw new Error('the log is full');
    },
    rejects: () => Promise.reject(new Error('the log is full')),
  };
  for (const [failure, onEvent] of Object.entries(failures))
    it(`does not stop the session or the process when it ${failure}`, async () => {
      const shop = openShop({ onEvent });
      await sessionOf(await shop.handler(press()));
      // An unhandled rejection fails this test.
      await settle();
    });
});

describe('request id', () => {
  it('is in the response, in every event and in every call to the provider', async () => {
    const sentIds: (string | null)[] = [];
    const shop = openShop({
      network: (request, pass) => {
        sentIds.push(request.headers.get('x-request-id'));
        return pass();
      },
    });
    const id = { 'x-request-id': 'front-7f3a' };
    const response = await shop.handler(press(undefined, id));
    assert.equal(response.headers.get('x-request-id'), 'front-7f3a');
    const { checkout_id, status_token } = await sessionOf(response);
    // A replayed session, a status, and the product list.
    await shop.handler(press(undefined, id));
    await shop.handler(
      new Request(`${ENDPOINT}/status?id=${checkout_id}&token=${status_token}`, { headers: id }),
    );
    const body = JSON.stringify({ product_ids: ['monitor'] });
    await shop.handler(
      new Request(`${ENDPOINT}/eligibility`, { method: 'POST', headers: pageHeaders(id), body }),
    );
    assert.deepEqual(sentIds, Array(4).fill('front-7f3a'));
    assert.equal(shop.events.length, 6);
    for (const { requestId } of shop.events) assert.equal(requestId, 'front-7f3a');
  });

  it('is in the provider calls and the events of a webhook and of reconcile', async () => {
    const sentIds: (string | null)[] = [];
    const shop = openShop({
      onOrderCreated: () => {},
      network: (request, pass) => {
        sentIds.push(request.headers.get('x-request-id'));
        return pass();
      },
    });
    const { checkout_id } = await sessionOf(await shop.handler(press()));
    const event = { type: 'order.created', data: { checkout_id } };
    await shop.handler(await delivery(event, { headers: { 'x-request-id': 'from-the-provider' } }));
    await shop.handler.reconcile(checkout_id);
    assert.equal(sentIds[1], 'from-the-provider');
    const webhookEvents = shop.events.filter(({ type }) => type === 'webhook');
    assert.deepEqual(
      webhookEvents.map(({ requestId }) => requestId),
      sentIds.slice(1),
    );
  });

  it('is replaced when it is invalid, and the provider gets the new one', async () => {
    let sentId: string | null = null;
    const shop = openShop({
      network: (request, pass) => {
        sentId = request.headers.get('x-request-id');
        return pass();
      },
    });
    const response = await shop.handler(press(undefined, { 'x-request-id': 'ada@example.com' }));
    assert.match(String(sentId), /^[\da-f-]{36}$/);
    assert.equal(response.headers.get('x-request-id'), sentId);
  });

  it('is not sent when the provider client is called without one', async () => {
    let headers: Headers | undefined;
    const provider = createProvider({
      apiKey: API_KEY,
      environment: 'test',
      fetch: async (input, init) => {
        headers = new Request(input, init).headers;
        return Response.json({ products: [] });
      },
    });
    await provider.listProducts();
    assert.equal(headers?.has('x-request-id'), false);
  });
});

describe('rateLimit', () => {
  const limits: [string, unknown, string][] = [
    ['true', true, '60'],
    ['a retryAfterMs', { retryAfterMs: 90_500 }, '91'],
    ['a retryAfterMs of 0', { retryAfterMs: 0 }, '1'],
    ['a string as retryAfterMs', { retryAfterMs: 'soon' }, '60'],
    ['an infinite retryAfterMs', { retryAfterMs: Infinity }, '60'],
    ['a retryAfterMs of 1e300', { retryAfterMs: 1e300 }, '60'],
    ['a symbol as retryAfterMs', { retryAfterMs: Symbol('soon') }, '60'],
    ['a number', 5000, '60'],
    ['a promise', Promise.resolve(true), '60'],
  ];
  for (const [limitCase, limit, retryAfter] of limits)
    it(`causes a 429 with Retry-After: ${retryAfter} when it returns ${limitCase}`, async () => {
      const shop = openShop({ rateLimit: () => limit as RateLimit });
      const response = await shop.handler(press());
      assert.deepEqual([response.status, response.headers.get('retry-after')], [429, retryAfter]);
      assert.equal(shop.calls.length, 0);
    });

  for (const limit of [false, undefined, null, 0])
    it(`allows the request when it returns ${limit}`, async () => {
      const shop = openShop({ rateLimit: () => limit as RateLimit });
      await sessionOf(await shop.handler(press()));
    });

  it('allows the request and is reported when it throws', async () => {
    const shop = openShop({
      rateLimit: () => {
        throw new RangeError('10.0.0.7 is down');
      },
    });
    await sessionOf(await shop.handler(press()));
    const [failure] = shop.events;
    assert.deepEqual(failure, {
      type: 'hook_failed',
      hook: 'rateLimit',
      name: 'RangeError',
      requestId: failure?.requestId,
    });
  });

  it('allows the request after one second when it hangs', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const hookCalled = deferred();
    const shop = openShop({
      rateLimit: () => {
        hookCalled.resolve();
        return new Promise<boolean>(() => {});
      },
    });
    const answer = shop.handler(press());
    await hookCalled.promise;
    t.mock.timers.tick(1000);
    await sessionOf(await answer);
    assert.equal(shop.events[0]?.type, 'hook_failed');
  });

  it('does not limit webhooks', async () => {
    const shop = openShop({ rateLimit: () => true });
    assert.equal((await shop.handler(await delivery({ type: 'order.shipped' }))).status, 200);
  });
});

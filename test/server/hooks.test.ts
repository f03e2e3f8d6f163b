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

describe('a merchant who is told', () => {
  const ways = {
    throws: () => {
      throw new Error('the log is full');
    },
    rejects: () => Promise.reject(new Error('the log is full')),
  };
  for (const [how, onEvent] of Object.entries(ways))
    it(`and ${how} ends no process, and costs no shopper the session`, async () => {
      const shop = openShop({ onEvent });
      await sessionOf(await shop.handler(press()));
      // A rejection that nobody handles fails the test that it happens in.
      await settle();
    });
});

describe('a request’s id', () => {
  it('is in the answer, in every event and in every call to the provider', async () => {
    const sent: (string | null)[] = [];
    const shop = openShop({
      network: (request, pass) => {
        sent.push(request.headers.get('x-request-id'));
        return pass();
      },
    });
    const id = { 'x-request-id': 'front-7f3a' };
    const response = await shop.handler(press(undefined, id));
    assert.equal(response.headers.get('x-request-id'), 'front-7f3a');
    const { checkout_id, status_token } = await sessionOf(response);
    // A replay, a status, and the product list.
    await shop.handler(press(undefined, id));
    await shop.handler(
      new Request(`${ENDPOINT}/status?id=${checkout_id}&token=${status_token}`, { headers: id }),
    );
    const body = JSON.stringify({ product_ids: ['monitor'] });
    await shop.handler(
      new Request(`${ENDPOINT}/eligibility`, { method: 'POST', headers: pageHeaders(id), body }),
    );
    assert.deepEqual(sent, Array(4).fill('front-7f3a'));
    assert.equal(shop.events.length, 6);
    for (const { requestId } of shop.events) assert.equal(requestId, 'front-7f3a');
  });

  it('goes with the confirmation of a webhook, and with the question of reconcile', async () => {
    const sent: (string | null)[] = [];
    const shop = openShop({
      onOrderCreated: () => {},
      network: (request, pass) => {
        sent.push(request.headers.get('x-request-id'));
        return pass();
      },
    });
    const { checkout_id } = await sessionOf(await shop.handler(press()));
    const event = { type: 'order.created', data: { checkout_id } };
    await shop.handler(await delivery(event, { headers: { 'x-request-id': 'from-the-provider' } }));
    await shop.handler.reconcile(checkout_id);
    assert.equal(sent[1], 'from-the-provider');
    const told = shop.events.filter(({ type }) => type === 'webhook');
    assert.deepEqual(
      told.map(({ requestId }) => requestId),
      sent.slice(1),
    );
  });

  it('is replaced where it could do harm, and then the provider gets the new one', async () => {
    let sent: string | null = null;
    const shop = openShop({
      network: (request, pass) => {
        sent = request.headers.get('x-request-id');
        return pass();
      },
    });
    const response = await shop.handler(press(undefined, { 'x-request-id': 'ada@example.com' }));
    assert.match(String(sent), /^[\da-f-]{36}$/);
    assert.equal(response.headers.get('x-request-id'), sent);
  });

  it('is left out of calls that no request asks for', async () => {
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

describe('a rate limit', () => {
  const answers: [string, unknown, string][] = [
    ['true', true, '60'],
    ['a wait', { retryAfterMs: 90_500 }, '91'],
    ['a wait of nothing', { retryAfterMs: 0 }, '1'],
    ['a wait that is no number', { retryAfterMs: 'soon' }, '60'],
    ['a wait without end', { retryAfterMs: Infinity }, '60'],
    ['a wait that no header can say', { retryAfterMs: 1e300 }, '60'],
    ['a wait that is no value', { retryAfterMs: Symbol('soon') }, '60'],
    ['a bare number', 5000, '60'],
    ['a promise', Promise.resolve(true), '60'],
  ];
  for (const [what, answer, wait] of answers)
    it(`that answers ${what} is a 429 with a wait of ${wait} s`, async () => {
      const shop = openShop({ rateLimit: () => answer as RateLimit });
      const response = await shop.handler(press());
      assert.deepEqual([response.status, response.headers.get('retry-after')], [429, wait]);
      assert.equal(shop.calls.length, 0);
    });

  for (const answer of [false, undefined, null, 0])
    it(`that answers ${answer} lets the request in`, async () => {
      const shop = openShop({ rateLimit: () => answer as RateLimit });
      await sessionOf(await shop.handler(press()));
    });

  it('that throws lets the request in, and is reported', async () => {
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

  it('that hangs is waited for one second', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const asked = deferred();
    const shop = openShop({
      rateLimit: () => {
        asked.resolve();
        return new Promise<boolean>(() => {});
      },
    });
    const answer = shop.handler(press());
    await asked.promise;
    t.mock.timers.tick(1000);
    await sessionOf(await answer);
    assert.equal(shop.events[0]?.type, 'hook_failed');
  });

  it('does not stand in the way of webhooks', async () => {
    const shop = openShop({ rateLimit: () => true });
    assert.equal((await shop.handler(await delivery({ type: 'order.shipped' }))).status, 200);
  });
});

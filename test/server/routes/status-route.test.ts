import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StatusAnswer } from '../../../src/contract/index.js';
import { createMemoryStore } from '../../../src/server/index.js';
import {
  submitPaymentPage,
  deferred,
  ENDPOINT,
  openShop,
  press,
  problemIn,
  SECRET,
  sessionOf,
} from '../fixtures.js';

/** Makes the request of a return page for the status of a session. */
function statusRequest(query: Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request(`${ENDPOINT}/status?${new URLSearchParams(query)}`, { headers });
}

/** Reads the return token of a success or failure URL. */
function returnTokenOf(url: string): string {
  return new URL(url).searchParams.get('hsa_checkout')!;
}

describe('status route', () => {
  it('returns the status of a session for its id and status token', async () => {
    const shop = openShop();
    const {
      checkout_id: id,
      checkout_url,
      status_token: token,
    } = await sessionOf(await shop.handler(press()));
    const open = (await (await shop.handler(statusRequest({ id, token }))).json()) as StatusAnswer;
    assert.equal(open.status, 'open');
    await submitPaymentPage(shop, checkout_url, 'pay');
    const paid = (await (await shop.handler(statusRequest({ id, token }))).json()) as StatusAnswer;
    assert.equal(paid.status, 'paid');
    assert.equal(paid.checkout_id, id);
  });

  it('responds to HEAD as to GET, without a body', async () => {
    const shop = openShop();
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    for (const query of [
      { id, token },
      { id, token: 'wrong' },
    ]) {
      const get = await shop.handler(statusRequest(query));
      const head = await shop.handler(new Request(statusRequest(query).url, { method: 'HEAD' }));
      assert.equal(head.status, get.status);
      assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
      assert.equal(await head.text(), '');
    }
  });

  it('returns the reason of an expired session', async () => {
    const shop = openShop();
    const {
      checkout_id: id,
      checkout_url,
      status_token: token,
    } = await sessionOf(await shop.handler(press()));
    await submitPaymentPage(shop, checkout_url, 'cancel');
    const answer = (await (await shop.handler(statusRequest({ id, token }))).json()) as StatusAnswer;
    assert.deepEqual([answer.status, answer.reason], ['expired', 'cancelled']);
  });

  it('finds the session by the return token alone, which success and failure URL share', async () => {
    const shop = openShop();
    const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
    const { success_url, failure_url } = shop.opened()[0]!.body;
    assert.equal(returnTokenOf(success_url), returnTokenOf(failure_url));
    const returnUrl = await submitPaymentPage(shop, checkout_url, 'pay');
    const answer = await shop.handler(statusRequest({ token: returnTokenOf(returnUrl) }));
    assert.deepEqual(((await answer.json()) as StatusAnswer).checkout_id, checkout_id);
  });

  it('responds with 503, not 404, when the store hangs', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const readCalled = deferred();
    const store = createMemoryStore();
    const read = () => {
      readCalled.resolve();
      return new Promise<never>(() => {});
    };
    const shop = openShop({ store: { ...store, read } });
    const answer = shop.handler(statusRequest({ token: 'a'.repeat(43) }));
    await readCalled.promise;
    t.mock.timers.tick(1000);
    assert.equal((await answer).status, 503);
    assert.ok(shop.events.some((event) => event.type === 'store_failed' && event.operation === 'read'));
  });

  it('returns no field about the shopper or the products', async () => {
    const shop = openShop();
    const {
      checkout_id: id,
      checkout_url,
      status_token: token,
    } = await sessionOf(await shop.handler(press()));
    await submitPaymentPage(shop, checkout_url, 'pay');
    const answer = (await (await shop.handler(statusRequest({ id, token }))).json()) as object;
    const allowed =
      'checkout_id status reason type expires_at paid_at expired_at reference_id amounts currency'.split(' ');
    assert.deepEqual(
      Object.keys(answer).filter((key) => !allowed.includes(key)),
      [],
    );
  });

  it('responds with the same 404 to every wrong id or token, without calling the provider', async () => {
    const shop = openShop();
    const one = await sessionOf(await shop.handler(press()));
    const other = await sessionOf(
      await shop.handler(press(undefined, { 'idempotency-key': crypto.randomUUID() })),
    );
    const { success_url } = shop.opened()[0]!.body;
    const callsBefore = shop.calls.length;
    const queries = [
      {},
      { id: one.checkout_id },
      { token: one.status_token },
      { id: one.checkout_id, token: '' },
      { id: one.checkout_id, token: other.status_token },
      { id: other.checkout_id, token: one.status_token },
      { id: other.checkout_id, token: returnTokenOf(success_url) },
      { id: 'cs_nobody', token: one.status_token },
      { token: 'A'.repeat(43) },
      { id: one.checkout_id, token: `${one.status_token}A` },
    ] as Record<string, string>[];
    const bodies = new Set<string>();
    for (const query of queries) {
      const response = await shop.handler(statusRequest(query, { 'x-request-id': 'same' }));
      assert.equal(response.status, 404, JSON.stringify(query));
      bodies.add(await response.text());
    }
    assert.equal(bodies.size, 1);
    assert.equal(shop.calls.length, callsBefore);
  });

  it('responds with the same 404 when the provider does not find the session', async () => {
    const shop = openShop({
      network: (request, pass) => (request.method === 'GET' ? new Response('', { status: 404 }) : pass()),
    });
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    const headers = { 'x-request-id': 'same' };
    const notFound = await shop.handler(statusRequest({ id, token }, headers));
    const wrongToken = await shop.handler(statusRequest({ id, token: 'A'.repeat(43) }, headers));
    assert.equal(notFound.status, 404);
    assert.equal(await notFound.text(), await wrongToken.text());
  });

  it('accepts tokens of an earlier secret while it is listed after the new one', async () => {
    const shop = openShop();
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    const network = () => Response.json({ checkout_id: id, status: 'PAID' });
    const rotated = openShop({ secret: ['a new secret of sixteen', SECRET], network });
    const answer = (await (await rotated.handler(statusRequest({ id, token }))).json()) as StatusAnswer;
    assert.equal(answer.status, 'paid');
    const replaced = openShop({ secret: 'a new secret of sixteen', network });
    assert.equal((await replaced.handler(statusRequest({ id, token }))).status, 404);
  });

  it('responds with 503 or provider_unavailable, not 404, when the store or the provider is down', async () => {
    const down = () => Promise.reject(new Error('ECONNREFUSED'));
    const shop = openShop({ store: { ...createMemoryStore(), read: down } });
    assert.equal((await shop.handler(statusRequest({ token: 'A'.repeat(43) }))).status, 503);
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    shop.sandbox.faults.add({ on: 'GET /checkout/{id}', kind: 'status', status: 500 });
    const problem = await problemIn(await shop.handler(statusRequest({ id, token })));
    assert.equal(problem.code, 'provider_unavailable');
  });

  it('allows a listed origin, applies the rate limit, and accepts GET and HEAD only', async () => {
    const shop = openShop({ origins: ['https://app.example'], rateLimit: () => true });
    const response = await shop.handler(statusRequest({}, { origin: 'https://app.example' }));
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('access-control-allow-origin'), 'https://app.example');
    const post = new Request(`${ENDPOINT}/status`, press());
    assert.equal((await shop.handler(post)).headers.get('allow'), 'GET, HEAD, OPTIONS');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StatusAnswer } from '../../../src/contract/index.js';
import { createMemoryStore } from '../../../src/server/index.js';
import {
  atPaymentPage,
  deferred,
  ENDPOINT,
  openShop,
  press,
  problemIn,
  SECRET,
  sessionOf,
} from '../fixtures.js';

/** Asks what became of a session, as the return page does. */
function ask(query: Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request(`${ENDPOINT}/status?${new URLSearchParams(query)}`, { headers });
}

/** The return token in a URL that the provider sends the shopper back to. */
function returnToken(url: string): string {
  return new URL(url).searchParams.get('hsa_checkout')!;
}

describe('status', () => {
  it('says what became of a session, to whoever holds its token', async () => {
    const shop = openShop();
    const {
      checkout_id: id,
      checkout_url,
      status_token: token,
    } = await sessionOf(await shop.handler(press()));
    const open = (await (await shop.handler(ask({ id, token }))).json()) as StatusAnswer;
    assert.equal(open.status, 'open');
    await atPaymentPage(shop, checkout_url, 'pay');
    const paid = (await (await shop.handler(ask({ id, token }))).json()) as StatusAnswer;
    assert.equal(paid.status, 'paid');
    assert.equal(paid.checkout_id, id);
  });

  it('answers HEAD as GET, without a body', async () => {
    const shop = openShop();
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    for (const query of [
      { id, token },
      { id, token: 'wrong' },
    ]) {
      const get = await shop.handler(ask(query));
      const head = await shop.handler(new Request(ask(query).url, { method: 'HEAD' }));
      assert.equal(head.status, get.status);
      assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
      assert.equal(await head.text(), '');
    }
  });

  it('says why a session is over', async () => {
    const shop = openShop();
    const {
      checkout_id: id,
      checkout_url,
      status_token: token,
    } = await sessionOf(await shop.handler(press()));
    await atPaymentPage(shop, checkout_url, 'cancel');
    const answer = (await (await shop.handler(ask({ id, token }))).json()) as StatusAnswer;
    assert.deepEqual([answer.status, answer.reason], ['expired', 'cancelled']);
  });

  it('takes the token of the return URL alone, on the way to success and to failure', async () => {
    const shop = openShop();
    const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
    const { success_url, failure_url } = shop.opened()[0]!.body;
    assert.equal(returnToken(success_url), returnToken(failure_url));
    const landed = await atPaymentPage(shop, checkout_url, 'pay');
    const answer = await shop.handler(ask({ token: returnToken(landed) }));
    assert.deepEqual(((await answer.json()) as StatusAnswer).checkout_id, checkout_id);
  });

  it('answers that it cannot tell, and not that there is no such session, when the store hangs', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const asked = deferred();
    const store = createMemoryStore();
    const read = () => {
      asked.resolve();
      return new Promise<never>(() => {});
    };
    const shop = openShop({ store: { ...store, read } });
    const answer = shop.handler(ask({ token: 'a'.repeat(43) }));
    await asked.promise;
    t.mock.timers.tick(1000);
    assert.equal((await answer).status, 503);
    assert.ok(shop.events.some((event) => event.type === 'store_failed' && event.operation === 'read'));
  });

  it('answers status, type and times, and nothing about who bought what', async () => {
    const shop = openShop();
    const {
      checkout_id: id,
      checkout_url,
      status_token: token,
    } = await sessionOf(await shop.handler(press()));
    await atPaymentPage(shop, checkout_url, 'pay');
    const answer = (await (await shop.handler(ask({ id, token }))).json()) as object;
    const allowed = ['checkout_id', 'status', 'reason', 'type', 'expires_at', 'paid_at', 'expired_at'];
    assert.deepEqual(
      Object.keys(answer).filter((key) => !allowed.includes(key)),
      [],
    );
  });

  it('gives the same 404 for every wrong question, without asking the provider', async () => {
    const shop = openShop();
    const one = await sessionOf(await shop.handler(press()));
    const other = await sessionOf(
      await shop.handler(press(undefined, { 'idempotency-key': crypto.randomUUID() })),
    );
    const { success_url } = shop.opened()[0]!.body;
    const before = shop.calls.length;
    const questions = [
      {},
      { id: one.checkout_id },
      { token: one.status_token },
      { id: one.checkout_id, token: '' },
      { id: one.checkout_id, token: other.status_token },
      { id: other.checkout_id, token: one.status_token },
      { id: other.checkout_id, token: returnToken(success_url) },
      { id: 'cs_nobody', token: one.status_token },
      { token: 'A'.repeat(43) },
      { id: one.checkout_id, token: `${one.status_token}A` },
    ] as Record<string, string>[];
    const bodies = new Set<string>();
    for (const question of questions) {
      const response = await shop.handler(ask(question, { 'x-request-id': 'same' }));
      assert.equal(response.status, 404, JSON.stringify(question));
      bodies.add(await response.text());
    }
    assert.equal(bodies.size, 1);
    assert.equal(shop.calls.length, before);
  });

  it('a session that the provider does not know is the same 404', async () => {
    const shop = openShop({
      network: (request, pass) => (request.method === 'GET' ? new Response('', { status: 404 }) : pass()),
    });
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    const headers = { 'x-request-id': 'same' };
    const gone = await shop.handler(ask({ id, token }, headers));
    const wrong = await shop.handler(ask({ id, token: 'A'.repeat(43) }, headers));
    assert.equal(gone.status, 404);
    assert.equal(await gone.text(), await wrong.text());
  });

  it('believes tokens of a secret that has been replaced', async () => {
    const shop = openShop();
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    const network = () => Response.json({ checkout_id: id, status: 'PAID' });
    const rotated = openShop({ secret: ['a new secret of sixteen', SECRET], network });
    const answer = (await (await rotated.handler(ask({ id, token }))).json()) as StatusAnswer;
    assert.equal(answer.status, 'paid');
    const replaced = openShop({ secret: 'a new secret of sixteen', network });
    assert.equal((await replaced.handler(ask({ id, token }))).status, 404);
  });

  it('is told apart from an unknown session when the store or the provider is down', async () => {
    const down = () => Promise.reject(new Error('ECONNREFUSED'));
    const shop = openShop({ store: { ...createMemoryStore(), read: down } });
    assert.equal((await shop.handler(ask({ token: 'A'.repeat(43) }))).status, 503);
    const { checkout_id: id, status_token: token } = await sessionOf(await shop.handler(press()));
    shop.sandbox.faults.add({ on: 'GET /checkout/{id}', kind: 'status', status: 500 });
    const problem = await problemIn(await shop.handler(ask({ id, token })));
    assert.equal(problem.code, 'provider_unavailable');
  });

  it('lets a listed origin read it, answers GET and HEAD only, and keeps to the limit', async () => {
    const shop = openShop({ origins: ['https://app.example'], rateLimit: () => true });
    const response = await shop.handler(ask({}, { origin: 'https://app.example' }));
    assert.equal(response.status, 429);
    assert.equal(response.headers.get('access-control-allow-origin'), 'https://app.example');
    const post = new Request(`${ENDPOINT}/status`, press());
    assert.equal((await shop.handler(post)).headers.get('allow'), 'GET, HEAD, OPTIONS');
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StatusAnswer } from '../../src/contract/index.js';
import type { CreatedOrder } from '../../src/server/index.js';
import { API_KEY, atPaymentPage, CART, ENDPOINT, openShop, press, sessionOf, type Shop } from './fixtures.js';

/** What the return page finds out with nothing but the URL it landed on. */
async function statusAt({ handler }: Shop, landed: string): Promise<StatusAnswer> {
  const token = new URL(landed).searchParams.get('hsa_checkout')!;
  const response = await handler(new Request(`${ENDPOINT}/status?${new URLSearchParams({ token })}`));
  return response.json() as Promise<StatusAnswer>;
}

describe('a whole checkout on the sandbox', () => {
  it('goes from the press to the paid order, once', async () => {
    const orders: CreatedOrder[] = [];
    const shop = openShop({ onOrderCreated: (order) => void orders.push(order) });
    const session = await sessionOf(await shop.handler(press()));
    const landed = await atPaymentPage(shop, session.checkout_url, 'pay');
    assert.match(landed, /^https:\/\/shop\.example\/thanks\?hsa_checkout=/);
    await shop.sandbox.advance(0);
    assert.equal(orders.length, 1);
    assert.equal(orders[0]!.checkoutId, session.checkout_id);
    assert.equal((await statusAt(shop, landed)).status, 'paid');
    await shop.sandbox.advance(3_600_000);
    assert.equal(orders.length, 1);
    assert.equal(shop.sandbox.orders.length, 1);
  });

  it('is fulfilled by a later delivery when the hook fails at first', async () => {
    let runs = 0;
    const shop = openShop({
      onOrderCreated: () => {
        if (++runs < 3) throw new Error('not yet');
      },
    });
    const session = await sessionOf(await shop.handler(press()));
    await atPaymentPage(shop, session.checkout_url, 'pay');
    await shop.sandbox.advance(0);
    assert.equal(runs, 1);
    await shop.sandbox.advance(30_000);
    await shop.sandbox.advance(120_000);
    assert.equal(runs, 3);
    await shop.sandbox.advance(3_600_000);
    assert.equal(runs, 3);
  });

  it('comes back after a cancel to a new session', async () => {
    const shop = openShop();
    const session = await sessionOf(await shop.handler(press()));
    const landed = await atPaymentPage(shop, session.checkout_url, 'cancel');
    assert.match(landed, /^https:\/\/shop\.example\/cart\?from=checkout&hsa_checkout=[\w-]+#pay$/);
    assert.equal((await statusAt(shop, landed)).reason, 'cancelled');
    assert.notEqual((await sessionOf(await shop.handler(press()))).checkout_id, session.checkout_id);
  });
});

describe('secrets', () => {
  const kinds = ['status', 'reset', 'truncated', 'html'] as const;
  const statuses = [400, 401, 403, 404, 409, 422, 429, 500];

  it('the API key is in no answer, header, event or log, whatever goes wrong', async (t) => {
    const logged = t.mock.method(console, 'error', () => {});
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const output: string[] = [];
    const record = async (shop: Shop, request: Request) => {
      const answer = shop.handler(request);
      let done = false;
      void answer.finally(() => (done = true));
      // A retry waits half a second; whatever waits longer is let off too.
      while (!done) {
        await new Promise((resolve) => setImmediate(resolve));
        t.mock.timers.tick(500);
      }
      const response = await answer;
      output.push(JSON.stringify([...response.headers]), await response.text(), JSON.stringify(shop.events));
      return response.status;
    };
    const faults = [
      ...kinds.filter((kind) => kind !== 'status').map((kind) => ({ kind })),
      ...statuses.map((status) => ({ kind: 'status' as const, status })),
    ];
    for (const onEvent of ['taken', 'logged'])
      for (const fault of faults) {
        const shop = openShop(onEvent === 'logged' ? { onEvent: undefined } : {});
        shop.sandbox.faults.add({ on: '*', ...fault });
        assert.ok((await record(shop, press())) >= 400);
        const eligibility = new Request(`${ENDPOINT}/eligibility`, press({ product_ids: ['monitor'] }));
        assert.ok((await record(shop, eligibility)) >= 400);
        shop.sandbox.faults.clear();
        const session = await sessionOf(
          await shop.handler(press(CART, { 'idempotency-key': crypto.randomUUID() })),
        );
        output.push(JSON.stringify(session));
        shop.sandbox.faults.add({ on: '*', ...fault });
        const query = new URLSearchParams({ id: session.checkout_id, token: session.status_token });
        assert.ok((await record(shop, new Request(`${ENDPOINT}/status?${query}`))) >= 400);
      }
    for (const { arguments: words } of logged.mock.calls) output.push(words.join(' '));
    assert.ok(logged.mock.callCount() > 0);
    assert.ok(output.length > 150);
    assert.doesNotMatch(output.join('\n'), new RegExp(`SENTINEL|${API_KEY}|correct horse|whsec_`));
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StatusAnswer } from '../../src/contract/index.js';
import type { CreatedOrder } from '../../src/server/index.js';
import {
  API_KEY,
  submitPaymentPage,
  CART,
  ENDPOINT,
  openShop,
  press,
  sessionOf,
  type Shop,
} from './fixtures.js';

/** Requests the status for a return URL, as the return page does. */
async function statusFor({ handler }: Shop, returnUrl: string): Promise<StatusAnswer> {
  const token = new URL(returnUrl).searchParams.get('hsa_checkout')!;
  const response = await handler(new Request(`${ENDPOINT}/status?${new URLSearchParams({ token })}`));
  return response.json() as Promise<StatusAnswer>;
}

describe('checkout on the sandbox', () => {
  it('runs onOrderCreated once after the payment', async () => {
    const orders: CreatedOrder[] = [];
    const shop = openShop({ onOrderCreated: (order) => void orders.push(order) });
    const session = await sessionOf(await shop.handler(press()));
    const returnUrl = await submitPaymentPage(shop, session.checkout_url, 'pay');
    assert.match(returnUrl, /^https:\/\/shop\.example\/thanks\?hsa_checkout=/);
    await shop.sandbox.advance(0);
    assert.equal(orders.length, 1);
    assert.equal(orders[0]!.checkoutId, session.checkout_id);
    assert.equal((await statusFor(shop, returnUrl)).status, 'paid');
    await shop.sandbox.advance(3_600_000);
    assert.equal(orders.length, 1);
    assert.equal(shop.sandbox.orders.length, 1);
  });

  it('is fulfilled by the third delivery when onOrderCreated throws twice', async () => {
    let runs = 0;
    const shop = openShop({
      onOrderCreated: () => {
        if (++runs < 3) throw new Error('not yet');
      },
    });
    const session = await sessionOf(await shop.handler(press()));
    await submitPaymentPage(shop, session.checkout_url, 'pay');
    await shop.sandbox.advance(0);
    assert.equal(runs, 1);
    await shop.sandbox.advance(30_000);
    await shop.sandbox.advance(120_000);
    assert.equal(runs, 3);
    await shop.sandbox.advance(3_600_000);
    assert.equal(runs, 3);
  });

  it('gets a new session after a cancel', async () => {
    const shop = openShop();
    const session = await sessionOf(await shop.handler(press()));
    const returnUrl = await submitPaymentPage(shop, session.checkout_url, 'cancel');
    assert.match(returnUrl, /^https:\/\/shop\.example\/cart\?from=checkout&hsa_checkout=[\w-]+#pay$/);
    assert.equal((await statusFor(shop, returnUrl)).reason, 'cancelled');
    assert.notEqual((await sessionOf(await shop.handler(press()))).checkout_id, session.checkout_id);
  });
});

describe('API key', () => {
  const kinds = ['status', 'reset', 'truncated', 'html'] as const;
  const statuses = [400, 401, 403, 404, 409, 422, 429, 500];

  it('is in no response, header, event or log after failures of the provider', async (t) => {
    const logged = t.mock.method(console, 'error', () => {});
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const output: string[] = [];
    const record = async (shop: Shop, request: Request) => {
      const answer = shop.handler(request);
      let isDone = false;
      void answer.finally(() => (isDone = true));
      // Advances the timers until the response arrives: a retry waits half a second, and a deadline longer.
      while (!isDone) {
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
    for (const { arguments: texts } of logged.mock.calls) output.push(texts.join(' '));
    assert.ok(logged.mock.callCount() > 0);
    assert.ok(output.length > 150);
    assert.doesNotMatch(output.join('\n'), new RegExp(`SENTINEL|${API_KEY}|correct horse|whsec_`));
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CreatedOrder } from '../../../src/server/index.js';
import {
  submitPaymentPage,
  deferred,
  delivery,
  ENDPOINT,
  openShop,
  press,
  sessionOf,
  settle,
  type ShopOptions,
} from '../fixtures.js';

const EVENT = { type: 'order.created', data: { checkout_id: 'cs_1' } };

/** Creates a shop with a paid session. The sandbox sends no webhooks; the tests deliver them. */
async function paidShop(options: ShopOptions = {}) {
  const orders: CreatedOrder[] = [];
  const shop = openShop({
    webhookUrl: undefined,
    onOrderCreated: (order) => void orders.push(order),
    ...options,
  });
  const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
  await submitPaymentPage(shop, checkout_url, 'pay');
  return { shop, orders, event: { type: 'order.created', data: { checkout_id } } };
}

/** Makes a delivery with a streamed body. */
function streamed(body: ReadableStream, headers: Headers): Request {
  const init = { method: 'POST', headers, body, duplex: 'half' };
  return new Request(`${ENDPOINT}/webhook`, init);
}

describe('webhook deadline', () => {
  it('ends after 4 s while the provider has not confirmed the payment; the order is fulfilled later', async (t) => {
    const providerCalled = deferred();
    const gate = deferred();
    let isSlow = false;
    const { shop, orders, event } = await paidShop({
      async network(_, pass) {
        if (isSlow) {
          providerCalled.resolve();
          await gate.promise;
        }
        return pass();
      },
    });
    isSlow = true;
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const answer = shop.handler(await delivery(event));
    await providerCalled.promise;
    t.mock.timers.tick(4000);
    assert.equal((await answer).status, 503);
    assert.equal(orders.length, 0);
    gate.resolve();
    await settle();
    assert.equal(orders.length, 1);
  });

  it('includes the time that a slow body takes', async (t) => {
    const hookCalled = deferred();
    const { shop, event } = await paidShop({
      onOrderCreated: () => {
        hookCalled.resolve();
        return new Promise(() => {});
      },
    });
    const bodyRequested = deferred();
    const request = await delivery(event);
    const bytes = new Uint8Array(await request.clone().arrayBuffer());
    let send: (() => void) | undefined;
    const body = new ReadableStream(
      {
        pull: (controller) => {
          send = () => {
            controller.enqueue(bytes);
            controller.close();
          };
          bodyRequested.resolve();
          return new Promise(() => {});
        },
      },
      // Without a queue, the stream pulls only when the handler reads.
      { highWaterMark: 0 },
    );
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
    const answer = shop.handler(streamed(body, request.headers));
    await bodyRequested.promise;
    t.mock.timers.tick(3000);
    send!();
    await hookCalled.promise;
    t.mock.timers.tick(1000);
    assert.equal((await answer).status, 503);
  });

  it('ends with a 408 when no body arrives', async (t) => {
    const bodyRequested = deferred();
    const body = new ReadableStream(
      {
        pull: () => {
          bodyRequested.resolve();
          return new Promise(() => {});
        },
      },
      { highWaterMark: 0 },
    );
    const shop = openShop();
    const { headers } = await delivery(EVENT);
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const answer = shop.handler(streamed(body, headers));
    await bodyRequested.promise;
    t.mock.timers.tick(4000);
    assert.equal((await answer).status, 408);
  });
});

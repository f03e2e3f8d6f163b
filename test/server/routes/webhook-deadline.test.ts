import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CreatedOrder } from '../../../src/server/index.js';
import {
  atPaymentPage,
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

/** A shop with a paid session, whose webhooks the tests deliver. */
async function paidShop(options: ShopOptions = {}) {
  const orders: CreatedOrder[] = [];
  const shop = openShop({
    webhookUrl: undefined,
    onOrderCreated: (order) => void orders.push(order),
    ...options,
  });
  const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
  await atPaymentPage(shop, checkout_url, 'pay');
  return { shop, orders, event: { type: 'order.created', data: { checkout_id } } };
}

/** A delivery whose body comes bit by bit. */
function streamed(body: ReadableStream, headers: Headers): Request {
  const init = { method: 'POST', headers, body, duplex: 'half' };
  return new Request(`${ENDPOINT}/webhook`, init);
}

describe('the five seconds of a webhook', () => {
  it('are kept when the provider does not confirm; the order is fulfilled once it does', async (t) => {
    const asked = deferred();
    const gate = deferred();
    let isSlow = false;
    const { shop, orders, event } = await paidShop({
      async network(_, pass) {
        if (isSlow) {
          asked.resolve();
          await gate.promise;
        }
        return pass();
      },
    });
    isSlow = true;
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const answer = shop.handler(await delivery(event));
    await asked.promise;
    t.mock.timers.tick(4000);
    assert.equal((await answer).status, 503);
    assert.equal(orders.length, 0);
    gate.resolve();
    await settle();
    assert.equal(orders.length, 1);
  });

  it('count from the first byte: a slow body leaves the hook less time', async (t) => {
    const hooked = deferred();
    const { shop, event } = await paidShop({
      onOrderCreated: () => {
        hooked.resolve();
        return new Promise(() => {});
      },
    });
    const begun = deferred();
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
          begun.resolve();
          return new Promise(() => {});
        },
      },
      // Nobody pulls before the handler does.
      { highWaterMark: 0 },
    );
    t.mock.timers.enable({ apis: ['setTimeout', 'Date'], now: Date.now() });
    const answer = shop.handler(streamed(body, request.headers));
    await begun.promise;
    t.mock.timers.tick(3000);
    send!();
    await hooked.promise;
    t.mock.timers.tick(1000);
    assert.equal((await answer).status, 503);
  });

  it('end with a 408 for a body that does not come', async (t) => {
    const begun = deferred();
    const body = new ReadableStream(
      {
        pull: () => {
          begun.resolve();
          return new Promise(() => {});
        },
      },
      { highWaterMark: 0 },
    );
    const shop = openShop();
    const { headers } = await delivery(EVENT);
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const answer = shop.handler(streamed(body, headers));
    await begun.promise;
    t.mock.timers.tick(4000);
    assert.equal((await answer).status, 408);
  });
});

import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { CreatedOrder } from '../../../src/server/index.js';
import {
  atPaymentPage,
  deferred,
  delivery,
  ENDPOINT,
  openShop,
  press,
  problemIn,
  sessionOf,
  settle,
  WEBHOOK_SECRET,
  type ShopOptions,
} from '../fixtures.js';

const NOW = 1_795_694_400;
const EVENT = { type: 'order.created', data: { checkout_id: 'cs_1' } };

/** What the sender and the merchant are told of a delivery that is refused. */
async function refusalOf(request: Request | Promise<Request>) {
  const shop = openShop({ onOrderCreated: () => assert.fail('it was fulfilled') });
  const response = await shop.handler(await request);
  const { code, detail } = await problemIn(response);
  const [told] = shop.events;
  assert.ok(told?.type === 'answer' && told.status === 401 && shop.events.length === 1);
  // Whoever reads the log alone gets the same sentence.
  if (told.setup) assert.equal(told.setup, detail);
  return { status: response.status, code, detail: detail ?? '', webhook: told.webhook, setup: told.setup };
}

function bare(headers: Record<string, string>): Request {
  const type = { 'content-type': 'application/json' };
  return new Request(`${ENDPOINT}/webhook`, { method: 'POST', headers: { ...type, ...headers }, body: '{}' });
}

/** Makes the clock stand still at NOW. */
const stop = (t: TestContext) => t.mock.timers.enable({ apis: ['Date'], now: NOW * 1000 });

describe('the 401 of a webhook, and its event', () => {
  it('say that no proof came at all', async () => {
    for (const headers of [{}, { authorization: 'Basic YTpi' }] as Record<string, string>[]) {
      const { code, detail, webhook } = await refusalOf(bare(headers));
      assert.equal(code, 'bad_request');
      assert.match(
        detail,
        /^no X-Gale-Signature and no bearer came with it: .*proxy_set_header X-Gale-Signature/,
      );
      assert.deepEqual(webhook, { fault: 'missing' });
    }
  });

  it('say that the header has another form', async () => {
    for (const signature of ['t=,v1=', `sha256=${'a'.repeat(64)}`, `t=${NOW}`]) {
      const { detail, webhook } = await refusalOf(bare({ 'x-gale-signature': signature }));
      assert.match(detail, /is not t=<unix seconds>,v1=/);
      assert.deepEqual(webhook, { fault: 'malformed' });
    }
  });

  it('say that the secret is another, for a signature and for a bearer', async () => {
    for (const request of [
      delivery(EVENT, { secret: 'whsec_another' }),
      bare({ authorization: 'Bearer x' }),
    ]) {
      const { detail, webhook } = await refusalOf(request);
      assert.match(
        detail,
        /^its secret is not webhookSecret, or its body.*: .*webhookSecret: process\.env\.HSA_WEBHOOK_SECRET$/,
      );
      assert.deepEqual(webhook, { fault: 'wrong_secret' });
    }
  });

  for (const [at, fault, words] of [
    [
      NOW - 301,
      'too_old',
      /301 s old; 300 s are allowed: the clocks are too far apart: .*timedatectl set-ntp true$/,
    ],
    [NOW - 86_400, 'too_old', /86400 s old/],
    [NOW + 301, 'too_new', /301 s ahead of this clock; 300 s are allowed/],
  ] as const)
    it(`say by how much the clocks differ, when it is ${at - NOW} s`, async (t) => {
      stop(t);
      const { detail, webhook } = await refusalOf(delivery(EVENT, { at }));
      assert.match(detail, words);
      assert.deepEqual(webhook, { fault, offS: Math.abs(at - NOW) });
    });

  it('say nothing about clocks to a forger', async (t) => {
    stop(t);
    const { detail, webhook } = await refusalOf(delivery(EVENT, { secret: 'whsec_another', at: 1 }));
    assert.doesNotMatch(detail, /clock| s old/);
    assert.deepEqual(webhook, { fault: 'wrong_secret' });
  });

  it('hold no secret and nothing that was sent', async (t) => {
    stop(t);
    const sent = delivery({ ...EVENT, email: 'ada@example.com' }, { at: NOW - 999 });
    const signature = (await sent).headers.get('x-gale-signature')!;
    const text = JSON.stringify(await refusalOf(sent));
    for (const word of [WEBHOOK_SECRET, signature.slice(-64), 'ada@']) assert.ok(!text.includes(word), word);
  });
});

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

import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { CreatedOrder } from '../../../../src/server/index.js';
import {
  submitPaymentPage,
  delivery,
  ENDPOINT,
  openShop,
  press,
  problemIn,
  sessionOf,
  WEBHOOK_SECRET,
  type Shop,
  type ShopOptions,
} from '../../fixtures.js';

/** Creates a shop with one paid session. The sandbox sends no webhooks; the tests deliver them. */
async function paidShop(options: ShopOptions = {}) {
  const orders: CreatedOrder[] = [];
  const shop = openShop({
    webhookUrl: undefined,
    onOrderCreated: (order) => void orders.push(order),
    ...options,
  });
  const { checkout_id, checkout_url } = await sessionOf(await shop.handler(press()));
  await submitPaymentPage(shop, checkout_url, 'pay');
  const order_id = shop.sandbox.orders[0]?.id;
  const event = { id: 'evt_1', type: 'order.created', data: { checkout_id, ...(order_id && { order_id }) } };
  return { shop, orders, event };
}

/** Delivers a webhook, and returns the status and the outcome of the response. */
async function deliver({ handler }: Shop, request: Request | Promise<Request>) {
  const response = await handler(await request);
  const text = await response.text();
  return { status: response.status, outcome: JSON.parse(text).outcome as string | undefined };
}

describe('authentication of a Gale webhook', () => {
  const secret = WEBHOOK_SECRET;
  const hex = 'a'.repeat(64);
  const now = Math.floor(Date.now() / 1000);
  const refusedHeaders: [string, Record<string, string>][] = [
    ['without a signature', {}],
    ['with an empty signature', { 'x-gale-signature': '' }],
    ['with an empty list', { 'x-gale-signature': ',,,' }],
    ['with a signature without a time', { 'x-gale-signature': `v1=${hex}` }],
    ['with a time without a signature', { 'x-gale-signature': `t=${now}` }],
    ['with an oversized signature', { 'x-gale-signature': `t=${now},v1=${hex.repeat(500)}` }],
    ['with thousands of signatures', { 'x-gale-signature': `t=${now}${`,v1=${hex}`.repeat(200)}` }],
    ['with a forged signature', { 'x-gale-signature': `t=${now},v1=${hex}` }],
    ['with an unknown version', { 'x-gale-signature': `t=${now},v0=${hex}` }],
    ['with a wrong bearer', { authorization: 'Bearer whsec_other' }],
    ['with an incomplete bearer', { authorization: `Bearer ${secret.slice(0, -1)}` }],
    ['with an empty bearer', { authorization: 'Bearer ' }],
    ['with the secret in another scheme', { authorization: `Basic ${secret}` }],
  ];
  for (const [headersCase, headers] of refusedHeaders)
    it(`refuses a delivery ${headersCase} before it parses the JSON`, async () => {
      const { shop } = await paidShop();
      const callsBefore = shop.calls.length;
      const request = new Request(`${ENDPOINT}/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{',
      });
      assert.equal((await deliver(shop, request)).status, 401);
      assert.equal(shop.calls.length, callsBefore);
    });

  it('accepts any of several signatures under any of several secrets', async () => {
    const { shop, event } = await paidShop({ webhookSecret: ['whsec_new', 'whsec_old'] });
    const signed = await delivery(event, { secret: 'whsec_old' });
    const [t, v1] = signed.headers.get('x-gale-signature')!.split(',');
    signed.headers.set('x-gale-signature', `${t}, v1=${hex}, v0=x, ${v1}`);
    assert.equal((await deliver(shop, signed)).status, 200);
    assert.equal((await deliver(shop, delivery(event, { secret: 'whsec_new' }))).status, 200);
    const bearer = await delivery(event, { secret: 'no', headers: { authorization: 'Bearer whsec_old' } });
    assert.equal((await deliver(shop, bearer)).status, 200);
  });

  it('accepts the secret as a bearer token, and confirms the payment with the provider', async () => {
    const { shop, orders, event } = await paidShop();
    const send = (body: unknown) =>
      new Request(`${ENDPOINT}/webhook`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
        body: JSON.stringify(body),
      });
    const forged = { ...event, data: { checkout_id: 'cs_forged' } };
    assert.equal((await deliver(shop, send(forged))).outcome, 'unknown_checkout');
    assert.equal((await deliver(shop, send(event))).outcome, 'fulfilled');
    assert.equal(orders.length, 1);
  });

  it('refuses bytes that are not UTF-8', async () => {
    const { shop, orders } = await paidShop();
    const bytes = new Request(`${ENDPOINT}/webhook`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: new Uint8Array([0xff, 0xfe]),
    });
    assert.equal((await deliver(shop, bytes)).status, 400);
    assert.equal(orders.length, 0);
  });
});

const NOW = 1_795_694_400;
const EVENT = { type: 'order.created', data: { checkout_id: 'cs_1' } };

/** Delivers a webhook that must be refused. Returns the 401's problem and the event. */
async function refusalOf(request: Request | Promise<Request>) {
  const shop = openShop({ onOrderCreated: () => assert.fail('onOrderCreated was called') });
  const response = await shop.handler(await request);
  const { code, detail } = await problemIn(response);
  const [event] = shop.events;
  assert.ok(event?.type === 'answer' && event.status === 401 && shop.events.length === 1);
  // The log has the same sentence as the response.
  if (event.setup) assert.equal(event.setup, detail);
  return { status: response.status, code, detail: detail ?? '', webhook: event.webhook, setup: event.setup };
}

function unsignedDelivery(headers: Record<string, string>): Request {
  const type = { 'content-type': 'application/json' };
  return new Request(`${ENDPOINT}/webhook`, { method: 'POST', headers: { ...type, ...headers }, body: '{}' });
}

/** Stops the clock at NOW. */
const stopClock = (t: TestContext) => t.mock.timers.enable({ apis: ['Date'], now: NOW * 1000 });

describe('refused Gale webhook', () => {
  it('has a 401 and an event that state the missing headers', async () => {
    for (const headers of [{}, { authorization: 'Basic YTpi' }] as Record<string, string>[]) {
      const { code, detail, webhook } = await refusalOf(unsignedDelivery(headers));
      assert.equal(code, 'bad_request');
      assert.match(
        detail,
        /^no X-Gale-Signature and no bearer came with it: .*proxy_set_header X-Gale-Signature/,
      );
      assert.deepEqual(webhook, { fault: 'missing' });
    }
  });

  it('has a 401 and an event that state the expected format of the header', async () => {
    for (const signature of ['t=,v1=', `sha256=${'a'.repeat(64)}`, `t=${NOW}`]) {
      const { detail, webhook } = await refusalOf(unsignedDelivery({ 'x-gale-signature': signature }));
      assert.match(detail, /is not t=<unix seconds>,v1=/);
      assert.deepEqual(webhook, { fault: 'malformed' });
    }
  });

  it('has a 401 and an event that state the wrong secret, for a signature and for a bearer', async () => {
    for (const request of [
      delivery(EVENT, { secret: 'whsec_another' }),
      unsignedDelivery({ authorization: 'Bearer x' }),
    ]) {
      const { detail, webhook } = await refusalOf(request);
      assert.match(
        detail,
        /^its secret is not webhookSecret, or its body.*: .*webhookSecret: process\.env\.HSA_WEBHOOK_SECRET$/,
      );
      assert.deepEqual(webhook, { fault: 'wrong_secret' });
    }
  });

  for (const [at, fault, message] of [
    [
      NOW - 301,
      'too_old',
      /301 s old; 300 s are allowed: the clocks are too far apart: .*timedatectl set-ntp true$/,
    ],
    [NOW - 86_400, 'too_old', /86400 s old/],
    [NOW + 301, 'too_new', /301 s ahead of this clock; 300 s are allowed/],
  ] as const)
    it(`has a 401 and an event that state a clock difference of ${at - NOW} s`, async (t) => {
      stopClock(t);
      const { detail, webhook } = await refusalOf(delivery(EVENT, { at }));
      assert.match(detail, message);
      assert.deepEqual(webhook, { fault, offS: Math.abs(at - NOW) });
    });

  it('has a 401 without the time when the secret is wrong', async (t) => {
    stopClock(t);
    const { detail, webhook } = await refusalOf(delivery(EVENT, { secret: 'whsec_another', at: 1 }));
    assert.doesNotMatch(detail, /clock| s old/);
    assert.deepEqual(webhook, { fault: 'wrong_secret' });
  });

  it('has a 401 and an event without the secret and without data of the delivery', async (t) => {
    stopClock(t);
    const sent = delivery({ ...EVENT, email: 'ada@example.com' }, { at: NOW - 999 });
    const signature = (await sent).headers.get('x-gale-signature')!;
    const text = JSON.stringify(await refusalOf(sent));
    for (const privateText of [WEBHOOK_SECRET, signature.slice(-64), 'ada@'])
      assert.ok(!text.includes(privateText), privateText);
  });
});

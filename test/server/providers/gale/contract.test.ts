import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openShop, otherProvider, press, problemIn, type ShopOptions } from '../../fixtures.js';

const SESSION = { checkout_id: 'cs_1', checkout_url: 'https://sandbox.example/pay/cs_1', status: 'open' };
const answering = (body: unknown, status = 201): ShopOptions => ({
  network: () =>
    typeof body === 'string' ? new Response(body, { status }) : Response.json(body, { status }),
});

describe('an answer of the provider that breaks its contract', () => {
  const cases: { what: string; options: ShopOptions; reason: string; path?: string }[] = [
    {
      what: 'a payment page on another host',
      options: answering({ ...SESSION, checkout_url: 'https://elsewhere.example/pay' }),
      reason: 'checkout_url_not_allowed',
      path: 'checkout_url',
    },
    {
      what: 'a payment page on another host, of another processor',
      options: { provider: otherProvider('https://elsewhere.example/pay') },
      reason: 'checkout_url_not_allowed',
      path: 'checkout_url',
    },
    {
      what: 'no checkout_id',
      options: answering({ ...SESSION, checkout_id: undefined }),
      reason: 'field_missing',
      path: 'checkout_id',
    },
    {
      what: 'a number for a checkout_id',
      options: answering({ ...SESSION, checkout_id: 1 }),
      reason: 'field_invalid',
      path: 'checkout_id',
    },
    { what: 'a page', options: answering('<!doctype html>'), reason: 'not_json' },
    { what: 'a status that it does not document', options: answering({}, 418), reason: 'unexpected_status' },
  ];
  for (const { what, options, reason, path } of cases)
    it(`is told to onEvent by its reason: ${what}`, async () => {
      const shop = openShop(options);
      assert.equal((await shop.handler(press())).status, 502);
      const event = shop.events.find(({ type }) => type === 'answer');
      assert.ok(event?.type === 'answer');
      assert.equal(event.code, 'provider_contract');
      assert.deepEqual([event.cause?.reason, event.cause?.path], [reason, path]);
    });

  for (const [what, options, line] of [
    ['the provider', cases[0]!.options, 'its host into checkoutHosts of createProvider'],
    ['another processor', cases[1]!.options, 'its host into checkoutHosts of createProvider'],
    [
      'a sandbox on this machine',
      answering({ ...SESSION, checkout_url: 'http://localhost:3000/pay' }),
      "checkoutHosts: ['sandbox.example', 'localhost:3000'] in createProvider",
    ],
  ] as const)
    it(`names the line that lists the host of a payment page, in the answer and in onEvent: ${what}`, async () => {
      const shop = openShop(options);
      const { detail } = await problemIn(await shop.handler(press()));
      assert.equal(
        detail,
        `the host of checkout_url is not allowed: if it is your provider's, write ${line}`,
      );
      const event = shop.events.find(({ type }) => type === 'answer');
      assert.ok(event?.type === 'answer');
      assert.equal(event.setup, detail);
    });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openShop, otherProvider, press, problemIn, type ShopOptions } from '../../fixtures.js';

const SESSION = { checkout_id: 'cs_1', checkout_url: 'https://sandbox.example/pay/cs_1', status: 'open' };
const respondingWith = (body: unknown, status = 201): ShopOptions => ({
  network: () =>
    typeof body === 'string' ? new Response(body, { status }) : Response.json(body, { status }),
});

describe('provider response that breaks the contract', () => {
  const cases: { fault: string; options: ShopOptions; reason: string; path?: string }[] = [
    {
      fault: 'a payment page on another host',
      options: respondingWith({ ...SESSION, checkout_url: 'https://elsewhere.example/pay' }),
      reason: 'checkout_url_not_allowed',
      path: 'checkout_url',
    },
    {
      fault: 'a payment page on another host, from another Provider',
      options: { provider: otherProvider('https://elsewhere.example/pay') },
      reason: 'checkout_url_not_allowed',
      path: 'checkout_url',
    },
    {
      fault: 'no checkout_id',
      options: respondingWith({ ...SESSION, checkout_id: undefined }),
      reason: 'field_missing',
      path: 'checkout_id',
    },
    {
      fault: 'a number as checkout_id',
      options: respondingWith({ ...SESSION, checkout_id: 1 }),
      reason: 'field_invalid',
      path: 'checkout_id',
    },
    { fault: 'an HTML page', options: respondingWith('<!doctype html>'), reason: 'not_json' },
    { fault: 'an undocumented status', options: respondingWith({}, 418), reason: 'unexpected_status' },
  ];
  for (const { fault, options, reason, path } of cases)
    it(`is reported to onEvent with a reason when it has ${fault}`, async () => {
      const shop = openShop(options);
      assert.equal((await shop.handler(press())).status, 502);
      const event = shop.events.find(({ type }) => type === 'answer');
      assert.ok(event?.type === 'answer');
      assert.equal(event.code, 'provider_contract');
      assert.deepEqual([event.cause?.reason, event.cause?.path], [reason, path]);
    });

  for (const [providerCase, options, line] of [
    ['the provider', cases[0]!.options, 'its host into checkoutHosts of createProvider'],
    ['another Provider', cases[1]!.options, 'its host into checkoutHosts of createProvider'],
    [
      'a sandbox on this machine',
      respondingWith({ ...SESSION, checkout_url: 'http://localhost:3000/pay' }),
      "checkoutHosts: ['sandbox.example', 'localhost:3000'] in createProvider",
    ],
  ] as const)
    it(`has the line that allows its host in the response and in onEvent, for ${providerCase}`, async () => {
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

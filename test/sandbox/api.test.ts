import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CheckoutSession, ProviderError, validate } from '../../src/contract/index.js';
import { call, DAY_MS, open, requestFor, start, START, state } from './fixtures.js';

async function refusal(response: Response) {
  return { status: response.status, ...validate(ProviderError, await response.json()).value! };
}

describe('POST /checkout of the sandbox', () => {
  it('returns a session of the contract, with a payment page under its own prefix', async () => {
    const sandbox = start();
    const response = await sandbox.fetch(
      new Request('http://localhost:1234/some/sandbox/v2/checkout', {
        method: 'POST',
        headers: { authorization: 'Bearer glm_test_demo' },
        body: JSON.stringify(requestFor()),
      }),
    );
    const session = validate(CheckoutSession, await response.json()).value!;
    assert.equal(response.ok, true);
    assert.equal(session.checkout_url, `http://localhost:1234/some/sandbox/pay/${session.checkout_id}`);
    assert.equal(session.status, 'open');
    assert.equal(Date.parse(session.expires_at!), START + DAY_MS);
  });

  it('has its payment pages at publicOrigin, where a dev server passes its paths on', async () => {
    const sandbox = start({ publicOrigin: 'http://localhost:5173' });
    const response = await sandbox.fetch(
      new Request('http://localhost:3000/sandbox/v2/checkout', {
        method: 'POST',
        headers: { authorization: 'Bearer glm_test_demo' },
        body: JSON.stringify(requestFor()),
      }),
    );
    const session = validate(CheckoutSession, await response.json()).value!;
    assert.equal(session.checkout_url, `http://localhost:5173/sandbox/pay/${session.checkout_id}`);
  });

  it('throws at the start if publicOrigin is not an exact origin', () => {
    for (const publicOrigin of [
      'localhost:5173',
      'http://localhost:5173/',
      'http://localhost:5173/shop',
      '',
      '//x',
    ])
      assert.throws(() => start({ publicOrigin }), {
        name: 'TypeError',
        message: /^createSandbox: publicOrigin takes an exact origin such as "http:\/\/localhost:5173"/,
      });
  });

  const divisions = [
    { ids: ['monitor'], type: 'eligible', hsa: 5905, regular: 0 },
    { ids: ['massage'], type: 'eligible', hsa: 13810, regular: 0 },
    { ids: ['monitor', 'vitamins'], type: 'split', hsa: 4995, regular: 2909 },
    { ids: ['vitamins'], type: 'regular', hsa: 0, regular: 2909 },
  ];
  for (const { ids, type, hsa, regular } of divisions)
    it(`splits a cart of ${ids.join(' and ')} as ${type}`, async () => {
      const session = await open(start(), requestFor(ids, { shipping: 500, tax: 610, discount: 200 }));
      assert.equal(session.type, type);
      assert.equal(session.amounts!.hsa_amount, hsa);
      assert.equal(session.amounts!.regular_amount, regular);
      assert.equal(session.amounts!.total, hsa + regular);
    });

  it('lowers the HSA/FSA part by a discount that is larger than the rest, never below zero', async () => {
    const { amounts } = await open(start(), requestFor(undefined, { discount: 3000 }));
    assert.deepEqual(amounts, { subtotal: 6994, hsa_amount: 3994, regular_amount: 0, total: 3994 });
  });

  it('refuses a missing field with 400, and names its path', async () => {
    const { customer: _, ...body } = requestFor();
    const { status, code, message } = await refusal(await call(start(), 'POST', '/checkout', body));
    assert.deepEqual([status, code], [400, 'bad_request']);
    assert.match(message, /customer/);
  });

  it('refuses a body that is not JSON or not an object', async () => {
    for (const body of ['{"reference_id":', 'null', '[]']) {
      const { status, code } = await refusal(await call(start(), 'POST', '/checkout', body));
      assert.deepEqual([status, code], [400, 'bad_request'], body);
    }
  });

  const line = requestFor().line_items[0]!;
  const invalid = {
    'a price in dollars': [{ line_items: [{ ...line, price: 49.95 }] }, 'line_items[0].price'],
    'a product that was never synced': [requestFor(['ghost']), 'line_items[0].product_id'],
    'two currencies': [{ line_items: [line, { ...line, currency: 'EUR' }] }, 'line_items[1].currency'],
    'a discount beyond the total': [{ discount: 999_999 }, 'discount'],
  } as const;
  for (const [what, [change, path]] of Object.entries(invalid))
    it(`refuses ${what}, and the older format names the field`, async () => {
      const body = { ...requestFor(), ...change };
      const current = await refusal(await call(start(), 'POST', '/checkout', body));
      assert.deepEqual([current.status, current.code], [422, 'validation_error']);
      const older = await refusal(await call(start({ envelope: 'older' }), 'POST', '/checkout', body));
      assert.deepEqual(
        older.fields.map((field) => field.path),
        [path],
      );
    });

  it('wraps a session in the older format, which the contract can read', async () => {
    const response = await call(start({ envelope: 'older' }), 'POST', '/checkout', requestFor());
    assert.equal(validate(CheckoutSession, await response.json()).value!.type, 'split');
  });

  const keys: Record<string, Record<string, string>> = {
    'no key': { authorization: '' },
    'a live key': { authorization: 'Bearer glm_live_1' },
    'a bare key': { authorization: 'glm_test_demo' },
    'another test key than its own': { authorization: 'Bearer glm_test_other' },
  };
  for (const [what, headers] of Object.entries(keys))
    it(`refuses ${what}`, async () => {
      const response = await call(
        start({ apiKey: 'glm_test_demo' }),
        'POST',
        '/checkout',
        requestFor(),
        headers,
      );
      const { status, code } = await refusal(response);
      assert.deepEqual([status, code], [401, 'unauthorized']);
    });
});

describe('GET /checkout/{id} of the sandbox', () => {
  it('returns an open session without an order', async () => {
    const sandbox = start();
    const { checkout_id, expires_at } = await open(sandbox);
    const shown = await state(sandbox, checkout_id);
    assert.equal(shown.status, 'open');
    assert.equal(shown.reference_id, 'order-1001');
    assert.equal(shown.order_id, null);
    assert.equal(shown.expires_at, expires_at);
  });

  it('expires a session after 24 hours, not before', async () => {
    const sandbox = start();
    const { checkout_id, expires_at } = await open(sandbox);
    await sandbox.advance(DAY_MS - 1);
    assert.equal((await state(sandbox, checkout_id)).status, 'open');
    await sandbox.advance(1);
    const shown = await state(sandbox, checkout_id);
    assert.equal(shown.status, 'expired');
    assert.equal(shown.expired_at, expires_at);
    assert.equal(shown.reason, undefined);
  });

  it('returns 404 for an unknown session and an unknown path', async () => {
    for (const path of ['/checkout/cs_none', '/refunds'])
      assert.equal((await call(start(), 'GET', path)).status, 404, path);
  });
});

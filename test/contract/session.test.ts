import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { CheckoutSession, SessionState, SessionStatus, validate } from '../../src/contract/index.js';

const session = {
  checkout_id: 'chk_1',
  checkout_url: 'https://checkout.withgale.com/c/chk_1',
  status: 'open',
  expires_at: '2026-11-24T12:00:00Z',
};
const amounts = { subtotal: 8993, hsa_amount: 4995, regular_amount: 3998, total: 9903 };
const state = (fields: object) => {
  const { checkout_id: _, ...rest } = SessionState.parse({ checkout_id: 'chk_1', ...fields });
  return JSON.parse(JSON.stringify(rest));
};

describe('a new session', () => {
  test('may be wrapped, with a type and amounts', () => {
    const data = { ...session, type: 'split', amounts };
    assert.deepEqual(CheckoutSession.parse({ success: true, data }), data);
  });

  test('is not unwrapped from a response with `success: false`', () => {
    for (const body of [
      { success: false, data: session },
      { data: session },
      { success: 'true', data: session },
    ])
      assert.equal(CheckoutSession.safeParse(body).success, false);
  });

  test('unknown fields are dropped', () => {
    assert.deepEqual(CheckoutSession.parse({ ...session, object: 'checkout', customer: {} }), session);
  });

  test('an unknown type, and amounts that are not cents, are left out, and the session is accepted', () => {
    const { type, amounts: read } = CheckoutSession.parse({
      ...session,
      type: 'partial',
      amounts: { ...amounts, total: 99.03, subtotal: '8993' },
    });
    assert.equal(type, undefined);
    assert.deepEqual(JSON.parse(JSON.stringify(read)), { hsa_amount: 4995, regular_amount: 3998 });
    assert.equal(CheckoutSession.parse({ ...session, amounts: 'none' }).amounts, undefined);
  });

  test('an id is 1 to 128 letters, digits, dashes and underscores', () => {
    for (const checkout_id of ['a', 'chk_1-A', 'x'.repeat(128)])
      assert.equal(CheckoutSession.safeParse({ ...session, checkout_id }).success, true);
    for (const checkout_id of ['', 'a/b', '../a', 'a b', 'a\n', 'é', '<b>', 'a?b', '%61', 'x'.repeat(129)])
      assert.deepEqual(
        validate(CheckoutSession, { ...session, checkout_id }).violations.map(({ path }) => path),
        ['checkout_id'],
      );
  });

  test('no other body is a session, and none makes the check throw', () => {
    const odd = [undefined, null, 7, 'ok', [], {}, { success: true }, { success: true, data: null }];
    for (const body of [
      ...odd,
      { success: true, data: [] },
      { ...session, checkout_url: { length: { toString: 1 } } },
    ])
      assert.equal(CheckoutSession.safeParse(body).success, false);
    fc.assert(fc.property(fc.json(), (json) => !CheckoutSession.safeParse(JSON.parse(json)).success));
  });
});

describe('the status of a session', () => {
  const SPELLINGS: Record<string, string[]> = {
    open: ['open', 'pending', 'UNPAID', 'OPEN', 'requires_action', 'prepaid', '', '__proto__'],
    paid: ['paid', 'PAID', 'complete', 'completed', 'COMPLETED'],
    expired: ['expired', 'EXPIRED', 'failed', 'cancelled', 'canceled', 'CANCELLED', 'REFUNDED'],
  };
  for (const [status, spellings] of Object.entries(SPELLINGS))
    for (const spelling of spellings)
      test(`"${spelling}" is ${status}`, () => {
        assert.equal(SessionStatus.parse(spelling), status);
        assert.equal(SessionState.parse({ checkout_id: 'chk_1', status: spelling }).status, status);
        assert.equal(CheckoutSession.parse({ ...session, status: spelling }).status, status);
      });

  test('a value that is not a text is a violation, not a status', () => {
    for (const value of [undefined, null, 1, true, ['paid'], {}])
      assert.equal(SessionStatus.safeParse(value).success, false);
  });

  test('a closed session has the reason of its status or of its field `reason`', () => {
    assert.deepEqual(state({ status: 'CANCELLED' }), { status: 'expired', reason: 'cancelled' });
    assert.deepEqual(state({ status: 'expired', reason: 'REFUNDED' }), {
      status: 'expired',
      reason: 'refunded',
    });
    assert.deepEqual(state({ status: 'expired', reason: 'failed' }), { status: 'expired', reason: 'failed' });
    assert.deepEqual(state({ status: 'expired', reason: 'weather' }), { status: 'expired' });
  });

  test('a reason never makes a session paid, nor an open one closed', () => {
    assert.deepEqual(state({ status: 'expired', reason: 'paid' }), { status: 'expired' });
    assert.deepEqual(state({ status: 'open', reason: 'failed' }), { status: 'open' });
    assert.deepEqual(state({ status: 'paid', reason: 'refunded' }), { status: 'paid' });
  });

  test("the order's id is read from either form, and is absent before the order exists", () => {
    assert.equal(state({ status: 'paid', order_id: 'ord_1' }).order_id, 'ord_1');
    assert.equal(state({ status: 'paid', order: { id: 'ord_2', amount: 9903 } }).order_id, 'ord_2');
    assert.equal(state({ status: 'paid', order_id: 'ord_1', order: { id: 'ord_2' } }).order_id, 'ord_1');
    assert.equal('order_id' in state({ status: 'open', order_id: null, order: null }), false);
  });

  test('is read wrapped too, with its times', () => {
    const data = {
      status: 'PAID',
      reference_id: 'order-1001',
      paid_at: '2026-11-23T12:00:00Z',
      expired_at: 'never',
    };
    assert.deepEqual(
      SessionState.parse({ success: true, data: { checkout_id: 'chk_1', ...data } }).status,
      'paid',
    );
    assert.deepEqual(state(data), {
      status: 'paid',
      reference_id: 'order-1001',
      paid_at: '2026-11-23T12:00:00Z',
    });
  });
});

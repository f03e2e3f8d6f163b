import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { closedReason, sessionStatus } from '../../src/core/index.js';

const SPELLINGS: Record<string, { status: string; reason?: string }> = {
  open: { status: 'open' },
  pending: { status: 'open' },
  UNPAID: { status: 'open' },
  paid: { status: 'paid' },
  PAID: { status: 'paid' },
  complete: { status: 'paid' },
  completed: { status: 'paid' },
  expired: { status: 'expired' },
  EXPIRED: { status: 'expired' },
  failed: { status: 'expired', reason: 'failed' },
  cancelled: { status: 'expired', reason: 'cancelled' },
  CANCELLED: { status: 'expired', reason: 'cancelled' },
  canceled: { status: 'expired', reason: 'cancelled' },
  REFUNDED: { status: 'expired', reason: 'refunded' },
};
for (const [spelling, expected] of Object.entries(SPELLINGS))
  test(`${spelling} is ${Object.values(expected).join(', ')}`, () => {
    assert.equal(sessionStatus(spelling), expected.status);
    assert.equal(closedReason(spelling), expected.reason);
  });

test('every unknown text is open', () => {
  for (const spelling of [
    '',
    'requires_action',
    'unpaid',
    'paid ',
    'prepaid',
    'not paid',
    'constructor',
    '__proto__',
    'toString',
  ])
    assert.deepEqual([sessionStatus(spelling), closedReason(spelling)], ['open', undefined], spelling);
});

test('a value that is not a text is open, and never paid', () => {
  const odd = [
    undefined,
    null,
    0,
    1,
    true,
    {},
    [],
    ['paid'],
    Symbol('paid'),
    Object.create(null),
    new String('paid'),
  ];
  for (const value of [...odd, { toString: () => 'paid' }, JSON.parse('{"toString":1}')])
    assert.deepEqual([sessionStatus(value), closedReason(value)], ['open', undefined]);
});

test('only the three spellings of paid are paid, in any case', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.anything()), (spelling) =>
      assert.equal(
        sessionStatus(spelling) === 'paid',
        typeof spelling === 'string' && /^(paid|completed?)$/i.test(spelling),
      ),
    ),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { sessionStatus } from '../../src/core/index.js';

const SPELLINGS: Record<string, ReturnType<typeof sessionStatus>> = {
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
    assert.deepEqual(sessionStatus(spelling), expected);
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
    assert.deepEqual(sessionStatus(spelling), { status: 'open' }, spelling);
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
    assert.deepEqual(sessionStatus(value), { status: 'open' });
});

test('only the three spellings of paid are paid, in any case', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.anything()), (spelling) =>
      assert.equal(
        sessionStatus(spelling).status === 'paid',
        typeof spelling === 'string' && /^(paid|completed?)$/i.test(spelling),
      ),
    ),
  );
});

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { sessionStatus } from '../../src/core/index.js';

const WORDS: Record<string, ReturnType<typeof sessionStatus>> = {
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
for (const [word, expected] of Object.entries(WORDS))
  test(`${word} is ${Object.values(expected).join(', ')}`, () => {
    assert.deepEqual(sessionStatus(word), expected);
  });

test('every unknown word is open', () => {
  for (const word of [
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
    assert.deepEqual(sessionStatus(word), { status: 'open' }, word);
});

test('what is no word at all is open, and never paid', () => {
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
    fc.property(fc.oneof(fc.string(), fc.anything()), (word) =>
      assert.equal(
        sessionStatus(word).status === 'paid',
        typeof word === 'string' && /^(paid|completed?)$/i.test(word),
      ),
    ),
  );
});

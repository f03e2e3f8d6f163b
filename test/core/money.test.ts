import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { isCents, toCents } from '../../src/core/index.js';

test('converts every exact decimal to the cents that integer arithmetic gives', () => {
  const whole = fc.bigInt({ min: 0n, max: 90071992547408n });
  fc.assert(
    fc.property(whole, fc.nat(99), fc.nat(3), (units, rest, zeros) => {
      const text = `${'0'.repeat(zeros)}${units}.${String(rest).padStart(2, '0')}`;
      assert.equal(BigInt(toCents(text)), units * 100n + BigInt(rest));
    }),
  );
});

test('reads one decimal place as tens of cents, and none as whole dollars', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(9), (units, tens) => {
      assert.equal(toCents(`${units}.${tens}`), units * 100 + tens * 10);
      assert.equal(toCents(`${units}`), units * 100);
    }),
  );
});

test('gives the right cents where floating-point arithmetic does not', () => {
  assert.notEqual(19.99 * 100, 1999);
  assert.equal(toCents('19.99'), 1999);
  assert.notEqual(1.1 * 100, 110);
  assert.equal(toCents('1.1'), 110);
});

test('refuses an amount that is too large to be exact, and accepts the largest exact one', () => {
  assert.equal(toCents('90071992547409.91'), Number.MAX_SAFE_INTEGER);
  assert.throws(() => toCents('90071992547409.92'), RangeError);
  assert.throws(() => toCents('90071992547409.93'), RangeError);
  assert.throws(() => toCents('9'.repeat(400)), RangeError);
});

const NO_AMOUNTS = [
  ...['', ' ', '-1', '-0', '+1', '1.', '.5', '1.999', '1,99', '1,000.00', '$1', '1e2', '0x10', '1 ', ' 1'],
  ...['1.2.3', 'NaN', 'Infinity', '١', '１', '1\n', 'undefined', 'null'],
];
for (const text of NO_AMOUNTS)
  test(`refuses ${JSON.stringify(text)} as an amount`, () => {
    assert.throws(() => toCents(text), { name: 'RangeError', message: /expects a decimal string/ });
  });

test('refuses every text that is not digits with at most two places, without repeating it', () => {
  const message = 'toCents expects a decimal string such as "19.99"';
  fc.assert(
    fc.property(
      fc.string().filter((text) => !/^\d+(\.\d\d?)?$/.test(text)),
      (text) => assert.throws(() => toCents(text), { name: 'RangeError', message }),
    ),
  );
});

test('accepts only exact integers from zero up as cents', () => {
  for (const cents of [0, 1, 1999, Number.MAX_SAFE_INTEGER]) assert.equal(isCents(cents), true, `${cents}`);
  const others = [-0, -1, 0.5, 19.99 * 100, NaN, Infinity, -Infinity, 2 ** 53, '1999', null, undefined];
  for (const other of [...others, 1999n, [1], {}, true]) assert.equal(isCents(other), false, String(other));
});

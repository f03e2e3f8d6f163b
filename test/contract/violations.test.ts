import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { validate } from '../../src/contract/index.js';
import { dotPath } from '../../src/contract/violations.js';

test('a path has the form of the provider’s API', () => {
  assert.equal(dotPath([]), '$');
  assert.equal(dotPath(['tax']), 'tax');
  assert.equal(dotPath(['customer', 'email']), 'customer.email');
  assert.equal(dotPath(['line_items', 2, 'price']), 'line_items[2].price');
  assert.equal(dotPath([0, 'a', 1]), '[0].a[1]');
});

test('several issues of one path are one violation, the first', () => {
  const short = z.string().min(3, { error: 'expected more' }).regex(/^a/, { error: 'expected an a' });
  assert.deepEqual(validate(z.object({ x: short, y: short }), { x: 'b', y: 'ab' }).violations, [
    { path: 'x', code: 'too_small', message: 'expected more' },
    { path: 'y', code: 'too_small', message: 'expected more' },
  ]);
});

test('a missing value and null are required, NaN is of a wrong type', () => {
  const schema = z.object({ a: z.number(), b: z.number(), c: z.number() });
  assert.deepEqual(
    validate(schema, { b: null, c: NaN }).violations.map(({ path, code }) => `${path} ${code}`),
    ['a required', 'b required', 'c invalid_type'],
  );
});

test('a custom rule has the code `invalid_format`', () => {
  const even = z.number().refine((value) => value % 2 === 0, { error: 'expected an even number' });
  assert.deepEqual(validate(even, 3).violations, [
    { path: '$', code: 'invalid_format', message: 'expected an even number' },
  ]);
});

test('a valid value is returned as the schema transforms it, without violations', () => {
  const schema = z.object({ a: z.string().transform((text) => text.length) });
  assert.deepEqual(validate(schema, { a: 'abc', b: 1 }), { value: { a: 3 }, violations: [] });
});

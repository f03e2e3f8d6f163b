import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as z from 'zod';
import { validate } from '../../src/contract/index.js';
import { dotPath } from '../../src/contract/violations.js';

test('a path is written as the seed writes it', () => {
  assert.equal(dotPath([]), '$');
  assert.equal(dotPath(['tax']), 'tax');
  assert.equal(dotPath(['customer', 'email']), 'customer.email');
  assert.equal(dotPath(['line_items', 2, 'price']), 'line_items[2].price');
  assert.equal(dotPath([0, 'a', 1]), '[0].a[1]');
});

test('several complaints about one path are one violation, the first', () => {
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

test('a rule of our own speaks as a format', () => {
  const even = z.number().refine((value) => value % 2 === 0, { error: 'expected an even number' });
  assert.deepEqual(validate(even, 3).violations, [
    { path: '$', code: 'invalid_format', message: 'expected an even number' },
  ]);
});

test('a good value comes back as the schema makes it, with no violations', () => {
  const schema = z.object({ a: z.string().transform((text) => text.length) });
  assert.deepEqual(validate(schema, { a: 'abc', b: 1 }), { value: { a: 3 }, violations: [] });
});

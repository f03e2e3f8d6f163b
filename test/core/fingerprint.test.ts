import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { fingerprint } from '../../src/core/index.js';
import { exampleRequest } from '../support/fixtures.js';

test('is sixteen hexadecimal digits, the same for the same text', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      assert.match(fingerprint(text), /^[\da-f]{16}$/);
      assert.equal(fingerprint(text), fingerprint(`${text}`));
    }),
  );
});

test('has the published FNV-1a hash as its first half', () => {
  const published = { '': '811c9dc5', a: 'e40c292c', foobar: 'bf9cf968', 'chongo was here!\n': 'd49930d5' };
  for (const [text, half] of Object.entries(published)) assert.equal(fingerprint(text).slice(0, 8), half);
});

test('differs if any character differs', () => {
  const text = JSON.stringify(exampleRequest());
  const whole = fingerprint(text);
  for (let at = 0; at < text.length; at++) {
    for (const flip of [1, 2, 0x10, 0x40, 0x100, 0x8000]) {
      const other = String.fromCharCode(text.charCodeAt(at) ^ flip);
      assert.notEqual(fingerprint(text.slice(0, at) + other + text.slice(at + 1)), whole, `${at}`);
    }
    assert.notEqual(fingerprint(text.slice(0, at) + text.slice(at + 1)), whole, `${at} left out`);
  }
});

test('depends on the order of characters, and on the position of a null and of a repeated one', () => {
  const texts = [
    '',
    '\0',
    '\0\0',
    'a',
    'a\0',
    '\0a',
    'ab',
    'ba',
    'aab',
    'aba',
    'baa',
    'ā',
    '\ud800',
    '\udc00',
  ];
  assert.equal(new Set(texts.map(fingerprint)).size, texts.length);
});

test('differs for 100,000 similar carts', () => {
  const seen = new Set<string>();
  const halves = [new Set<string>(), new Set<string>()] as const;
  for (let price = 0; price < 100; price++)
    for (let quantity = 1; quantity <= 100; quantity++)
      for (let product = 0; product < 10; product++) {
        const product_id = `multivitamin-${product}`;
        const print = fingerprint(
          JSON.stringify({ line_items: [{ product_id, price: 1900 + price, quantity, currency: 'USD' }] }),
        );
        seen.add(print);
        halves[0].add(print.slice(0, 8));
        halves[1].add(print.slice(8));
      }
  assert.equal(seen.size, 100_000);
  // Each half alone is no worse than chance (1.2 expected): so both are useful.
  for (const half of halves) assert.ok(half.size > 99_950, `${half.size} of 100,000`);
});

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { hmacSha256, isHmacSha256 } from '../../src/contract/index.js';
import { fc } from '../support/property-runs.js';

const RUNS = { numRuns: Math.min(Number(process.env['FC_RUNS'] ?? 300), 20_000) };
const secret = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });
const message = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.uint8Array({ maxLength: 300 }),
  // A view of a part of a larger buffer, as Node's pooled buffers are.
  fc.uint8Array({ minLength: 4, maxLength: 300 }).map((bytes) => bytes.subarray(1, -2)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => {
    const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
    shared.set(bytes);
    return shared;
  }),
);
/** Node's own HMAC, as an oracle for the one of Web Crypto. */
const nodeHmac = (key: string, content: string | Uint8Array) =>
  new Uint8Array(createHmac('sha256', key).update(content).digest());

test('computes the HMAC-SHA256 of text and of bytes', async () => {
  await fc.assert(
    fc.asyncProperty(secret, message, async (key, content) => {
      const mac = await hmacSha256(key, content);
      assert.deepEqual(mac, nodeHmac(key, content));
      assert.equal(await isHmacSha256(key, content, mac), true);
    }),
    RUNS,
  );
});

test('refuses another secret, another message and a changed or shortened MAC', async () => {
  await fc.assert(
    fc.asyncProperty(secret, message, fc.nat(31), async (key, content, index) => {
      const mac = nodeHmac(key, content);
      const changed = mac.map((byte, i) => (i === index ? byte ^ 1 : byte));
      assert.equal(await isHmacSha256(`${key}!`, content, mac), false);
      assert.equal(await isHmacSha256(key, `other ${String(content)}`, mac), false);
      assert.equal(await isHmacSha256(key, content, changed), false);
      assert.equal(await isHmacSha256(key, content, mac.subarray(0, 31)), false);
    }),
    RUNS,
  );
});

test('imports each secret once, and again after many other secrets', async (t) => {
  const importKey = t.mock.method(crypto.subtle, 'importKey');
  const imports = async (key: string) => {
    const before = importKey.mock.callCount();
    assert.deepEqual(await hmacSha256(key, 'message'), nodeHmac(key, 'message'));
    return importKey.mock.callCount() - before;
  };
  assert.equal(await imports('kept'), 1);
  assert.equal(await imports('kept'), 0);
  for (let i = 0; i < 20; i++) await imports(`other ${i}`);
  assert.equal(await imports('kept'), 1);
});

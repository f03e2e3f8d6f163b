import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { fc } from '../support/property-runs.js';
import { deriveToken, digest, hmacHex } from '../../src/server/tokens.js';

const numRuns = Math.min(Number(process.env['FC_RUNS'] ?? 300), 20_000);
const text = fc.string({ unit: 'binary', maxLength: 300 });
const secret = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });

describe('tokens', () => {
  it('have the digest that Node computes', async () => {
    const property = fc.asyncProperty(text, async (value) => {
      assert.equal(await digest(value), createHash('sha256').update(value).digest('base64url'));
    });
    await fc.assert(property, { numRuns });
  });

  it('have the HMAC that Node computes, with different secrets in sequence', async () => {
    const property = fc.asyncProperty(secret, text, async (key, value) => {
      assert.equal(await hmacHex(key, value), createHmac('sha256', key).update(value).digest('hex'));
      const list = JSON.stringify(['purpose', value]);
      assert.equal(
        await deriveToken(key, 'purpose', value),
        createHmac('sha256', key).update(list).digest('base64url'),
      );
    });
    await fc.assert(property, { numRuns });
  });
});

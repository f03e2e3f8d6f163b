import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { fc } from '../support/property-runs.js';
import { hmacSha256, sha256 } from '../../src/server/sha256.js';

const numRuns = Math.min(Number(process.env['FC_RUNS'] ?? 300), 20_000);
const text = fc.string({ unit: 'binary', maxLength: 300 });
const secret = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 100 });
const encoding = fc.constantFrom('hex' as const, 'base64url' as const);

/** With the runtime's own crypto, and with what every runtime has. */
const WAYS = { 'of Node': undefined, 'of the Web platform': null } as const;

for (const [whose, node] of Object.entries(WAYS))
  describe(`the crypto ${whose}`, () => {
    it('makes a SHA-256', async () => {
      const property = fc.asyncProperty(text, encoding, async (value, written) => {
        const made = await sha256(value, written, node as undefined);
        assert.equal(made, createHash('sha256').update(value).digest(written));
      });
      await fc.assert(property, { numRuns });
    });

    it('makes an HMAC, for every secret its own', async () => {
      const property = fc.asyncProperty(secret, text, encoding, async (key, value, written) => {
        const made = await hmacSha256(key, value, written, node as undefined);
        assert.equal(made, createHmac('sha256', key).update(value).digest(written));
      });
      await fc.assert(property, { numRuns });
    });
  });

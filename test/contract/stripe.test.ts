import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fc } from '../support/property-runs.js';
import Stripe from 'stripe';
import { isSignedWebhook, signWebhook, WEBHOOK_TOLERANCE_S } from '../../src/contract/index.js';

// Stripe's webhooks have the same form of signature, so its library is an independent oracle.
const { webhooks } = new Stripe('sk_test_nothing_is_sent');
const { signature } = webhooks;
assert.ok(signature);

const NOW = 1_795_694_400;
const RUNS = { numRuns: Math.min(Number(process.env['FC_RUNS'] ?? 1000), 20_000) };

/** Any Unicode text with all kinds of line ends, but without unpaired surrogates, which UTF-8 cannot encode. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom('é', 'e\u0301', '👩‍⚕️', '\ufeff', '\r\n', '\n', '\u2028', '.', '"'),
    maxLength: 40,
  }),
);
const body = fc.oneof(
  text,
  fc.json({ stringUnit: 'binary', maxDepth: 3 }),
  fc
    .dictionary(text, text, { maxKeys: 4 })
    .map((data) => JSON.stringify({ type: 'order.created', data }, null, 1)),
);
// White space in a secret is a mistake of copying, and neither library accepts it.
const secret = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((key) => !/\s/.test(key));
const bytes = (payload: string) => new TextEncoder().encode(payload);

test('accepts the signatures of Stripe’s library, and creates the same ones', async () => {
  const property = fc.asyncProperty(
    body,
    secret,
    fc.integer({ min: 1, max: 2_000_000_000 }),
    async (payload, key, timestamp) => {
      const header = webhooks.generateTestHeaderString({ payload, secret: key, timestamp });
      assert.equal(await signWebhook(payload, key, timestamp), header);
      assert.equal(await isSignedWebhook(bytes(payload), header, [key], timestamp), true);
    },
  );
  await fc.assert(property, RUNS);
});

test('creates signatures that Stripe’s library accepts, for text and for raw bytes', async () => {
  const property = fc.asyncProperty(fc.json({ stringUnit: 'binary' }), secret, async (payload, key) => {
    const header = await signWebhook(bytes(payload), key, NOW);
    for (const form of [payload, Buffer.from(payload)])
      assert.deepEqual(
        webhooks.constructEvent(form, header, key, WEBHOOK_TOLERANCE_S, undefined, NOW * 1000),
        JSON.parse(payload),
      );
  });
  await fc.assert(property, RUNS);
});

/** Whether Stripe's library accepts a delivery. */
function stripeTakes(payload: Buffer, header: string, key: string, nowSeconds: number): boolean {
  try {
    return signature!.verifyHeader(payload, header, key, WEBHOOK_TOLERANCE_S, undefined, nowSeconds * 1000);
  } catch {
    return false;
  }
}

test('agrees with Stripe’s library on changed bytes, changed secrets and age', async () => {
  const change = fc.constantFrom('nothing', 'a byte', 'the secret', 'the time', 'the version');
  const property = fc.asyncProperty(
    // Stripe's library decodes the body, so it refuses bytes that are not UTF-8, and a byte order mark.
    text.filter((payload) => payload !== '' && !payload.startsWith('\ufeff')),
    fc.integer({ min: 1, max: 255 }),
    change,
    fc.integer({ min: 0, max: 2 * WEBHOOK_TOLERANCE_S }),
    async (sent, flip, what, ageS) => {
      const payload = Buffer.from(sent);
      let header = await signWebhook(payload, 'whsec_test', NOW);
      if (what === 'a byte') payload[flip % payload.length]! ^= flip;
      if (what === 'the time') header = header.replace(`t=${NOW}`, `t=${NOW + flip}`);
      if (what === 'the version') header = header.replace('v1=', 'v0=');
      const key = what === 'the secret' ? 'whsec_other' : 'whsec_test';
      const ours = await isSignedWebhook(payload, header, [key], NOW + ageS);
      assert.equal(ours, stripeTakes(payload, header, key, NOW + ageS));
      assert.equal(ours, what === 'nothing' && ageS <= WEBHOOK_TOLERANCE_S);
    },
  );
  await fc.assert(property, RUNS);
});

test('differs from Stripe’s library in two things: it refuses a future time, and reads raw bytes', async () => {
  const payload = Buffer.from('{}');
  const ahead = await signWebhook(payload, 'whsec_test', NOW + WEBHOOK_TOLERANCE_S + 1);
  assert.equal(stripeTakes(payload, ahead, 'whsec_test', NOW), true);
  assert.equal(await isSignedWebhook(payload, ahead, ['whsec_test'], NOW), false);
  for (const raw of [Buffer.from([0x80]), Buffer.from('\ufeff{}')]) {
    const header = await signWebhook(raw, 'whsec_test', NOW);
    assert.equal(stripeTakes(raw, header, 'whsec_test', NOW), false);
    assert.equal(await isSignedWebhook(raw, header, ['whsec_test'], NOW), true);
  }
});

test('accepts the header of a rotation that Stripe’s library accepts with either secret', async () => {
  const payload = '{"type":"order.created"}';
  const [t, first] = (await signWebhook(payload, 'whsec_old', NOW)).split(',');
  const [, second] = (await signWebhook(payload, 'whsec_new', NOW)).split(',');
  const header = `${t},${first},${second}`;
  for (const key of ['whsec_old', 'whsec_new']) {
    assert.equal(stripeTakes(Buffer.from(payload), header, key, NOW), true);
    assert.equal(await isSignedWebhook(bytes(payload), header, [key], NOW), true);
  }
});

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { test } from 'node:test';
import { fc } from '../support/property-runs.js';
import {
  findSignatureFault,
  isSignedWebhook,
  signWebhook,
  WEBHOOK_TOLERANCE_S,
} from '../../src/contract/index.js';

const NOW = 1_795_694_400;
const SECRET = 'whsec_test';
const RUNS = { numRuns: Math.min(Number(process.env.FC_RUNS ?? 1000), 20_000) };
const bytes = (text: string) => new TextEncoder().encode(text);
const event = { type: 'order.created', data: { checkout_id: 'chk_1', status: 'paid', name: 'Zoë' } };
const BODY = JSON.stringify(event);

/** Node's own HMAC, as an oracle for the one of Web Crypto. */
const macOf = (body: string | Uint8Array, secret: string, time: number | string) =>
  createHmac('sha256', secret).update(`${time}.`).update(body).digest('hex');
const accepts = (
  body: string | Uint8Array,
  header: string,
  secrets: readonly string[] = [SECRET],
  now = NOW,
) => isSignedWebhook(typeof body === 'string' ? bytes(body) : body, header, secrets, now);

const raw = fc.uint8Array({ maxLength: 300 });
const secret = fc.string({ minLength: 1, maxLength: 40 });

test('signs with the HMAC-SHA256 of time, dot and body', async () => {
  await fc.assert(
    fc.asyncProperty(raw, secret, fc.nat(2_000_000_000), async (body, key, time) => {
      assert.equal(await signWebhook(body, key, time), `t=${time},v1=${macOf(body, key, time)}`);
    }),
    RUNS,
  );
  assert.equal(await signWebhook(BODY, SECRET, NOW), await signWebhook(bytes(BODY), SECRET, NOW));
});

test('accepts every signed body, in any letter case of the digits', async () => {
  await fc.assert(
    fc.asyncProperty(raw, secret, async (body, key) => {
      assert.equal(await accepts(body, await signWebhook(body, key, NOW), [key]), true);
      assert.equal(await accepts(body, `t=${NOW}, v1=${macOf(body, key, NOW).toUpperCase()}`, [key]), true);
    }),
    RUNS,
  );
});

test('refuses a body of which one byte was changed, added or taken away', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 1, maxLength: 300 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (body, place, flip) => {
        const header = await signWebhook(body, SECRET, NOW);
        const at = place % body.length;
        const changed = body.map((byte, i) => (i === at ? byte ^ flip : byte));
        for (const other of [changed, body.slice(1), body.slice(0, -1), new Uint8Array([...body, flip])])
          assert.equal(await accepts(other, header), false);
        assert.equal(await accepts(body, header), true);
      },
    ),
    RUNS,
  );
});

test('refuses the same JSON in another notation', async () => {
  const header = await signWebhook(BODY, SECRET, NOW);
  assert.equal(await accepts(BODY, header), true);
  const { type, data } = event;
  const rewritten = [
    JSON.stringify(event, null, 2),
    JSON.stringify({ data, type }),
    `${BODY}\n`,
    `\ufeff${BODY}`,
    BODY.replace('ë', '\\u00eb'),
    BODY.normalize('NFD'),
    BODY.replace(',', ', '),
  ];
  for (const other of rewritten) {
    assert.notEqual(other, BODY);
    assert.equal(await accepts(other, header), false, other);
  }
  const lines = JSON.stringify(event, null, 2);
  const signedLines = await signWebhook(lines, SECRET, NOW);
  assert.equal(await accepts(lines, signedLines), true);
  assert.equal(await accepts(lines.replaceAll('\n', '\r\n'), signedLines), false);
});

test('refuses a signature under any other secret, or under none', async () => {
  await fc.assert(
    fc.asyncProperty(secret, secret, async (key, other) => {
      fc.pre(key !== other);
      const header = await signWebhook(BODY, key, NOW);
      assert.equal(await accepts(BODY, header, [other]), false);
      assert.equal(await accepts(BODY, header, []), false);
      assert.equal(await accepts(BODY, header, [other, key]), true);
      assert.equal(await accepts(BODY, header, [key, other]), true);
    }),
    RUNS,
  );
});

test('accepts a difference of up to 300 seconds in either direction, and not of 301', async () => {
  assert.equal(WEBHOOK_TOLERANCE_S, 300);
  for (const [away, expected] of [
    [0, true],
    [300, true],
    [-300, true],
    [301, false],
    [-301, false],
    [86_400, false],
  ] as const) {
    assert.equal(await accepts(BODY, await signWebhook(BODY, SECRET, NOW + away)), expected, `${away}`);
    assert.equal(await accepts(BODY, await signWebhook(BODY, SECRET, NOW), [SECRET], NOW - away), expected);
  }
});

test('refuses everything if the time is unknown', async () => {
  assert.equal(await accepts(BODY, await signWebhook(BODY, SECRET, NOW), [SECRET], NaN), false);
});

test('refuses a signature with another time', async () => {
  const old = await signWebhook(BODY, SECRET, NOW - 3600);
  assert.equal(await accepts(BODY, old.replace(/t=\d+/, `t=${NOW}`)), false);
  // A header with two times is refused, even if one of them was signed.
  assert.equal(await accepts(BODY, `t=${NOW},${old}`), false);
  assert.equal(await accepts(BODY, `${old},t=${NOW}`), false);
});

test('accepts any of several signatures under any of several secrets, for the time of a rotation', async () => {
  const mac = (key: string) => `v1=${macOf(BODY, key, NOW)}`;
  const wrong = `v1=${'0'.repeat(64)}`;
  for (const header of [
    `t=${NOW},${mac('old')},${mac('new')}`,
    `t=${NOW},${wrong},${mac('new')}`,
    `t=${NOW},${mac('new')},${wrong}`,
    `${mac('new')},t=${NOW}`,
    `t=${NOW},v0=abc,${mac('new')},v2=abc`,
    `t=${NOW},v1=short,${mac('new')}`,
  ]) {
    assert.equal(await accepts(BODY, header, ['new']), true, header);
    assert.equal(await accepts(BODY, header, ['newer', 'new']), true, header);
    assert.equal(await accepts(BODY, header, ['newer']), false, header);
  }
});

test('reads at most eight signatures', async () => {
  const wrong = `v1=${'0'.repeat(64)}`;
  const right = `v1=${macOf(BODY, SECRET, NOW)}`;
  const header = (before: number) => [`t=${NOW}`, ...Array(before).fill(wrong), right].join(',');
  assert.equal(await accepts(BODY, header(7)), true);
  assert.equal(await accepts(BODY, header(8)), false);
});

test('refuses a header with a missing or malformed part', async () => {
  const mac = macOf(BODY, SECRET, NOW);
  for (const header of [
    '',
    `v1=${mac}`,
    `t=${NOW}`,
    mac,
    `t=${NOW};v1=${mac}`,
    `t=${NOW} v1=${mac}`,
    `t=${NOW},v0=${mac}`,
    `t=${NOW},v1=`,
    `t=${NOW},v1=${mac.slice(1)}`,
    `t=${NOW},v1=${mac}0`,
    `t=${NOW},v1=${mac.slice(0, -1)}g`,
    `t=${NOW}.0,v1=${mac}`,
    `t=-${NOW},v1=${mac}`,
    `t=1e9,v1=${mac}`,
    `t=,v1=${mac}`,
    `t=${NOW}${'0'.repeat(20)},v1=${mac}`,
    `t=${NOW * 1000},v1=${macOf(BODY, SECRET, NOW * 1000)}`,
    Buffer.from(mac, 'hex').toString('base64'),
  ])
    assert.equal(await accepts(BODY, header), false, header);
});

test('no header makes it throw, and no unsigned one is accepted', async () => {
  const part = fc.oneof(
    fc.constantFrom(
      `t=${NOW}`,
      't=',
      't=NaN',
      'v1=',
      `v1=${'g'.repeat(64)}`,
      `v1=${'a'.repeat(64)}`,
      ',',
      '=',
      '\0',
    ),
    fc.string(),
    fc.stringMatching(/^v1=[\da-fA-F]{60,68}$/),
  );
  const header = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(','));
  await fc.assert(
    fc.asyncProperty(header, raw, async (text, body) => assert.equal(await accepts(body, text), false)),
    RUNS,
  );
  assert.equal(await accepts(BODY, `t=${NOW},${`v1=${'0'.repeat(64)},`.repeat(20_000)}`), false);
});

test('refuses a header with two times in any position', async () => {
  const signature = await signWebhook(BODY, SECRET, NOW);
  for (const header of [
    `${signature},t=${NOW}`,
    `t=${NOW},${signature}`,
    `${signature}, t=${NOW - 9000}`,
    `t=x,${signature}`,
    `${signature},t=`,
    `${signature}, ${signature}`,
  ])
    assert.deepEqual(
      await findSignatureFault(bytes(BODY), header, [SECRET], NOW),
      { fault: 'malformed' },
      header,
    );
  assert.equal(await findSignatureFault(bytes(BODY), signature, [SECRET], NOW), undefined);
});

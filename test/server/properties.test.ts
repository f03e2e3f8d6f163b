import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../support/property-runs.js';
import { CART, delivery, ENDPOINT, openShop, press, resolve, WEBHOOK_SECRET } from './fixtures.js';

/** The number of inputs for each property. */
const numRuns = Number(process.env['FC_RUNS'] ?? 100);

/** The names of JSON fields that have a meaning for the handler or in JavaScript. */
const names = fc.constantFrom(
  ...['line_items', 'product_id', 'quantity', 'price', 'customer', 'email', 'metadata', 'success_url'],
  ...['__proto__', 'constructor', 'toString', 'then', ''],
);
const { json } = fc.letrec((tie) => ({
  json: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(null, true, 0, -0, 1, 1.5, 1e21, '', 'monitor', 'https://evil.example'),
    fc.string(),
    fc.array(tie('json'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(names, fc.string()), tie('json'), { maxKeys: 5 }),
  ),
}));

describe('handler with generated input', () => {
  it('refuses a page’s JSON, or opens a session with the shop’s own names and prices', async () => {
    const shop = openShop();
    const property = fc.asyncProperty(json, fc.boolean(), async (body, likeCart) => {
      const cart = likeCart ? { ...(body as object), ...CART } : body;
      const key = crypto.randomUUID();
      const openedBefore = shop.opened().length;
      const response = await shop.handler(press(JSON.stringify(cart), { 'idempotency-key': key }));
      const opened = shop.opened().slice(openedBefore);
      if (response.status !== 200) {
        assert.ok(response.status >= 400 && response.status < 500, String(response.status));
        assert.equal(opened.length, 0);
        return;
      }
      const { customer, line_items, metadata, success_url } = opened[0]!.body;
      const resolved = resolve({ line_items });
      assert.deepEqual([customer, line_items], [resolved.customer, resolved.line_items]);
      assert.deepEqual(Object.keys(metadata), ['webhook_url']);
      assert.match(success_url, /^https:\/\/shop\.example\/thanks\?hsa_checkout=[\w-]{43}$/);
    });
    await fc.assert(property, { numRuns });
  });

  it('refuses an idempotency key of another format before it calls the provider', async () => {
    const shop = openShop();
    const letters = fc.constantFrom(...'abcXYZ019_-" ,;é');
    const keys = fc.oneof(
      fc.string({ unit: letters, maxLength: 300 }),
      fc.stringMatching(/^"?[\w-]{12,20}"?$/),
      fc.stringMatching(/^[\w-]{253,257}$/),
    );
    const property = fc.asyncProperty(keys, async (key) => {
      const openedBefore = shop.opened().length;
      // The characters and the trimming of an HTTP header value.
      const headerValue = key.replaceAll('é', '\u00e9').trim();
      const { status } = await shop.handler(press(CART, { 'idempotency-key': headerValue }));
      const isValid = /^([A-Za-z0-9_-]{16,255}|"[A-Za-z0-9_-]{16,255}")$/.test(headerValue);
      assert.equal(status, isValid ? 200 : 400, JSON.stringify(headerValue));
      assert.ok(isValid || shop.opened().length === openedBefore);
    });
    await fc.assert(property, { numRuns });
  });

  it('returns no checkout_url on another host, for any response of the provider', async () => {
    const host = fc.constantFrom(
      'sandbox.example',
      'evil.example',
      'sandbox.example.evil.example',
      'sandbox。example',
    );
    const scheme = fc.constantFrom(
      'https://',
      'http://',
      'javascript:',
      '//',
      'HTTPS://',
      ' https://',
      'ht\ntps://',
    );
    const user = fc.constantFrom('', 'a@', 'a:b@', 'sandbox.example@');
    const tail = fc.constantFrom('', '/', '/pay/1', ':443/', ':444/', './', '%2f', '\\@evil.example/');
    const url = fc.tuple(scheme, user, host, tail).map((parts) => parts.join(''));
    const answer = fc.oneof(
      json,
      fc.record({
        checkout_id: fc.oneof(json, fc.constant('cs_1')),
        checkout_url: fc.oneof(url, json),
        status: json,
      }),
      url.map((checkout_url) => ({ checkout_id: 'cs_1', checkout_url, status: 'open' })),
    );
    const property = fc.asyncProperty(answer, async (body) => {
      const { handler } = openShop({ network: () => new Response(JSON.stringify(body)) });
      const response = await handler(press());
      if (response.status !== 200) return assert.equal(response.status, 502);
      const { checkout_url } = (await response.json()) as { checkout_url: string };
      const parsed = new URL(checkout_url);
      assert.deepEqual(
        [parsed.protocol, parsed.host, parsed.username, parsed.password],
        ['https:', 'sandbox.example', '', ''],
      );
    });
    await fc.assert(property, { numRuns });
  });

  it('refuses a delivery with one changed, missing or additional byte', async () => {
    const text = JSON.stringify({ type: 'order.created', data: { checkout_id: 'cs_1', note: 'é' } });
    const raw = new TextEncoder().encode(text);
    const { headers } = await delivery(text);
    const shop = openShop({ onOrderCreated: () => assert.fail('onOrderCreated was called') });
    const send = (body: Uint8Array<ArrayBuffer>) =>
      shop.handler(new Request(`${ENDPOINT}/webhook`, { method: 'POST', headers, body }));
    assert.equal((await send(raw)).status, 200);
    const property = fc.asyncProperty(
      fc.nat(raw.length - 1),
      fc.integer({ min: 1, max: 255 }),
      fc.constantFrom('change', 'drop', 'add'),
      async (index, byte, edit) => {
        const body = [...raw];
        if (edit === 'change') body[index]! ^= byte;
        else body.splice(index, edit === 'drop' ? 1 : 0, ...(edit === 'add' ? [byte] : []));
        assert.equal((await send(Uint8Array.from(body))).status, 401);
      },
    );
    await fc.assert(property, { numRuns });
  });

  it('responds with 200 or 400 to an authentic delivery of any JSON', async () => {
    const shop = openShop({ onOrderCreated: () => assert.fail('onOrderCreated was called') });
    const event = fc.record({ type: fc.oneof(json, fc.constant('order.created')), data: json });
    const property = fc.asyncProperty(fc.oneof(json, event), async (body) => {
      const headers = { authorization: `Bearer ${WEBHOOK_SECRET}` };
      const { status } = await shop.handler(await delivery(JSON.stringify(body), { headers }));
      assert.ok(status === 200 || status === 400, String(status));
    });
    await fc.assert(property, { numRuns });
  });
});

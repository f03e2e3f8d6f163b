import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { fc } from '../support/property-runs.js';
import { verifyAppProxy } from '../../src/server/index.js';
import { CART, openShop, pageHeaders } from './fixtures.js';

const SECRET = 'hush';
const NOW_MS = 1_317_327_555_000;

/** The parameters that Shopify adds to a call from a page of the shop. */
const SHOPIFY_PARAMETERS = {
  shop: 'shop-name.myshopify.com',
  logged_in_customer_id: '1',
  path_prefix: '/apps/awesome_reviews',
  timestamp: '1317327555',
};

/** Makes a call as Shopify's proxy forwards it. The signature is computed independently of the code under test. */
function signed(query: [string, string][], secret = SECRET): { url: string } {
  const values = new Map<string, string[]>();
  for (const [name, value] of query) values.set(name, [...(values.get(name) ?? []), value]);
  const message = [...values]
    .map(([name, all]) => `${name}=${all.join(',')}`)
    .sort()
    .join('');
  const signature = createHmac('sha256', secret).update(message).digest('hex');
  return {
    url: `https://app.example/api/hsa-checkout?${new URLSearchParams([...query, ['signature', signature]])}`,
  };
}
const call = (fields: Record<string, string> = {}) =>
  signed(Object.entries({ ...SHOPIFY_PARAMETERS, ...fields }));
const verify = (request: { url: string }, secret: string | string[] = SECRET) =>
  verifyAppProxy(request, secret, NOW_MS);

describe('verifyAppProxy', () => {
  it('accepts the signature of Shopify’s own example', async () => {
    const url =
      'https://proxy-domain.com/proxy/extra/path/components?extra=1&extra=2&shop=shop-name.myshopify.com' +
      '&logged_in_customer_id=1&path_prefix=%2Fapps%2Fawesome_reviews&timestamp=1317327555' +
      '&signature=4c68c8624d737112c91818c11017d24d334b524cb5c2b8ba08daa056f7395ddb';
    assert.deepEqual(await verify({ url }), {
      shop: 'shop-name.myshopify.com',
      customerId: '1',
      pathPrefix: '/apps/awesome_reviews',
    });
  });

  it('accepts other parameters, also several of one name, in any order', async () => {
    const parameter = fc.tuple(
      fc
        .stringMatching(/^[a-zA-Z_]{1,8}$/)
        .filter((name) => !(name in SHOPIFY_PARAMETERS) && name !== 'signature'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(parameter, { maxLength: 5 }), async (more) => {
        const verified = await verify(signed([...more, ...Object.entries(SHOPIFY_PARAMETERS)]));
        assert.equal(verified?.shop, SHOPIFY_PARAMETERS.shop);
      }),
      { numRuns: 50 },
    );
  });

  it('returns no customer when no customer is logged in', async () => {
    assert.deepEqual(await verify(call({ logged_in_customer_id: '' })), {
      shop: SHOPIFY_PARAMETERS.shop,
      pathPrefix: SHOPIFY_PARAMETERS.path_prefix,
    });
  });

  it('accepts a signature of any of two secrets', async () => {
    assert.ok(await verify(call(), ['newer', SECRET]));
    assert.equal(await verify(call(), ['newer', 'newest']), undefined);
  });

  for (const [requestCase, request] of Object.entries({
    'without a signature': { url: `https://app.example/?${new URLSearchParams(SHOPIFY_PARAMETERS)}` },
    'with an empty signature': { url: `${call().url.replace(/signature=.*/, 'signature=')}` },
    'with the signature of another secret': signed(Object.entries(SHOPIFY_PARAMETERS), 'hushed'),
    'with a signature in upper case': { url: call().url.replace(/[^=]+$/, (hex) => hex.toUpperCase()) },
    'with two signatures': { url: `${call().url}&signature=${'a'.repeat(64)}` },
    'with an additional parameter': { url: `${call().url}&extra=1` },
    'with another shop': { url: call().url.replace('shop-name', 'evil-name') },
    'with two shops and a valid signature': signed([
      ['shop', 'evil.myshopify.com'],
      ...Object.entries(SHOPIFY_PARAMETERS),
    ]),
    'with a valid signature and without a shop': call({ shop: '' }),
    'with a valid signature and without a time': call({ timestamp: '' }),
    'with a valid signature and an invalid time': call({ timestamp: 'soon' }),
    'from 91 seconds ago': call({ timestamp: '1317327464' }),
    'from 91 seconds in the future': call({ timestamp: '1317327646' }),
  }))
    it(`rejects a call ${requestCase}`, async () => {
      assert.equal(await verify(request), undefined);
    });

  it('accepts a time that is 90 seconds off', async () => {
    for (const timestamp of ['1317327465', '1317327645']) assert.ok(await verify(call({ timestamp })));
  });

  it('throws with an empty secret', async () => {
    await assert.rejects(verify(call(), ''), TypeError);
  });

  it('lets only verified calls reach the handler when it is mounted as in the guide', async () => {
    const shop = openShop();
    const mounted = async (request: Request) =>
      (await verifyAppProxy(request, SECRET, NOW_MS))
        ? shop.handler(request)
        : new Response(null, { status: 401 });
    const press = (url: string) =>
      mounted(new Request(url, { method: 'POST', headers: pageHeaders(), body: JSON.stringify(CART) }));
    assert.equal((await press(call().url)).status, 200);
    assert.equal((await press('https://app.example/api/hsa-checkout')).status, 401);
    assert.equal(shop.opened().length, 1);
  });
});

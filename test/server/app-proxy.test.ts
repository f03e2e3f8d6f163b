import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { describe, it } from 'node:test';
import { fc } from '../support/property-runs.js';
import { verifyAppProxy } from '../../src/server/index.js';
import { CART, openShop, pageHeaders } from './fixtures.js';

const SECRET = 'hush';
const NOW_MS = 1_317_327_555_000;

/** What Shopify adds to a call from a page of the shop. */
const ADDED = {
  shop: 'shop-name.myshopify.com',
  logged_in_customer_id: '1',
  path_prefix: '/apps/awesome_reviews',
  timestamp: '1317327555',
};

/** A call as Shopify's proxy passes it on: signed by its rule, written down here a second time. */
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
const call = (fields: Record<string, string> = {}) => signed(Object.entries({ ...ADDED, ...fields }));
const verify = (request: { url: string }, secret: string | string[] = SECRET) =>
  verifyAppProxy(request, secret, NOW_MS);

describe('a call through Shopify’s app proxy', () => {
  it('is known by the signature of Shopify’s own example', async () => {
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

  it('may have any parameters of its own, also several of one name, in any order', async () => {
    const parameter = fc.tuple(
      fc.stringMatching(/^[a-zA-Z_]{1,8}$/).filter((name) => !(name in ADDED) && name !== 'signature'),
      fc.string({ unit: 'grapheme', maxLength: 12 }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(parameter, { maxLength: 5 }), async (more) => {
        const found = await verify(signed([...more, ...Object.entries(ADDED)]));
        assert.equal(found?.shop, ADDED.shop);
      }),
      { numRuns: 50 },
    );
  });

  it('names no customer where nobody is logged in', async () => {
    assert.deepEqual(await verify(call({ logged_in_customer_id: '' })), {
      shop: ADDED.shop,
      pathPrefix: ADDED.path_prefix,
    });
  });

  it('is known by any of two secrets while one is being replaced', async () => {
    assert.ok(await verify(call(), ['newer', SECRET]));
    assert.equal(await verify(call(), ['newer', 'newest']), undefined);
  });

  for (const [what, request] of Object.entries({
    'without a signature': { url: `https://app.example/?${new URLSearchParams(ADDED)}` },
    'with an empty signature': { url: `${call().url.replace(/signature=.*/, 'signature=')}` },
    'with the signature of another secret': signed(Object.entries(ADDED), 'hushed'),
    'with a signature in capitals': { url: call().url.replace(/[^=]+$/, (hex) => hex.toUpperCase()) },
    'with two signatures': { url: `${call().url}&signature=${'a'.repeat(64)}` },
    'with one more parameter': { url: `${call().url}&extra=1` },
    'of another shop': { url: call().url.replace('shop-name', 'evil-name') },
    'of two shops, though signed': signed([['shop', 'evil.myshopify.com'], ...Object.entries(ADDED)]),
    'without a shop, though signed': call({ shop: '' }),
    'without a time, though signed': call({ timestamp: '' }),
    'of a time that is none, though signed': call({ timestamp: 'soon' }),
    'from 91 seconds ago': call({ timestamp: '1317327464' }),
    'from 91 seconds on': call({ timestamp: '1317327646' }),
  }))
    it(`is not believed ${what}`, async () => {
      assert.equal(await verify(request), undefined);
    });

  it('is believed when the clocks are 90 seconds apart', async () => {
    for (const timestamp of ['1317327465', '1317327645']) assert.ok(await verify(call({ timestamp })));
  });

  it('is not judged without a secret', async () => {
    await assert.rejects(verify(call(), ''), TypeError);
  });

  it('reaches the handler as the guide mounts it, and nothing else does', async () => {
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

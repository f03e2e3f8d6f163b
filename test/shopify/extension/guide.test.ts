import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it, type TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { ResolvedCheckout } from '../../../src/server/index.js';
import { ensureBuilt } from '../../support/built.js';
import { blocksOf, readDocument, sectionOf } from '../../support/documents.js';
import { localeFile, lookUp, schemaOf } from '../../support/shopify-liquid.js';

ensureBuilt('script-tag');

const ROOT = resolve(import.meta.dirname, '../../..');
const page = readDocument('docs/shopify.md');

describe('the page for merchants with a Shopify store', () => {
  it('states where blocks are not possible', () => {
    assert.match(page, /cannot be on Shopify's checkout, thank-you and order status pages/);
  });

  it('states that a listed app may have only the badge, and the rule', () => {
    assert.match(page, /\*\*Rule 1\.1\.2 of the Shopify App Store prohibits/);
    for (const [file] of page.matchAll(/blocks\/[\w-]+\.liquid/g))
      assert.ok(existsSync(join(ROOT, 'dist/shopify', file)), file);
  });

  it('names the blocks, the metafield and the path of the proxy as the theme editor does', () => {
    const text = localeFile('en.default.schema');
    for (const name of ['badge', 'button', 'embed'])
      assert.ok(page.includes(`\`${String(lookUp(text, `${name}.name`))}\``));
    const defaults = [schemaOf('eligibility-badge'), schemaOf('checkout-button')].flatMap(
      ({ settings = [] }) => settings,
    );
    const defaultOf = (id: string) => String(defaults.find((setting) => setting.id === id)!.default);
    assert.ok(page.includes(`\`${defaultOf('metafield')}\``));
    assert.ok(page.includes(`\`${defaultOf('endpoint')}\``));
    const [, prefix, subpath] = /prefix = "(.*)"\nsubpath = "(.*)"/.exec(page)!;
    assert.equal(`/${prefix}/${subpath}`, defaultOf('endpoint'));
  });

  it('names the appearance settings, and the cart apps, as the theme editor does', () => {
    const { settings } = localeFile('en.default.schema') as {
      settings: Record<string, { label?: string; info: string }>;
    };
    for (const id of ['theme', 'drawer_theme', 'font', 'height', 'radius'])
      assert.match(page, new RegExp(`^\\| ${settings[id]!.label}( \\(embed\\))? +\\|`, 'm'), id);
    for (const { id } of schemaOf('checkout-embed').settings ?? [])
      if (['selector', 'subscriptions'].includes(id!))
        assert.ok(page.includes(`"${settings[id!]!.label}"`), id);
    const apps = /Rebuy[\w, ]+ and \w+/;
    assert.equal(apps.exec(page)?.[0], apps.exec(settings['selector']!.info)?.[0]);
  });

  it('states the outcome for every kind of line', () => {
    for (const kind of [
      'discount of a line',
      'discount on the whole cart',
      'gift card',
      'subscription',
      'deposit',
      'Excluded products',
      'free line',
      'bundle',
      'US dollars',
    ])
      assert.match(page, new RegExp(`^\\| .*${kind}.* \\|`, 'm'));
  });
});

describe('the price sample for merchants with a Shopify store', async () => {
  const HEADING = "5\\. Price the cart with Shopify's prices";
  const folder = mkdtempSync(join(tmpdir(), 'hsa-checkout-guide-'));
  after(() => rmSync(folder, { recursive: true }));

  /** The function of the sample, with the globals that it expects. */
  const file = join(folder, 'sample.mts');
  const { code } = blocksOf('docs/shopify.md', 'ts').find((block) =>
    block.code.includes('priceFromShopify'),
  )!;
  const contract = pathToFileURL(join(ROOT, 'src/contract/index.ts')).href;
  writeFileSync(
    file,
    `const customer = { email: 'ada@example.com' }, shipping_info = { country: 'US' };
${code.replace("'hsa-checkout-button/contract'", `'${contract}'`)}`,
  );
  const { priceFromShopify } = (await import(pathToFileURL(file).href)) as {
    priceFromShopify(cart: { reference_id: string; line_items: [] }): Promise<ResolvedCheckout>;
  };

  const line = (fields: object = {}) => ({
    quantity: 3,
    cost: { totalAmount: { amount: '59.95', currencyCode: 'USD' } },
    merchandise: {
      id: 'gid://shopify/ProductVariant/41',
      product: { title: 'Pressure monitor', isGiftCard: false },
    },
    ...fields,
  });
  const cartOf = (nodes: object[], fields: object = {}) => ({
    discountAllocations: [],
    lines: { pageInfo: { hasNextPage: false }, nodes },
    ...fields,
  });

  /** Calls the sample with this response of the Storefront API. */
  async function price(context: TestContext, data: unknown): Promise<ResolvedCheckout> {
    const requests: unknown[] = [];
    context.mock.method(globalThis, 'fetch', (...call: unknown[]) => {
      requests.push(call);
      return Promise.resolve(Response.json({ data }));
    });
    try {
      return await priceFromShopify({ reference_id: 'c1?key=abc', line_items: [] });
    } finally {
      context.mock.restoreAll();
      const [[url, { body }]] = requests as [[string, { body: string }]];
      assert.match(url, /^https:\/\/\S+\.myshopify\.com\/api\/\d{4}-\d\d\/graphql\.json$/);
      assert.deepEqual((JSON.parse(body) as { variables: unknown }).variables, {
        id: 'gid://shopify/Cart/c1?key=abc',
      });
    }
  }

  it('prices each line at Shopify’s price, to the cent', async (context) => {
    const { line_items, customer, shipping_info } = await price(context, { cart: cartOf([line()]) });
    assert.deepEqual(line_items, [
      { product_id: '41', name: 'Pressure monitor', currency: 'USD', price: 1999, quantity: 1 },
      { product_id: '41', name: 'Pressure monitor', currency: 'USD', price: 1998, quantity: 2 },
    ]);
    assert.ok(customer && shipping_info);
  });

  const money = (amount: string, currencyCode: string) => ({ totalAmount: { amount, currencyCode } });
  const giftCard = { id: 'gid://shopify/ProductVariant/4', product: { title: 'Gift', isGiftCard: true } };
  for (const [what, data, sentence] of [
    ['an answer without data', null, /no such cart/],
    ['a cart that has expired', { cart: null }, /no such cart/],
    ['an empty cart', { cart: cartOf([]) }, /empty/],
    [
      'more lines than it asks for',
      { cart: cartOf([line()], { lines: { pageInfo: { hasNextPage: true }, nodes: [line()] } }) },
      /more than 250 lines/,
    ],
    [
      'a discount on the whole order',
      { cart: cartOf([line()], { discountAllocations: [{ discountedAmount: { amount: '5.0' } }] }) },
      /discount on the whole order/,
    ],
    [
      'a product that is gone',
      { cart: cartOf([line(), line({ merchandise: null })]) },
      /a product that is gone/,
    ],
    ['a gift card', { cart: cartOf([line({ merchandise: giftCard })]) }, /gift card/],
    ['pounds', { cart: cartOf([line({ cost: money('79.0', 'GBP') })]) }, /not in US dollars/],
    [
      'a currency without cents',
      { cart: cartOf([line({ cost: money('7900.0', 'JPY') })]) },
      /not in US dollars/,
    ],
  ] as const)
    it(`rejects ${what} with a plain sentence`, async (context) => {
      await assert.rejects(price(context, data), (error: Error) => {
        assert.equal(error.name, 'Error');
        assert.match(error.message, /^The cart [a-z].*[a-z]$|^Shopify [a-z].*[a-z]$/);
        assert.match(error.message, sentence);
        return true;
      });
    });

  it('is preceded by its limits', () => {
    const [before] = sectionOf('docs/shopify.md', HEADING).split('```ts');
    for (const subject of [
      'discount on the whole order',
      'US dollars',
      'gift card',
      'subscription',
      'deposit',
      '250 lines',
      'expired',
      'empty',
      'merchandise',
    ])
      assert.match(before!, new RegExp(`^- .*${subject}`, 'm'), subject);
  });
});

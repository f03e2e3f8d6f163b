import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { ensureBuilt } from '../support/built.js';
import { readDocument } from '../support/documents.js';
import { localeFile, lookUp, schemaOf } from '../support/shopify-liquid.js';

ensureBuilt('script-tag');

const ROOT = resolve(import.meta.dirname, '../..');
const page = readDocument('docs/shopify.md');

describe('the page for merchants with a Shopify store', () => {
  it('says where blocks cannot be', () => {
    assert.match(page, /cannot be on Shopify's checkout, thank-you and order status pages/);
  });

  it('says plainly that a listed app may have the badge only, and by which rule', () => {
    assert.match(page, /\*\*Rule 1\.1\.2 of the Shopify App Store prohibits/);
    for (const [file] of page.matchAll(/blocks\/[\w-]+\.liquid/g))
      assert.ok(existsSync(join(ROOT, 'dist/shopify', file)), file);
  });

  it('names the blocks, the metafield and the path of the proxy as the theme editor does', () => {
    const words = localeFile('en.default.schema');
    for (const name of ['badge', 'button', 'embed'])
      assert.ok(page.includes(`\`${String(lookUp(words, `${name}.name`))}\``));
    const defaults = [schemaOf('eligibility-badge'), schemaOf('checkout-button')].flatMap(
      ({ settings = [] }) => settings,
    );
    const defaultOf = (id: string) => String(defaults.find((setting) => setting.id === id)!.default);
    assert.ok(page.includes(`\`${defaultOf('metafield')}\``));
    assert.ok(page.includes(`\`${defaultOf('endpoint')}\``));
    const [, prefix, subpath] = /prefix = "(.*)"\nsubpath = "(.*)"/.exec(page)!;
    assert.equal(`/${prefix}/${subpath}`, defaultOf('endpoint'));
  });

  it('says what becomes of every kind of line', () => {
    for (const kind of [
      'discounts',
      'gift card',
      'subscription',
      'deposit',
      'left out',
      'free line',
      'bundle',
      'US dollars',
    ])
      assert.match(page, new RegExp(`^\\| .*${kind}.* \\|`, 'm'));
  });
});

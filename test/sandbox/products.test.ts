import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { productEligibility, ProductPage, validate } from '../../src/contract/index.js';
import type { Sandbox } from '../../src/sandbox/index.js';
import { call, open, requestFor, start } from './fixtures.js';

async function list(sandbox: Sandbox, query = '') {
  const response = await call(sandbox, 'GET', `/products${query}`);
  return validate(ProductPage, await response.json()).value!;
}

describe('the products of the sandbox', () => {
  it('have their eligibility, with a letter for a dual-purpose product', async () => {
    const { products } = await list(start());
    assert.deepEqual(products.map(productEligibility), ['eligible', 'lmn', 'regular']);
    const massage = products[1]!.eligibility!;
    assert.equal(massage.hsa_fsa_eligible, true);
    assert.match(massage.message!, /Letter of Medical Necessity/);
  });

  it('come in pages with a cursor to the next', async () => {
    const sandbox = start();
    const first = await list(sandbox, '?limit=2');
    assert.equal(first.has_more, true);
    const second = await list(sandbox, `?limit=2&cursor=${first.next}`);
    assert.equal(second.has_more, false);
    const ids = [...first.products, ...second.products].map((product) => product.merchant_product_id);
    assert.deepEqual(ids, ['monitor', 'massage', 'vitamins']);
  });

  it('are found by their own id', async () => {
    const result = await list(start(), '?merchant_product_id=massage');
    assert.deepEqual(
      result.products.map((product) => product.merchant_product_id),
      ['massage'],
    );
    assert.equal((await list(start(), '?merchant_product_id=ghost')).products.length, 0);
  });

  it('are refused with an invalid limit or cursor', async () => {
    for (const query of ['limit=0', 'limit=1000', 'limit=x', 'cursor=x'])
      assert.equal((await call(start(), 'GET', `/products?${query}`)).status, 400, query);
  });

  it('can be bought once they are synced', async () => {
    const sandbox = start();
    const product = { merchant_product_id: 'sunscreen', name: 'Sunscreen', price: 1850, currency: 'USD' };
    const synced = { ...product, metadata: { hsa_fsa_eligible: true } };
    assert.equal((await call(sandbox, 'POST', '/products', synced)).ok, true);
    assert.equal((await open(sandbox, requestFor(['sunscreen']))).type, 'eligible');
    await call(sandbox, 'POST', '/products', { ...product, price: 1950 });
    assert.equal((await open(sandbox, requestFor(['sunscreen']))).type, 'eligible');
  });

  it('are not synced without a name', async () => {
    const body = { merchant_product_id: 'x', price: 1, currency: 'USD' };
    assert.equal((await call(start(), 'POST', '/products', body)).status, 400);
  });

  it('are recognised by code or name; any other product is not eligible', async () => {
    const check = async (body: object) =>
      (await (await call(start(), 'POST', '/products/check-eligibility', body)).json()) as Record<
        string,
        unknown
      >;
    assert.equal((await check({ upc_code_or_gtin: '012345678905' })).hsa_fsa_eligible, true);
    assert.equal((await check({ product_name: 'massage GUN' })).eligibility_type, 'dual_purpose');
    const unknown = await check({ product_name: 'Something else' });
    assert.equal(unknown.hsa_fsa_eligible, false);
    assert.equal(typeof unknown.checked_at, 'string');
    assert.equal((await call(start(), 'POST', '/products/check-eligibility', {})).status, 400);
  });
});

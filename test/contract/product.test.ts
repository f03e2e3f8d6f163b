import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Product, ProductPage, validate } from '../../src/contract/index.js';

describe('a product to be synced', () => {
  const product = {
    name: 'Blood pressure monitor',
    merchant_product_id: 'bp-monitor',
    price: 4995,
    currency: 'USD',
  };

  test('needs name, id, price in cents and currency', () => {
    assert.deepEqual(Product.parse(product), product);
    assert.deepEqual(
      validate(Product, {}).violations.map(({ path, code }) => `${path} ${code}`),
      ['name required', 'merchant_product_id required', 'price required', 'currency required'],
    );
    assert.equal(Product.safeParse({ ...product, price: 49.95 }).success, false);
  });
});

describe('a page of products', () => {
  const products = [{ merchant_product_id: 'bp-monitor', eligibility: { hsa_fsa_eligible: true } }];
  const ids = (body: unknown) =>
    ProductPage.parse(body).products.map(({ merchant_product_id }) => merchant_product_id);

  for (const [form, body] of Object.entries({
    'a bare list': products,
    'under data': { success: true, data: products },
    'under products': { products },
    'under items': { items: products },
    'under data.products': { success: true, data: { products } },
  }))
    test(`is read as ${form}`, () => assert.deepEqual(ids(body), ['bp-monitor']));

  test('names the next page in every form of the API’s versions', () => {
    const cursor = { next_cursor: 'c2', has_more: true };
    for (const body of [
      { products, ...cursor },
      { products, pagination: cursor },
      { data: { products, ...cursor } },
    ]) {
      const { next, has_more } = ProductPage.parse(body);
      assert.deepEqual({ next, has_more }, { next: 'c2', has_more: true });
    }
    assert.equal(ProductPage.parse({ products, next_cursor: null }).next, undefined);
  });

  test('a malformed product is left out, and the others are kept', () => {
    assert.deepEqual(ids([null, {}, { merchant_product_id: '' }, ...products, 'bp-monitor']), ['bp-monitor']);
  });

  test('a body that is not a page is refused without a throw', () => {
    for (const body of [undefined, null, 7, 'none', {}, { data: null }, { data: 'none' }, { products: {} }])
      assert.equal(ProductPage.safeParse(body).success, false, JSON.stringify(body));
  });
});

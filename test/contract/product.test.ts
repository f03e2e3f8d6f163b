import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  Product,
  productEligibility,
  ProductPage,
  SyncedProduct,
  validate,
} from '../../src/contract/index.js';

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

describe("the provider's word on a product", () => {
  const read = (eligibility: unknown) =>
    productEligibility(SyncedProduct.parse({ merchant_product_id: 'bp-monitor', eligibility }));

  test('a plain yes is eligible, a plain no is regular', () => {
    assert.equal(read({ hsa_fsa_eligible: true, message: 'Eligible' }), 'eligible');
    assert.equal(read({ hsa_fsa_eligible: true }), 'eligible');
    assert.equal(read({ hsa_fsa_eligible: false, message: 'Not eligible' }), 'regular');
  });

  for (const eligibility_type of ['auto_substantiation', 'vision', 'rx'])
    test(`${eligibility_type} is eligible`, () => {
      assert.equal(read({ hsa_fsa_eligible: true, message: 'Eligible', eligibility_type }), 'eligible');
    });

  const NEEDS_LETTER = [
    { eligibility_type: 'dual_purpose' },
    { eligibility_type: 'DUAL-PURPOSE' },
    { eligibility_type: 'lmn' },
    { eligibility_type: 'lmn_required' },
    { eligibility_type: 'requires_lmn' },
    { eligibility_type: 'letter_of_medical_necessity' },
    { message: 'Dual purpose item' },
    { message: 'Requires a Letter of Medical Necessity.' },
    { message: 'LMN required' },
    { message: 'Eligible (with LMN)', eligibility_type: 'auto_substantiation' },
  ];
  for (const words of NEEDS_LETTER)
    test(`${JSON.stringify(words)} needs a letter, although the answer is yes`, () => {
      assert.equal(read({ hsa_fsa_eligible: true, ...words }), 'lmn');
    });

  test('three letters within a word are no need for a letter', () => {
    assert.equal(read({ hsa_fsa_eligible: true, message: 'Calmness tea is eligible' }), 'eligible');
  });

  test('what is missing or of another type is unknown, and never eligible', () => {
    for (const nothing of [undefined, null, {}, 'eligible', true, [], { message: 'HSA/FSA eligible' }])
      assert.equal(read(nothing), 'unknown');
    for (const hsa_fsa_eligible of ['true', 1, null, {}, undefined])
      assert.equal(read({ hsa_fsa_eligible, message: 'Eligible', eligibility_type: 'rx' }), 'unknown');
  });

  test('a message or type of another type than text is passed over', () => {
    assert.equal(
      read({ hsa_fsa_eligible: true, message: 7, eligibility_type: ['dual_purpose'] }),
      'eligible',
    );
    assert.equal(read({ hsa_fsa_eligible: false, message: {}, eligibility_type: null }), 'regular');
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

  test('says where the next one is, in any of the ways', () => {
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

  test('a product that cannot be read does not take the others with it', () => {
    assert.deepEqual(ids([null, {}, { merchant_product_id: '' }, ...products, 'bp-monitor']), ['bp-monitor']);
  });

  test('what is no page is refused without a throw', () => {
    for (const body of [undefined, null, 7, 'none', {}, { data: null }, { data: 'none' }, { products: {} }])
      assert.equal(ProductPage.safeParse(body).success, false, JSON.stringify(body));
  });
});

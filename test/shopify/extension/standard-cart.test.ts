import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CheckoutError } from '../../../src/core/index.js';
import { fromStandardCart } from '../../../src/shopify/extension/standard-cart.js';

const money = (amount: string, currencyCode = 'USD') => ({ totalAmount: { amount, currencyCode } });

/** A line with all fields. */
const line = (fields: object = {}) => ({
  id: 'gid://shopify/CartLine/1',
  quantity: 2,
  cost: money('39.98'),
  merchandise: {
    id: 'gid://shopify/ProductVariant/41',
    product: { title: 'Monitor', handle: 'monitor', productType: 'Monitors', isGiftCard: false },
  },
  sellingPlanAllocation: null,
  ...fields,
});
const result = (lines: unknown, cost = money('39.98')) => ({
  cart: { id: 'gid://shopify/Cart/1', lines, cost },
});

const codeOf = (value: unknown, rules = {}) => {
  try {
    fromStandardCart(value, rules);
  } catch (error) {
    return (error as CheckoutError).code;
  }
  return 'taken';
};

describe('Shopify.actions.getCart()', () => {
  it('gives the same cart as the Ajax cart, by string arithmetic', () => {
    for (const lines of [[line()], { nodes: [line()] }])
      assert.deepEqual(fromStandardCart(result(lines)), {
        line_items: [{ product_id: '41', name: 'Monitor', currency: 'USD', price: 1999, quantity: 2 }],
      });
  });

  it('reads amounts in Shopify’s formats: 19.0, 19.5, 19.9900', () => {
    const cents = ['19.0', '19.5', '19.9900', '7'].map(
      (amount) => fromStandardCart(result([line({ quantity: 1, cost: money(amount) })])).line_items[0]!.price,
    );
    assert.deepEqual(cents, [1900, 1950, 1999, 700]);
  });

  it('has a discount when the total is lower than the sum of the lines', () => {
    assert.equal(fromStandardCart(result([line()], money('34.98'))).discount, 500);
    // Taxes and shipping may be in the total.
    assert.equal(fromStandardCart(result([line()], money('45.0'))).discount, undefined);
  });

  it('is an empty cart when there is no cart yet, or no line in it', () => {
    assert.deepEqual(fromStandardCart({ cart: null }), { line_items: [] });
    assert.deepEqual(fromStandardCart(result([])), { line_items: [] });
  });

  it('has the same rules for gift cards and subscriptions', () => {
    const { merchandise } = line();
    const giftCard = {
      merchandise: { ...merchandise, product: { ...merchandise.product, isGiftCard: true } },
    };
    assert.equal(codeOf(result([line(giftCard)])), 'invalid_cart');
    assert.equal(codeOf(result([line({ sellingPlanAllocation: { sellingPlan: {} } })])), 'invalid_cart');
    assert.equal(codeOf(result([line()]), { excluded: ['monitor'] }), 'invalid_cart');
  });

  it('sells a subscription when the merchant allows it and the whole price is due today, and no deposit', () => {
    const productWith = (sellingPlanAllocation: object) =>
      codeOf(result([line({ sellingPlanAllocation })]), { subscriptions: true });
    const left = (amount: string) => ({ remainingBalanceChargeAmount: { amount, currencyCode: 'USD' } });
    assert.equal(productWith(left('0.0')), 'taken');
    assert.equal(productWith(left('112.5')), 'invalid_cart');
    // It does not state whether a part is due later.
    assert.equal(productWith({}), 'bad_response');
    for (const remainingBalanceChargeAmount of [null, { amount: '-1.0' }, { amount: null }])
      assert.equal(productWith({ remainingBalanceChargeAmount }), 'bad_response');
  });

  for (const [what, value] of Object.entries({
    // The documented fields of a line.
    'lines that name no product': result([{ id: '1', quantity: 1, cost: money('1.00') }]),
    'a line that leaves open whether it is a subscription': result([
      line({ sellingPlanAllocation: undefined }),
    ]),
    'a line that leaves open whether it is a gift card': result([
      line({ merchandise: { id: 'gid://shopify/ProductVariant/41', product: { handle: 'x' } } }),
    ]),
    'a line without its cost': result([line({ cost: undefined })]),
    'a line whose cost is null': result([line({ cost: { totalAmount: null } })]),
    'an amount with a fraction of a cent': result([line({ cost: money('1.001') })]),
    'no lines': result(undefined),
    nothing: undefined,
  }))
    it(`rejects ${what}`, () => {
      assert.equal(codeOf(value), 'bad_response');
    });
});

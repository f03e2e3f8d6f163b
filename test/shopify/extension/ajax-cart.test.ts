import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fc } from '../../support/property-runs.js';
import { checkCart } from '../../../src/contract/check.js';
import type { CheckoutError } from '../../../src/core/index.js';
import { fromAjaxCart } from '../../../src/shopify/extension/ajax-cart.js';
import { ajaxCart, ajaxItem } from './fixtures.js';

/** The error for a rejected cart. */
function refusal(ajax: unknown, rules?: Parameters<typeof fromAjaxCart>[1]): CheckoutError {
  try {
    fromAjaxCart(ajax, rules);
  } catch (error) {
    return error as CheckoutError;
  }
  return assert.fail('it was taken');
}

const codes = ({ details }: CheckoutError) => details.fields?.map(({ path, code }) => `${path} ${code}`);

describe("Shopify's Ajax cart", () => {
  it('becomes the contract’s cart: variants as products, whole cents, the cart’s token as reference', () => {
    const cart = fromAjaxCart(ajaxCart([{}, { variant_id: 42, title: 'Multivitamin', quantity: 2 }]));
    assert.deepEqual(cart, {
      reference_id: 'c1-abc',
      line_items: [
        {
          product_id: '41000000000001',
          name: 'Blood pressure monitor - White',
          currency: 'USD',
          price: 4995,
          quantity: 1,
        },
        // 49.95 for two: one unit costs a cent more, and the sum is the shop's.
        { product_id: '42', name: 'Multivitamin', currency: 'USD', price: 2498, quantity: 1 },
        { product_id: '42', name: 'Multivitamin', currency: 'USD', price: 2497, quantity: 1 },
      ],
    });
    assert.deepEqual(checkCart(cart).violations, []);
  });

  it('has the shop’s price after discounts on lines and on the whole cart', () => {
    const item = { original_price: 1999, final_price: 1666, quantity: 3, final_line_price: 4997 };
    const { line_items, discount } = fromAjaxCart(ajaxCart([item], { total_price: 4497 }));
    assert.deepEqual(
      line_items.map(({ price, quantity }) => [price, quantity]),
      [
        [1666, 2],
        [1665, 1],
      ],
    );
    assert.equal(discount, 500);
  });

  it('keeps every cent and every unit of any line', () => {
    const line = fc.record({
      quantity: fc.integer({ min: 1, max: 9999 }),
      final_line_price: fc.integer({ min: 0, max: 99_999_999 }),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        const cart = fromAjaxCart(ajaxCart(lines.map((fields, i) => ({ ...fields, variant_id: i + 1 }))));
        assert.deepEqual(checkCart(cart).violations, []);
        lines.forEach(({ quantity, final_line_price }, i) => {
          const own = cart.line_items.filter(({ product_id }) => product_id === String(i + 1));
          assert.equal(
            own.reduce((sum, part) => sum + part.quantity, 0),
            quantity,
          );
          assert.equal(
            own.reduce((sum, part) => sum + part.price! * part.quantity, 0),
            final_line_price,
          );
          // No unit price differs by more than a cent.
          assert.ok(
            Math.max(...own.map(({ price }) => price!)) - Math.min(...own.map(({ price }) => price!)) <= 1,
          );
        });
      }),
    );
  });

  it('keeps the shopper’s currency on each line, so that other dollars are rejected', () => {
    const { line_items } = fromAjaxCart(ajaxCart([{}], { currency: 'CAD' }));
    assert.deepEqual(
      line_items.map(({ currency }) => currency),
      ['CAD'],
    );
  });

  it('reports every line that is not sold, and drops none', () => {
    const items = [
      {},
      { gift_card: true },
      { selling_plan_allocation: { selling_plan: { name: 'Monthly' } } },
      { product_type: 'Snacks' },
    ];
    const error = refusal(ajaxCart(items), { excluded: ['snacks'] });
    assert.equal(error.code, 'invalid_cart');
    assert.equal(error.details.reason, 'not_sold_here');
    assert.deepEqual(codes(error), [
      'line_items[1] gift_card',
      'line_items[2] subscription',
      'line_items[3] excluded',
    ]);
    assert.deepEqual(codes(refusal(ajaxCart([{ handle: 'Tote-Bag' }]), { excluded: ['tote-bag'] })), [
      'line_items[0] excluded',
    ]);
  });

  it('sells subscriptions when the merchant allows them, and never gift cards', () => {
    const subscription = { selling_plan_allocation: { selling_plan: {} } };
    assert.equal(fromAjaxCart(ajaxCart([subscription]), { subscriptions: true }).line_items.length, 1);
    assert.deepEqual(codes(refusal(ajaxCart([subscription, { gift_card: true }]), { subscriptions: true })), [
      'line_items[1] gift_card',
    ]);
  });

  for (const [what, allocation] of Object.entries({
    'what is charged at the checkout': { price: 12_750, checkout_charge_amount: 1500 },
    'what is left to pay': { price: 12_750, remaining_balance_charge_amount: 11_250 },
    'a share in its selling plan': {
      price: 12_750,
      selling_plan: { name: 'Partial payment', checkout_charge: { value_type: 'percentage', value: 10 } },
    },
    'a price in its selling plan': {
      price: 12_750,
      selling_plan: { checkout_charge: { value_type: 'price', value: 1500 } },
    },
    'nothing due today': {
      price: 12_750,
      selling_plan: { checkout_charge: { value_type: 'percentage', value: 0 } },
    },
  }))
    it(`sells no pre-order with a deposit, by ${what}, whether or not subscriptions are sold`, () => {
      const cart = ajaxCart([{}, { final_line_price: 12_750, selling_plan_allocation: allocation }]);
      for (const subscriptions of [true, false])
        assert.deepEqual(codes(refusal(cart, { subscriptions })), ['line_items[1] deposit']);
    });

  it('does not treat a selling plan as a deposit when the whole price is due today, or when its amounts are unreadable', () => {
    const price = 12_750;
    const whole = { value_type: 'percentage', value: 100 };
    for (const allocation of [
      {
        price,
        checkout_charge_amount: price,
        remaining_balance_charge_amount: 0,
        selling_plan: { checkout_charge: whole },
      },
      // A prepaid plan, whose total covers several deliveries.
      { price, per_delivery_price: 4250, checkout_charge_amount: price },
      {
        price,
        compare_at_price: 15_000,
        selling_plan: { checkout_charge: { value_type: 'price', value: price } },
      },
      { price, checkout_charge_amount: null, remaining_balance_charge_amount: null, selling_plan: null },
      { price, checkout_charge_amount: '1500', remaining_balance_charge_amount: '11250' },
      { checkout_charge_amount: 1500 },
      { price, selling_plan: { checkout_charge: { value_type: null, value: null } } },
      {},
    ]) {
      const cart = ajaxCart([{ selling_plan_allocation: allocation }]);
      assert.equal(
        fromAjaxCart(cart, { subscriptions: true }).line_items.length,
        1,
        JSON.stringify(allocation),
      );
      assert.deepEqual(codes(refusal(cart)), ['line_items[0] subscription']);
    }
  });

  it('keeps a free line, and a bundle as one line', () => {
    const parts = [ajaxItem({ variant_id: 8 }), ajaxItem({ variant_id: 9 })];
    const { line_items } = fromAjaxCart(
      ajaxCart([
        { variant_id: 1, final_line_price: 0 },
        { variant_id: 2, has_components: true, item_components: parts, final_line_price: 7000 },
      ]),
    );
    assert.deepEqual(
      line_items.map(({ product_id, price, quantity }) => [product_id, price, quantity]),
      [
        ['1', 0, 1],
        ['2', 7000, 1],
      ],
    );
  });

  it('is an empty cart without items', () => {
    assert.deepEqual(fromAjaxCart(ajaxCart([])).line_items, []);
  });

  for (const [what, ajax] of Object.entries({
    null: null,
    'a text': '<html>',
    'an error of Shopify': { status: 429, message: 'Too many requests' },
    'a cart without a currency': { items: [] },
    'a line that is null': ajaxCart([{}], { items: [null] }),
    'a price in dollars': ajaxCart([{ final_line_price: 49.95 }]),
    'a price as text': ajaxCart([{ final_line_price: '4995' as never }]),
    'no price': ajaxCart([{}], { items: [{ variant_id: 1, quantity: 1 }] }),
    'a negative price': ajaxCart([{ final_line_price: -1 }]),
    'no variant': ajaxCart([{ variant_id: undefined }]),
    'no piece': ajaxCart([{ quantity: 0 }]),
  }))
    it(`rejects ${what}`, () => {
      const { code, retryable, message } = refusal(ajax);
      assert.equal(code, 'bad_response');
      assert.ok(retryable);
      assert.doesNotMatch(message, /<html>|4995/);
    });
});

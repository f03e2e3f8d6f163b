import type { CheckoutCart } from '../../contract/check.js';
import { toCents } from '../../core/index.js';
import { fromAjaxCart, noCart, type CartRules } from './ajax-cart.js';

interface Money {
  amount?: unknown;
  currencyCode?: unknown;
}

/** The used fields of a line of `Shopify.actions.getCart()`. Shopify documents only `quantity` and `cost`. */
interface StandardLine {
  quantity?: unknown;
  cost?: { totalAmount?: Money | null };
  merchandise?: {
    id?: unknown;
    product?: { title?: unknown; handle?: unknown; productType?: unknown; isGiftCard?: unknown };
  };
  sellingPlanAllocation?: { remainingBalanceChargeAmount?: Money | null } | null;
}

/** The cents of a decimal amount, with any number of trailing zeros. Undefined when it is not an amount. */
function centsOf(money?: Money | null): number | undefined {
  try {
    return toCents(String(money?.amount).replace(/(\.\d\d)0+$/, '$1'));
  } catch {
    return undefined;
  }
}

/**
 * Converts the result of `Shopify.actions.getCart()`, whose amounts are decimal strings, to the contract's cart. It is used when
 * the Ajax cart cannot be read, and only when its lines have the undocumented fields that identify the product.
 * @throws {CheckoutError} as `fromAjaxCart` does; also `bad_response` when a line does not identify its product, or does not
 * say whether it is a gift card, a subscription or a deposit.
 */
export function fromStandardCart(result: unknown, rules: CartRules = {}): CheckoutCart {
  const { cart } = Object(result) as { cart?: unknown };
  // The cart is null before the first item is added.
  if (cart === null) return { line_items: [] };
  const { lines, cost } = Object(cart) as { lines?: unknown; cost?: StandardLine['cost'] };
  // Shopify documents `lines` as a list. Some shops return a GraphQL connection, which has the list in `nodes`.
  const list = Array.isArray(lines) ? lines : (Object(lines) as { nodes?: unknown }).nodes;
  if (!Array.isArray(list)) throw noCart('getCart() without lines');
  const items = list.map((item, i) => {
    const { quantity, cost, merchandise, sellingPlanAllocation } = Object(item) as StandardLine;
    const { title, handle, productType, isGiftCard } = merchandise?.product ?? {};
    const dueLater = centsOf(sellingPlanAllocation?.remainingBalanceChargeAmount);
    // A deposit is never sold. When the shop does not sell subscriptions here either, the two need not be told apart.
    const isDepositUnknown = sellingPlanAllocation && rules.subscriptions && dueLater === undefined;
    if (
      isGiftCard === undefined ||
      sellingPlanAllocation === undefined ||
      handle === undefined ||
      isDepositUnknown
    )
      throw noCart(`getCart() with a line ${i} of an unknown kind`);
    return {
      // The end of "gid://shopify/ProductVariant/1".
      variant_id: /\d+$/.exec(String(merchandise!.id))?.[0],
      quantity,
      title,
      final_line_price: centsOf(cost?.totalAmount),
      gift_card: isGiftCard,
      selling_plan_allocation: sellingPlanAllocation && { remaining_balance_charge_amount: dueLater },
      handle,
      product_type: productType,
    };
  });
  const total = cost?.totalAmount;
  return fromAjaxCart({ items, currency: total?.currencyCode, total_price: centsOf(total) }, rules);
}

import type { CheckoutCart } from '../../contract/check.js';
import { toCents } from '../../core/index.js';
import { fromAjaxCart, noCart, type CartRules } from './ajax-cart.js';

interface Money {
  amount?: unknown;
  currencyCode?: unknown;
}

/** What is read of a line of `Shopify.actions.getCart()`. Of all this Shopify documents the quantity and the cost alone. */
interface StandardLine {
  quantity?: unknown;
  cost?: { totalAmount?: Money | null };
  merchandise?: {
    id?: unknown;
    product?: { title?: unknown; handle?: unknown; productType?: unknown; isGiftCard?: unknown };
  };
  sellingPlanAllocation?: { remainingBalanceChargeAmount?: Money | null } | null;
}

/** Cents of a decimal amount, however many zeros stand at its end; nothing for what is none. */
function centsOf(money?: Money | null): number | undefined {
  try {
    return toCents(String(money?.amount).replace(/(\.\d\d)0+$/, '$1'));
  } catch {
    return undefined;
  }
}

/**
 * Makes the contract's cart of what `Shopify.actions.getCart()` returns, whose amounts are decimal texts. It stands in where
 * the Ajax cart cannot be read, and only where it says enough: the lines that Shopify documents name no product.
 * @throws {CheckoutError} as `fromAjaxCart` does; also where a line leaves open what it is, or of what kind.
 */
export function fromStandardCart(result: unknown, rules: CartRules = {}): CheckoutCart {
  const { cart } = Object(result) as { cart?: unknown };
  // Whoever never put anything into a cart has none.
  if (cart === null) return { line_items: [] };
  const { lines, cost } = Object(cart) as { lines?: unknown; cost?: StandardLine['cost'] };
  // Documented as a list, and met as a connection.
  const list = Array.isArray(lines) ? lines : (Object(lines) as { nodes?: unknown }).nodes;
  if (!Array.isArray(list)) throw noCart('getCart() without lines');
  const items = list.map((item, i) => {
    const { quantity, cost, merchandise, sellingPlanAllocation } = Object(item) as StandardLine;
    const { title, handle, productType, isGiftCard } = merchandise?.product ?? {};
    const dueLater = centsOf(sellingPlanAllocation?.remainingBalanceChargeAmount);
    // Whether it is a deposit matters only where it would be sold.
    const isOpen = sellingPlanAllocation && rules.subscriptions && dueLater === undefined;
    if (isGiftCard === undefined || sellingPlanAllocation === undefined || handle === undefined || isOpen)
      throw noCart(`getCart() with a line ${i} that leaves open what it is`);
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

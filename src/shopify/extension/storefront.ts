/*
 * The entry point of `hsa-storefront.js`: what the loader needs once a block is on the screen. Shopify limits the loader to 10,000
 * bytes.
 */
import type { CheckoutCart } from '../../contract/check.js';
import type { CheckoutError } from '../../core/index.js';
import { NOT_SOLD, type CartRules } from './ajax-cart.js';
import { readEntries } from './cart-entries.js';
import { readCart } from './read-cart.js';
import type { Facts, ShopElement } from './shop-element.js';

export { joinFocusTraps } from './focus-traps.js';
export { followPage } from './page-look.js';

/** The merchant's settings of a block. */
function rulesOf({ dataset }: HTMLElement): CartRules {
  const excluded = dataset.excluded?.split(/[,\n]/).map((word) => word.trim().toLowerCase());
  return { subscriptions: 'subscriptions' in dataset, excluded: excluded?.filter(Boolean) };
}

/**
 * The shopper's cart for a button.
 * @param settled at a press, resolves when no change of the cart is under way. The cart is then as the page around the button
 * shows it.
 */
export const cartOfButton = (button: ShopElement, settled?: () => Promise<void>): Promise<CheckoutCart> =>
  readCart(rulesOf(button), settled && { read: () => readEntries(button), settled });

/** The shopper's cart for a badge, each line with what the metafields say of its product. */
export async function cartOfBadge(facts: Facts): Promise<CheckoutCart> {
  const { line_items, discount } = await readCart({ subscriptions: true });
  return {
    discount,
    line_items: line_items.map((line) => {
      const { hsa_fsa_eligible, requires_lmn } = facts.get(line.product_id) ?? {};
      return { ...line, hsa_fsa_eligible, requires_lmn };
    }),
  };
}

/** Whether a cart has a line that is not sold through this checkout. */
export const isNotSold = (error: unknown): boolean => (error as CheckoutError).details?.reason === NOT_SOLD;

/*
 * The entry point of `hsa-storefront.js`, which the loader loads when a block is near the screen. It is a separate file,
 * because Shopify limits the loader to 10,000 bytes.
 */
import type { CheckoutCart } from '../../contract/check.js';
import { CheckoutError } from '../../core/index.js';
import { NOT_SOLD, type CartRules } from './ajax-cart.js';
import { readEntries } from './cart-entries.js';
import { readCart } from './read-cart.js';
import type { ProductFlags, ShopElement } from './shop-element.js';

export { joinFocusTraps } from './focus-traps.js';
export { followPage } from './page-look.js';

/** The merchant's settings of a block. */
function rulesOf({ dataset }: HTMLElement): CartRules {
  const excluded = dataset.excluded?.split(/[,\n]/).map((entry) => entry.trim().toLowerCase());
  return { subscriptions: 'subscriptions' in dataset, excluded: excluded?.filter(Boolean) };
}

/**
 * The shopper's cart for a button.
 * @param settled resolves when no change of the cart is pending. The caller passes it only after a press: quantities, note and
 * attributes that the page shows are then saved in the shop's cart before it is read.
 */
export async function cartOfButton(
  button: ShopElement,
  settled?: () => Promise<void>,
): Promise<CheckoutCart> {
  const cart = await readCart(rulesOf(button), settled && { read: () => readEntries(button), settled });
  const currency = cart.line_items.find((line) => line.currency !== 'USD')?.currency;
  // Liquid renders no button for such a cart, but the page may come from a cache.
  if (currency) throw new CheckoutError('unsupported_currency', `The cart is in ${currency}, not in USD`);
  return cart;
}

/** The shopper's cart for a badge, each line with the eligibility from its product's metafield. */
export async function cartOfBadge(flags: ProductFlags): Promise<CheckoutCart> {
  const { line_items, discount } = await readCart({ subscriptions: true });
  return {
    discount,
    line_items: line_items.map((line) => {
      const { hsa_fsa_eligible, requires_lmn } = flags.get(line.product_id) ?? {};
      return { ...line, hsa_fsa_eligible, requires_lmn };
    }),
  };
}

/** Whether an error means that the cart is not sold through this checkout, because of a line or its currency. */
export function isNotSold(error: unknown): boolean {
  const { code, details } = error as Partial<CheckoutError>;
  return code === 'unsupported_currency' || details?.reason === NOT_SOLD;
}

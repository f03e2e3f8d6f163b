import { requestEligibility, type EligibilityOptions } from '../../client/index.js';
import type { CheckoutCart } from '../../contract/check.js';
import { cartEligibility, lineEligibility, type CartEligibility } from '../../core/index.js';

/** What is known of a cart's eligibility: from its own lines, and from the endpoint for lines that do not say. */
export async function resolveCartEligibility(
  cart: CheckoutCart,
  endpoint: string | undefined,
  asking: EligibilityOptions,
): Promise<CartEligibility> {
  const lines = await Promise.all(
    cart.line_items.map(async (line) => {
      const own = lineEligibility(line);
      const eligibility =
        own === 'unknown' && endpoint ? await requestEligibility(endpoint, line.product_id, asking) : own;
      // Amounts of lines do not add up to the total where something is taken off the whole cart.
      return { ...line, eligibility, price: cart.discount ? undefined : line.price };
    }),
  );
  return cartEligibility(lines);
}

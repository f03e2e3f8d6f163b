import { requestEligibility, type EligibilityOptions } from '../../client/index.js';
import type { CheckoutCart } from '../../contract/check.js';
import { cartEligibility, lineEligibility, type CartEligibility } from '../../core/index.js';

/**
 * The eligibility of a cart: from the eligibility fields of its lines, and from the endpoint for lines that do not state it.
 */
export async function resolveCartEligibility(
  cart: CheckoutCart,
  endpoint: string | undefined,
  options: EligibilityOptions,
): Promise<CartEligibility> {
  const lines = await Promise.all(
    cart.line_items.map(async (line) => {
      const own = lineEligibility(line);
      const eligibility =
        own === 'unknown' && endpoint ? await requestEligibility(endpoint, line.product_id, options) : own;
      // With a discount on the whole cart, the lines' prices do not add up to the total, so no amounts are shown.
      return { ...line, eligibility, price: cart.discount ? undefined : line.price };
    }),
  );
  return cartEligibility(lines);
}

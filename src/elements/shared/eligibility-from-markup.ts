import { checkCart } from '../../contract/check.js';
import { cartEligibility, lineEligibility, type CartEligibility } from '../../core/index.js';
import { parseCartJson, type CartHolder } from './cart-source.js';

/** What a server can say of a cart: what the lines say themselves, without asking or waiting for anybody. */
export function eligibilityFromMarkup({
  cart,
  cartJson,
}: Pick<CartHolder, 'cart' | 'cartJson'>): CartEligibility {
  try {
    const given: unknown = cart ?? parseCartJson(cartJson ?? 'null');
    const lines = checkCart(given).value?.line_items ?? [];
    return cartEligibility(lines.map((line) => ({ ...line, eligibility: lineEligibility(line) })));
  } catch {
    // The page will say what is wrong with it.
    return { eligibility: 'unknown' };
  }
}

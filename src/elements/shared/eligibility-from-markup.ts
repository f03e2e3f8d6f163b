import { checkCart } from '../../contract/check.js';
import { cartEligibility, lineEligibility, type CartEligibility } from '../../core/index.js';
import { parseCartJson, type CartHolder } from './cart-source.js';

/**
 * The eligibility of a cart for server rendering. Only the fields of its lines count: no request is sent, and a cart function
 * is not called.
 */
export function eligibilityFromMarkup({
  cart,
  cartJson,
}: Pick<CartHolder, 'cart' | 'cartJson'>): CartEligibility {
  try {
    const source: unknown = cart ?? parseCartJson(cartJson ?? 'null');
    const lines = checkCart(source).value?.line_items ?? [];
    return cartEligibility(lines.map((line) => ({ ...line, eligibility: lineEligibility(line) })));
  } catch {
    // The element reports the invalid cart in the browser.
    return { eligibility: 'unknown' };
  }
}

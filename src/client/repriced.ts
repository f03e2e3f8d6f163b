import type { CheckoutCart } from '../contract/check.js';
import type { Session } from './create-session.js';

/** Whether the server asks for more than the page stated. What the page did not state is not a number, and never less. */
export function isRepriced(
  { line_items, shipping, tax, discount = 0 }: CheckoutCart,
  session: Session,
): boolean {
  const goods = line_items.reduce((sum, { price, quantity }) => sum + price! * quantity, 0);
  return session.subtotalCents! > goods || session.totalCents! > goods + shipping! + tax! - discount;
}

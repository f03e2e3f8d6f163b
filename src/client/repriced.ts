import type { CheckoutCart } from '../contract/check.js';
import type { Session } from './create-session.js';

/** Whether the server asks for more than the page stated. What the page did not state is not a number, and never less. */
export function isRepriced(
  { line_items, shipping, tax, discount = 0 }: CheckoutCart,
  session: Session,
): boolean {
  let goods = 0;
  // Not `reduce`, which Prototype 1.6 replaces by something else.
  for (const { price, quantity } of line_items) goods += price! * quantity;
  return session.subtotalCents! > goods || session.totalCents! > goods + shipping! + tax! - discount;
}

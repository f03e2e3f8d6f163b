import type { CheckoutCart } from '../contract/check.js';
import type { Session } from './create-session.js';

/** Whether the session costs more than the page stated. A missing amount makes the sum NaN, which compares as false. */
export function isRepriced(
  { line_items, shipping, tax, discount = 0 }: CheckoutCart,
  session: Session,
): boolean {
  let subtotalCents = 0;
  // `reduce` is not used, because the library Prototype 1.6 replaces it by another function.
  for (const { price, quantity } of line_items) subtotalCents += price! * quantity;
  return (
    session.subtotalCents! > subtotalCents ||
    session.totalCents! > subtotalCents + shipping! + tax! - discount
  );
}

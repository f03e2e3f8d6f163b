import { isCents } from '../../core/index.js';
import type { Amounts, CheckoutRequest } from '../../contract/index.js';

/** Computes subtotal and total of a request, in cents. A total below zero, or not a safe integer, means wrong amounts. */
export function totalOf({ line_items, shipping, tax, discount }: CheckoutRequest): {
  subtotal: number;
  total: number;
} {
  const subtotal = line_items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return { subtotal, total: subtotal + (shipping ?? 0) + (tax ?? 0) - (discount ?? 0) };
}

/**
 * Merges the amounts of a session field by field: the provider's if they are cents, else the request's. Without the
 * request's amounts the page could not notice that the price is higher than the one it showed.
 */
export function amountsOf(request: CheckoutRequest, fromProvider: unknown): Amounts | undefined {
  const computed: Record<string, unknown> = totalOf(request);
  const provided = Object(fromProvider) as Record<string, unknown>;
  const names = ['subtotal', 'hsa_amount', 'regular_amount', 'total'] as const;
  const amounts: Amounts = {};
  for (const name of names) {
    const cents = [provided[name], computed[name]].find(isCents);
    if (cents !== undefined) amounts[name] = cents;
  }
  return Object.keys(amounts).length ? amounts : undefined;
}

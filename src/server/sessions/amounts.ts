import { isCents } from '../../core/index.js';
import type { Amounts, CheckoutRequest } from '../../contract/index.js';

/** The total of a request, in cents: not a safe integer, or below zero, where its amounts make no sense. */
export function totalOf({ line_items, shipping, tax, discount }: CheckoutRequest): {
  subtotal: number;
  total: number;
} {
  const subtotal = line_items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
  return { subtotal, total: subtotal + (shipping ?? 0) + (tax ?? 0) - (discount ?? 0) };
}

/**
 * The amounts of a session: the provider's where they are cents, else the request's own. A provider that gives only some of
 * them, or texts, must not hide a price that is above the page's.
 */
export function amountsOf(request: CheckoutRequest, fromProvider: unknown): Amounts | undefined {
  const own: Record<string, unknown> = totalOf(request);
  const theirs = Object(fromProvider) as Record<string, unknown>;
  const names = ['subtotal', 'hsa_amount', 'regular_amount', 'total'] as const;
  const amounts: Amounts = {};
  for (const name of names) {
    const cents = [theirs[name], own[name]].find(isCents);
    if (cents !== undefined) amounts[name] = cents;
  }
  return Object.keys(amounts).length ? amounts : undefined;
}

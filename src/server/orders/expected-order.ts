import type { Amounts, CheckoutSession } from '../../contract/index.js';
import type { CheckedRequest } from '../sessions/resolve-cart.js';

/** The order that a session was opened for. It is stored with the session, and a paid order is compared with it. */
export interface ExpectedOrder {
  reference_id: string;
  /**
   * True when the provider's response may be a repetition of its response to an earlier request with the same idempotency
   * key. The session may then have the `reference_id` of that request, so a paid order's `reference_id` is not compared.
   */
  repeated?: boolean;
  currency: string;
  /** The amounts of the session, in cents. */
  amounts?: Amounts;
}

/** The store's key of an expected order. */
export const expectedOrderKey = (checkoutId: string): string => `expected-order:${checkoutId}`;

/** Makes the expected order of a new session. */
export function toExpectedOrder(
  { line_items }: CheckedRequest,
  { amounts }: CheckoutSession,
  referenceId: string,
  repeated: boolean,
): ExpectedOrder {
  return {
    reference_id: referenceId,
    repeated,
    currency: line_items[0]!.currency,
    ...(amounts && { amounts }),
  };
}

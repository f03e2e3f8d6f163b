import type { Amounts, CheckoutSession } from '../../contract/index.js';
import type { CheckedRequest } from '../sessions/resolve-cart.js';

/** The order that a session was opened for. It is stored with the session, and a paid order is compared with it. */
export interface ExpectedOrder {
  reference_id: string;
  /** Whether the provider may have repeated an earlier response. The session then has the reference of an earlier request. */
  repeated?: boolean;
  currency: string;
  /** The amounts of the session, in cents. */
  amounts?: Amounts;
}

/** The store's key of an expected order. */
export const expectedOrderKey = (checkoutId: string): string => `asked:${checkoutId}`;

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

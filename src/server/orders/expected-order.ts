import type { Amounts, CheckoutSession } from '../../contract/index.js';
import type { CheckedRequest } from '../sessions/resolve-cart.js';

/** What a session was opened for. It is kept beside the session, so that a paid order can be compared with it. */
export interface ExpectedOrder {
  reference_id: string;
  /** Whether the provider may have repeated an earlier answer: the session then has the reference of an earlier request. */
  repeated?: boolean;
  currency: string;
  /** The amounts that the provider named when it opened the session, else our own, in cents. */
  amounts?: Amounts;
}

/** The store's key for what a session was opened for. */
export const expectedOrderKey = (checkoutId: string): string => `asked:${checkoutId}`;

/** What a session was opened for. */
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

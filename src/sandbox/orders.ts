import type { Amounts, CheckoutRequest, CheckoutType } from '../contract/index.js';
import { randomId } from './random-id.js';

/** The order of a paid session, which is also the `data` of the `order.created` event. It has no customer data. */
export interface SandboxOrder {
  id: string;
  order_id: string;
  checkout_id: string;
  reference_id: string;
  status: 'paid';
  type: CheckoutType;
  /** The total that was charged, in cents. */
  amount: number;
  amounts: Required<Amounts>;
  currency: string;
  line_items: { product_id: string; name: string; price: number; quantity: number }[];
  created_at: string;
}

/** The fields of a session that its order repeats. */
export interface PaidSession {
  readonly id: string;
  readonly request: Pick<CheckoutRequest, 'reference_id' | 'line_items'>;
  readonly type: CheckoutType;
  readonly amounts: Required<Amounts>;
  readonly currency: string;
}

/** Creates the order of a session that was just paid. */
export function createOrder(
  { id, request, type, amounts, currency }: PaidSession,
  created_at: string,
): SandboxOrder {
  const orderId = randomId('ord');
  return {
    id: orderId,
    order_id: orderId,
    checkout_id: id,
    reference_id: request.reference_id,
    status: 'paid',
    type,
    amount: amounts.total,
    amounts,
    currency,
    line_items: request.line_items.map(({ product_id, name, price, quantity }) => ({
      product_id,
      name,
      price,
      quantity,
    })),
    created_at,
  };
}

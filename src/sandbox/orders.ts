import type { Amounts, CheckoutType } from '../contract/index.js';
import { randomId } from './random-id.js';
import type { Session } from './sessions.js';

/** The order that a paid session became: what `order.created` carries as its `data`. No customer data is in it. */
export interface SandboxOrder {
  id: string;
  order_id: string;
  checkout_id: string;
  reference_id: string;
  status: 'paid';
  type: CheckoutType;
  /** What was charged in all, in cents. */
  amount: number;
  amounts: Required<Amounts>;
  currency: string;
  line_items: { product_id: string; name: string; price: number; quantity: number }[];
  created_at: string;
}

/** Makes the order of a session that was just paid. */
export function createOrder(
  { id, request, type, amounts, currency }: Session,
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

import * as z from 'zod';
import { CheckoutId, OptionalId } from './session.js';

/**
 * The `order.created` webhook: a session is paid and its order exists. An earlier form names the type `event`. Unknown fields
 * are kept.
 */
export const OrderCreatedEvent = z.preprocess(
  (body) => {
    const { event, ...rest } = Object(body);
    return { ...rest, type: rest.type ?? event };
  },
  z.looseObject({
    id: z.string().optional().catch(undefined),
    type: z.literal('order.created'),
    data: z.looseObject({
      id: OptionalId,
      order_id: OptionalId,
      checkout_id: CheckoutId,
      reference_id: z.string().optional().catch(undefined),
      status: z.string().optional().catch(undefined),
    }),
  }),
);
export type OrderCreatedEvent = z.infer<typeof OrderCreatedEvent>;

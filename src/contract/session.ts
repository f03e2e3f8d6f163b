import * as z from 'zod';
import { closedReason, sessionStatus } from '../core/index.js';
import { Cents } from './request.js';

/** The type of a session's cart, as the provider's API names it. */
export const CheckoutType = z.enum(['eligible', 'split', 'regular']);
export type CheckoutType = z.infer<typeof CheckoutType>;

/** The status of a session, read from every spelling of the API's versions. An unknown status is `open`. */
export const SessionStatus = z
  .string()
  .transform((spelling) => sessionStatus(spelling))
  .pipe(z.enum(['open', 'paid', 'expired']));
export type SessionStatus = z.infer<typeof SessionStatus>;

/** The id of a session. */
export const CheckoutId = z.string().regex(/^[\w-]{1,128}$/);

/** A time as ISO 8601 with `Z` or an offset. Other forms are ambiguous and are left out. */
const Timestamp = z.iso.datetime({ offset: true }).optional().catch(undefined);

/** The parts of a session's total, in cents. */
export const Amounts = z.object({
  subtotal: Cents.optional().catch(undefined),
  hsa_amount: Cents.optional().catch(undefined),
  regular_amount: Cents.optional().catch(undefined),
  total: Cents.optional().catch(undefined),
});
export type Amounts = z.infer<typeof Amounts>;

/** An id in a response of the provider. Some versions of the API write numbers. An empty text is a missing id. */
export const OptionalId = z
  .union([z.string(), z.int().transform(String)])
  .nullish()
  .catch(undefined)
  .transform((id) => id || undefined);

/** Removes the wrapper `{"success": true, "data": {…}}` that some versions of the API put around every response. */
export const unwrap = (body: unknown): unknown => {
  const wrapped = body as { success?: unknown; data?: unknown } | null | undefined;
  return wrapped?.success === true && typeof wrapped.data === 'object' ? wrapped.data : body;
};

/** The response of `POST /checkout`: the response table of the provider's API. The shopper pays at `checkout_url`. */
export const CheckoutSession = z.preprocess(
  unwrap,
  z.object({
    checkout_id: CheckoutId,
    checkout_url: z.string().regex(/[^]/),
    status: SessionStatus,
    expires_at: Timestamp,
    type: CheckoutType.optional().catch(undefined),
    amounts: Amounts.optional().catch(undefined),
  }),
);
export type CheckoutSession = z.infer<typeof CheckoutSession>;

/** The response of `GET /checkout/{id}` in one form for all versions of the API. */
export const SessionState = z.preprocess(
  unwrap,
  z
    .object({
      checkout_id: CheckoutId,
      reference_id: z.string().optional().catch(undefined),
      status: z.string(),
      reason: z.string().optional().catch(undefined),
      type: CheckoutType.optional().catch(undefined),
      order_id: OptionalId,
      order: z
        .object({
          id: OptionalId,
          amount: Cents.optional().catch(undefined),
          currency: z.string().optional().catch(undefined),
        })
        .nullish()
        .catch(undefined),
      amounts: Amounts.optional().catch(undefined),
      currency: z.string().optional().catch(undefined),
      expires_at: Timestamp,
      paid_at: Timestamp,
      expired_at: Timestamp,
    })
    .transform(({ status, reason, order, order_id, amounts, currency = order?.currency, ...rest }) => {
      const normalized = sessionStatus(status);
      // `expired` may have a separate reason. It refines the status, but never makes it `paid`.
      const closed = normalized === 'expired' ? (closedReason(reason) ?? closedReason(status)) : undefined;
      const total = amounts?.total ?? order?.amount;
      return {
        ...rest,
        status: normalized,
        ...(closed && { reason: closed }),
        ...((amounts ?? total !== undefined) && { amounts: { ...amounts, total } }),
        ...(currency && { currency }),
        order_id: order_id ?? order?.id,
      };
    }),
);
export type SessionState = z.infer<typeof SessionState>;

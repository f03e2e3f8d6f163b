import * as z from 'zod';
import { sessionStatus } from '../core/index.js';
import { Cents } from './request.js';

/** What kind of cart a session is for, in the provider's words. */
export const CheckoutType = z.enum(['eligible', 'split', 'regular']);
export type CheckoutType = z.infer<typeof CheckoutType>;

/** What has become of a session. Every spelling of the provider's versions is read; an unknown word is `open`. */
export const SessionStatus = z
  .string()
  .transform((word) => sessionStatus(word).status)
  .pipe(z.enum(['open', 'paid', 'expired']));
export type SessionStatus = z.infer<typeof SessionStatus>;

/** The form of a session's id. */
export const CheckoutId = z.string().regex(/^[\w-]{1,128}$/);

/** A moment as ISO 8601 with `Z` or an offset. Anything else tells nothing sure and is left out. */
const Moment = z.iso.datetime({ offset: true }).optional().catch(undefined);

/** How a session's total divides, in cents. */
export const Amounts = z.object({
  subtotal: Cents.optional().catch(undefined),
  hsa_amount: Cents.optional().catch(undefined),
  regular_amount: Cents.optional().catch(undefined),
  total: Cents.optional().catch(undefined),
});
export type Amounts = z.infer<typeof Amounts>;

/** An id in the provider's answer. Some versions write numbers; an empty text is no id. */
export const OptionalId = z
  .union([z.string(), z.int().transform(String)])
  .nullish()
  .catch(undefined)
  .transform((id) => id || undefined);

/** Some versions of the provider wrap every answer: `{"success": true, "data": {…}}`. */
export const unwrap = (body: unknown): unknown => {
  const wrapped = body as { success?: unknown; data?: unknown } | null | undefined;
  return wrapped?.success === true && typeof wrapped.data === 'object' ? wrapped.data : body;
};

/** What `POST /checkout` answers: the seed's response table. Send the customer to `checkout_url`. */
export const CheckoutSession = z.preprocess(
  unwrap,
  z.object({
    checkout_id: CheckoutId,
    checkout_url: z.string().regex(/[^]/),
    status: SessionStatus,
    expires_at: Moment,
    type: CheckoutType.optional().catch(undefined),
    amounts: Amounts.optional().catch(undefined),
  }),
);
export type CheckoutSession = z.infer<typeof CheckoutSession>;

/** What `GET /checkout/{id}` answers, in the form that all versions have in common. */
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
      expires_at: Moment,
      paid_at: Moment,
      expired_at: Moment,
    })
    .transform(({ status, reason, order, order_id, amounts, currency = order?.currency, ...rest }) => {
      const read = sessionStatus(status);
      // "expired" with a reason beside it: the reason says what really happened, never that it was paid.
      const closed = read.status === 'expired' && reason ? sessionStatus(reason).reason : undefined;
      const total = amounts?.total ?? order?.amount;
      return {
        ...rest,
        ...read,
        ...(closed && { reason: closed }),
        ...((amounts ?? total !== undefined) && { amounts: { ...amounts, total } }),
        ...(currency && { currency }),
        order_id: order_id ?? order?.id,
      };
    }),
);
export type SessionState = z.infer<typeof SessionState>;

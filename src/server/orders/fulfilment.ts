/**
 * The outcome for a paid order:
 *
 * - `fulfilled`: `onOrderCreated` ran. `duplicate`: it ran before.
 * - `in_progress`: another request runs it. `slow`: it still runs, but the webhook no longer waits.
 * - `failed`: `onOrderCreated` threw. `store_failed`: the store failed. `unreachable`: the request to the provider
 *   for the payment's state failed.
 * - `still_open`: the provider does not report the payment yet.
 * - `not_paid`, `unknown_checkout`: the provider reports no payment, or does not find the checkout.
 * - `mismatch`: the request, the event and the provider disagree on total, currency, order or reference.
 *
 * Only `fulfilled` and `duplicate` mean that the shop has the order. For an outcome that another attempt can change, the
 * webhook gets an error status, so that the provider delivers it again.
 */
export type Fulfilment =
  | 'fulfilled'
  | 'duplicate'
  | 'in_progress'
  | 'slow'
  | 'failed'
  | 'store_failed'
  | 'unreachable'
  | 'still_open'
  | 'not_paid'
  | 'unknown_checkout'
  | 'mismatch';

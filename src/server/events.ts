import { PROBLEM_STATUS, type ProblemCode } from '../core/index.js';
import type { Fulfilment } from './orders/fulfil.js';
import type { WebhookFault } from './providers/provider.js';
import type { ContractReason, ProviderFailureKind } from './providers/provider-failure.js';
import type { StoreOperation } from './stores/tolerant-store.js';

/** What a request was for: the last segment of its path. */
export type Route = 'create' | 'status' | 'eligibility' | 'webhook';

/** Tells what the handler did: ids, counts, codes, times, and the provider's reason for a refusal, so that it can be logged as it stands. */
export type HandlerEvent = {
  /** The answer's `x-request-id`. */
  requestId: string;
} & (
  | {
      type: 'answer';
      route: Route;
      status: number;
      durationMs: number;
      /** The problem's code, where it was no success. */
      code?: ProblemCode;
      /** The fields at fault, by path; those of `metadata` and what is no plain path are left out. */
      paths?: string[];
      /** The name of what was thrown, and the provider's side of it. */
      cause?: {
        name: string;
        kind?: ProviderFailureKind;
        status?: number;
        /** Of `provider_contract`: why, and the field at fault. */
        reason?: ContractReason;
        path?: string;
      };
      /** Why a webhook was refused with a 401. */
      webhook?: WebhookFault;
      /** The cause and the line to write, as a sentence, where the setup is wrong: a body parser before the handler, an origin that is not listed, another webhook secret. */
      setup?: string;
    }
  | { type: 'session'; checkoutId: string; replayed: boolean; generation: number }
  /** `ignored` with a `checkoutId` is an order that nobody takes: `onOrderCreated` is missing. */
  | { type: 'webhook'; outcome: Fulfilment | 'ignored'; checkoutId?: string }
  /** A paid order was not fulfilled, because these fields differ between what was asked, the event and the provider. */
  | {
      type: 'mismatch';
      checkoutId: string;
      fields: ('total' | 'currency' | 'order_id' | 'reference_id')[];
    }
  | { type: 'hook_failed'; hook: 'onSessionCreated' | 'onOrderCreated'; checkoutId: string; name: string }
  | { type: 'hook_failed'; hook: 'rateLimit'; name: string }
  /** The provider's list is longer than what is read of it (1,000 products): give a `resolveEligibility`. */
  | { type: 'catalogue_truncated'; products: number }
  /** Pictures of `resolveCart` that are no absolute http or https URL: the cart goes on without them. */
  | { type: 'image_dropped'; paths: string[] }
  /**
   * The provider refused a cart. `providerMessage` is its text, without texts of the cart, addresses, numbers and keys;
   * `productIds` are those of the cart: one that was never synced is the usual cause.
   */
  | { type: 'provider_refused'; status?: number; providerMessage?: string; productIds?: string[] }
  | { type: 'store_failed'; operation: StoreOperation; name: string }
);

/** The name of a thrown thing: all of it that is safe to log, as long as it is a name. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return /^\w{1,64}$/.test(error.name) ? error.name : 'Error';
}

/** Where events go when nobody takes them: failures to the console, so that a refused API key does not stay unseen. */
export function logFailures(event: HandlerEvent): void {
  const failed =
    event.type === 'answer'
      ? // By the code's own status: a form is sent back with a 303, whatever has failed. A webhook that is refused is an
        // order that does not arrive, while the shopper reads that it is paid.
        event.setup !== undefined ||
        (event.code ? PROBLEM_STATUS[event.code] : event.status) >= (event.route === 'webhook' ? 400 : 500)
      : event.type === 'webhook'
        ? event.outcome === 'ignored'
          ? event.checkoutId !== undefined
          : !['fulfilled', 'duplicate'].includes(event.outcome)
        : event.type !== 'session';
  if (failed) console.error('hsa-checkout', JSON.stringify(event));
}

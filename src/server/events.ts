import { PROBLEM_STATUS, type ProblemCode } from '../core/index.js';
import type { Fulfilment } from './orders/fulfilment.js';
import type { WebhookFault } from './providers/provider.js';
import type { ContractReason, ProviderFailureKind } from './providers/provider-failure.js';
import type { StoreOperation } from './stores/tolerant-store.js';

/** The route of a request: the last segment of its path. */
export type Route = 'create' | 'status' | 'eligibility' | 'webhook';

/** An event of the handler, safe to log: ids, counts, codes, times, and the provider's reason for a refusal. */
export type HandlerEvent = {
  /** The response's `x-request-id`. */
  requestId: string;
} & (
  | {
      type: 'answer';
      route: Route;
      status: number;
      durationMs: number;
      /** The error's code, unless the request succeeded. */
      code?: ProblemCode;
      /** Paths of the wrong fields, without those of `metadata` and without unknown names. */
      paths?: string[];
      /** The name of the exception, and the provider's failure. */
      cause?: {
        name: string;
        kind?: ProviderFailureKind;
        status?: number;
        /** Of `provider_contract`: the reason and the wrong field. */
        reason?: ContractReason;
        path?: string;
      };
      /** Why a webhook got a 401. */
      webhook?: WebhookFault;
      /** The cause of a wrong setup and the line that fixes it: a body parser before the handler, an unlisted origin, a wrong webhook secret. */
      setup?: string;
    }
  | { type: 'session'; checkoutId: string; replayed: boolean; generation: number }
  /** `ignored` with a `checkoutId` is a paid order that the shop does not receive, because `onOrderCreated` is missing. */
  | { type: 'webhook'; outcome: Fulfilment | 'ignored'; checkoutId?: string }
  /** A paid order was not fulfilled, because these fields differ between the request, the event and the provider. */
  | {
      type: 'mismatch';
      checkoutId: string;
      fields: ('total' | 'currency' | 'order_id' | 'reference_id')[];
    }
  | { type: 'hook_failed'; hook: 'onSessionCreated' | 'onOrderCreated'; checkoutId: string; name: string }
  | { type: 'hook_failed'; hook: 'rateLimit'; name: string }
  /** The provider's list has more than the 1,000 products that the handler reads: pass `resolveEligibility`. */
  | { type: 'catalogue_truncated'; products: number }
  /** Images from `resolveCart` without an absolute http or https URL. The cart is sent without them. */
  | { type: 'image_dropped'; paths: string[] }
  /**
   * The provider refused a cart. `providerMessage` is its text, without texts of the cart, addresses, numbers and keys;
   * `productIds` are those of the cart: one that was never synced is the usual cause.
   */
  | { type: 'provider_refused'; status?: number; providerMessage?: string; productIds?: string[] }
  | { type: 'store_failed'; operation: StoreOperation; name: string }
);

/** The name of an exception, which is the only part of it that is safe to log. */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return /^\w{1,64}$/.test(error.name) ? error.name : 'Error';
}

/** The default `onEvent`: writes failures to the console, so that a refused API key does not go unnoticed. */
export function logFailures(event: HandlerEvent): void {
  const failed =
    event.type === 'answer'
      ? // The status of the code, because a form gets a 303 for every failure. A refused webhook is an order that does not
        // arrive although the shopper has paid.
        event.setup !== undefined ||
        (event.code ? PROBLEM_STATUS[event.code] : event.status) >= (event.route === 'webhook' ? 400 : 500)
      : event.type === 'webhook'
        ? event.outcome === 'ignored'
          ? event.checkoutId !== undefined
          : !['fulfilled', 'duplicate'].includes(event.outcome)
        : event.type !== 'session';
  if (failed) console.error('hsa-checkout', JSON.stringify(event));
}

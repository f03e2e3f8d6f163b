import { PROBLEM_STATUS, type ProblemCode } from '../core/index.js';
import type { Fulfilment } from './orders/fulfilment.js';
import type { WebhookFault } from './providers/provider.js';
import type { ContractReason, ProviderFailureKind } from './providers/provider-failure.js';
import type { StoreOperation } from './stores/tolerant-store.js';

/** The route of a request: the last segment of its path. */
export type Route = 'create' | 'status' | 'eligibility' | 'webhook';

/**
 * An event of the handler. It is safe to log, because it contains only ids, counts, codes, times, and the provider's reason
 * for a refusal.
 */
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
      /**
       * Paths of the fields that failed validation. Paths in `metadata` and paths with unusual characters are left out,
       * because they may contain the caller's data.
       */
      paths?: string[];
      /** The exception behind the error: its name, and details if it is a `ProviderFailure`. */
      cause?: {
        name: string;
        kind?: ProviderFailureKind;
        status?: number;
        /** Only for the code `provider_contract`: how the response breaks the contract, and the path of the wrong field. */
        reason?: ContractReason;
        path?: string;
      };
      /** Why a webhook got a 401. */
      webhook?: WebhookFault;
      /**
       * A mistake in the setup and how to fix it. Examples are a body parser before the handler, an origin that is not in
       * `origins`, and a wrong webhook secret.
       */
      setup?: string;
    }
  | { type: 'session'; checkoutId: string; replayed: boolean; generation: number }
  /** `ignored` with a `checkoutId` is a paid order that the shop does not receive, because `onOrderCreated` is missing. */
  | { type: 'webhook'; outcome: Fulfilment | 'ignored'; checkoutId?: string }
  /** A paid order was not fulfilled, because these fields differ between the checkout's request, the webhook and the provider. */
  | {
      type: 'mismatch';
      checkoutId: string;
      fields: ('total' | 'currency' | 'order_id' | 'reference_id')[];
    }
  | { type: 'hook_failed'; hook: 'onSessionCreated' | 'onOrderCreated'; checkoutId: string; name: string }
  | { type: 'hook_failed'; hook: 'rateLimit'; name: string }
  /**
   * The provider's product list has more than the 1,000 products that the handler reads. The others count as `unknown`
   * until you pass `resolveEligibility`.
   */
  | { type: 'catalogue_truncated'; products: number }
  /** Images from `resolveCart` without an absolute http or https URL. The cart is sent without them. */
  | { type: 'image_dropped'; paths: string[] }
  /**
   * The provider refused a cart. `providerMessage` is the provider's text, in which texts of the cart, addresses, numbers
   * and keys are replaced. `productIds` are the ids of the cart's products. The usual cause is a product that was never
   * synced with the provider.
   */
  | { type: 'provider_refused'; status?: number; providerMessage?: string; productIds?: string[] }
  /** A receipt does not say which items are eligible, because their eligibility could not be resolved. */
  | { type: 'receipt_incomplete'; checkoutId: string; name: string }
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
      ? // Uses the status of the error's code, because a form gets a 303 for every failure. For a webhook a 400 counts, too:
        // a refused webhook is an order that does not arrive although the shopper has paid.
        event.setup !== undefined ||
        (event.code ? PROBLEM_STATUS[event.code] : event.status) >= (event.route === 'webhook' ? 400 : 500)
      : event.type === 'webhook'
        ? event.outcome === 'ignored'
          ? event.checkoutId !== undefined
          : !['fulfilled', 'duplicate'].includes(event.outcome)
        : event.type !== 'session';
  if (failed) console.error('hsa-checkout', JSON.stringify(event));
}

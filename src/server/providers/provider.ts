import type { Violation } from '../../core/index.js';
import type {
  Amounts,
  CheckoutRequest,
  CheckoutSession,
  Product,
  ProductPage,
  SessionState,
  SyncedProduct,
} from '../../contract/index.js';

/** Options of every call to the provider. */
export interface CallOptions {
  /** Aborts the call. */
  signal?: AbortSignal;
  /** Id of the request that the call is made for. The provider gets it, so that its support can find the call. */
  requestId?: string;
}

/** Options of {@link Provider.readWebhook}. */
export interface WebhookOptions {
  /** The handler's `webhookSecret`. With several, any of them may have signed the delivery. */
  secrets: readonly string[];
  /** The current time, in milliseconds. */
  nowMs: number;
  /**
   * False when a body parser consumed the body and the bytes were serialized again from its result. A signature cannot be
   * verified then, because it covers the original bytes.
   */
  isOriginal: boolean;
}

/** Why a webhook is refused. `offS` is the difference between the delivery's time and the handler's clock, in seconds. */
export type WebhookFault =
  { fault: 'missing' | 'malformed' | 'wrong_secret' } | { fault: 'too_old' | 'too_new'; offS: number };

/**
 * A webhook that reports a paid checkout. The handler confirms the payment with {@link Provider.readSession} before it
 * fulfils the order. It compares these fields with that session, and uses them for what the session lacks. A difference
 * stops the order as `mismatch`.
 */
export interface PaidEvent {
  checkoutId: string;
  /** The provider's id of the order. */
  orderId?: string;
  referenceId?: string;
  /** Amounts in cents. A provider leaves out amounts that the event has in another form, such as dollars. */
  amounts?: Amounts;
  /** ISO 4217. */
  currency?: string;
  /** The event as the provider sent it, for `CreatedOrder.event`. */
  payload: Record<string, unknown>;
}

/** The result of reading a webhook, by `kind`. */
export type WebhookReading =
  /** A paid checkout. */
  | ({ kind: 'paid' } & PaidEvent)
  /** An authentic event about something else. The handler answers 200 and does nothing. */
  | { kind: 'ignored' }
  /** The proof of origin is missing or wrong. The handler answers 401 with `detail`, and logs `setup`: the cause and its fix. */
  | { kind: 'rejected'; fault: WebhookFault; detail: string; setup?: string }
  /** The proof can be checked on the original bytes only. The handler answers 500 and names the body parser as the cause. */
  | { kind: 'needs_original_bytes' }
  /** An authentic delivery with a body that the provider does not document. The handler answers 400. */
  | { kind: 'malformed'; violations: Violation[] };

/**
 * A payment processor, as the handler uses it. All names, headers and signatures of the processor stay inside. Every method
 * but `readWebhook` throws {@link ProviderFailure} when it does not succeed.
 */
export interface Provider {
  /** True when no real money moves. */
  readonly test: boolean;
  /** The hosts that a `checkout_url` may have, with their ports; `*.example.com` matches any subdomain. */
  readonly checkoutHosts: readonly string[];
  /**
   * The longest that one call takes, retries included, in milliseconds. Default: 8,000. It determines for how long the
   * handler claims an idempotency key.
   */
  readonly timeoutMs?: number;
  /** Opens a session. The same idempotency key returns the same session. */
  createSession(
    request: CheckoutRequest,
    options: { idempotencyKey: string } & CallOptions,
  ): Promise<CheckoutSession>;
  /** Returns the current state of a session. */
  readSession(checkoutId: string, options?: CallOptions): Promise<SessionState>;
  /** Returns a page of the synced products; `cursor` is the `next` of the page before. */
  listProducts(options?: { cursor?: string } & CallOptions): Promise<ProductPage>;
  /**
   * Registers a product and returns its eligibility. With `retry: false` it sends exactly one request, so that
   * `syncProducts` can count it against the rate limit.
   */
  syncProduct(product: Product, options?: { retry?: boolean } & CallOptions): Promise<SyncedProduct>;
  /**
   * Checks where a webhook comes from, and reads it. It sends no request.
   * @param bytes the body, at most 256 KB.
   */
  readWebhook(request: Request, bytes: Uint8Array, options: WebhookOptions): Promise<WebhookReading>;
}

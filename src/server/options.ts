import type { LineEligibility } from '../core/index.js';
import type { Address, Amounts, CheckoutCart, CheckoutRequest, Customer } from '../contract/index.js';
import type { HandlerEvent } from './events.js';
import type { Provider } from './providers/provider.js';
import type { Store } from './stores/store.js';

/** The same fields, each of which may be missing or null. */
type Nullable<T> = { [K in keyof T]?: T[K] | null };

/**
 * What `resolveCart` returns: the merchant's own `CheckoutRequest`, less the URLs. Amounts and names come from the
 * catalogue. Where the shopper's details are not all there yet, return what there is: the page asks for the rest. Null is
 * the same as a missing field. A value of another type is `hook_failed`.
 */
export interface ResolvedCheckout extends Omit<
  CheckoutRequest,
  'reference_id' | 'customer' | 'shipping_info' | 'billing_info' | 'success_url' | 'failure_url'
> {
  /** The merchant's own id of this order. Default: one derived from the idempotency key. */
  reference_id?: string | null;
  customer?: Nullable<Customer> | null;
  shipping_info?: Nullable<Address> | null;
  billing_info?: Nullable<Address> | null;
}

/** What a hook is given besides its subject. */
export interface HookContext {
  /** The page's request: cookies and headers. Its body has been read. */
  request: Request;
  /** Fires when the hook has taken too long, or the shopper has left. */
  signal: AbortSignal;
}

/** What is known when a return URL is made. */
export interface UrlContext {
  request: Request;
  /** The checked cart; missing only where a form could not be read, for `failureUrl`. */
  cart?: CheckoutCart;
}

/** A session that was just opened. */
export interface CreatedSession {
  checkoutId: string;
  referenceId: string;
  /** When it ends, ISO 8601. */
  expiresAt?: string;
  /** True when no real money moves. */
  test: boolean;
}

/** An order whose payment the provider has confirmed. */
export interface CreatedOrder {
  checkoutId: string;
  /**
   * The provider's id of the order, or the checkout's id where the provider names none. It is always there: make it unique
   * in your database, which is the last guard against fulfilling an order twice.
   */
  orderId: string;
  referenceId?: string;
  /** What was paid, in cents, as far as it is known. */
  amounts?: Amounts;
  /** ISO 4217. */
  currency?: string;
  /** The webhook's event, as the provider sent it. Missing when `reconcile` found the order. */
  event?: Record<string, unknown>;
}

/** What {@link createCheckoutHandler} needs. */
export interface CheckoutHandlerOptions {
  provider: Provider;
  /**
   * Signs tokens and derives the provider's idempotency keys: 16 characters or more that nobody can guess. Of several, the
   * first signs and all verify, so that a secret can be replaced without breaking what is under way.
   */
  secret: string | readonly string[];
  /**
   * Turns what the page says into what is sold: prices, names and amounts from the merchant's own catalogue. It gets a
   * checked copy of the cart. Throws {@link CartProblem} where the cart cannot be bought as it is. It is asked at every press:
   * the open session of a key is given again only while the answer is the same.
   */
  resolveCart(
    cart: CheckoutCart,
    context: HookContext & { idempotencyKey: string },
  ): ResolvedCheckout | Promise<ResolvedCheckout>;
  /** Where the shopper lands after paying, absolute. `hsa_checkout=<token>` is added for the status element. */
  successUrl: string | ((context: UrlContext) => string);
  /** Where the shopper lands when it failed or was cancelled, absolute. */
  failureUrl: string | ((context: UrlContext) => string);
  /** Absolute URL of this handler's `/webhook`, to which the provider sends events. Requires `webhookSecret` and `onOrderCreated`. */
  webhookUrl?: string;
  /** What the provider signs webhooks with; several while one is being replaced. Without it `/webhook` is not there. */
  webhookSecret?: string | readonly string[];
  /**
   * The exact origins that may call besides the page's own. List your own as well where browsers without
   * `Sec-Fetch-Site` (Safari before 16.4) matter.
   */
  origins?: readonly string[];
  /** Where idempotency keys and handled orders are kept. Required with a live provider; in test, memory. */
  store?: Store;
  /**
   * How long `resolveCart`, `resolveEligibility` and `onSessionCreated` may take, in milliseconds. Default: 4,000.
   * `rateLimit` has 1 s; `onOrderCreated` keeps the webhook waiting for 4 s, and goes on.
   */
  resolveTimeoutMs?: number;
  /** Says what HSA/FSA money can do for products. Default: the provider's list, kept for five minutes. */
  resolveEligibility?(
    productIds: string[],
    context: HookContext,
  ): Record<string, LineEligibility> | Promise<Record<string, LineEligibility>>;
  /** Hears of every session that is opened, so that `reconcile` can ask for it later. Its errors go to `onEvent`. */
  onSessionCreated?(session: CreatedSession): void | Promise<void>;
  /**
   * Fulfils an order, after the provider has confirmed that it is paid. It runs again when it throws, and once otherwise,
   * unless the process dies in it. The provider's webhook waits 4 s for it; it must be done within a minute.
   */
  onOrderCreated?(order: CreatedOrder): void | Promise<void>;
  /**
   * Says whether a request is one too many (`true`, or how long to wait): asked before anything else is done, of all but
   * webhooks. Has 1 s; where it fails, `onEvent` hears of it and the request goes on.
   */
  rateLimit?(request: Request): RateLimit | Promise<RateLimit>;
  /** Hears what the handler did, without customer data; nobody waits for it. Default: failures go to the console. */
  onEvent?(event: HandlerEvent): unknown;
}

/** The answer of `rateLimit`: true, or a wait in milliseconds, refuses the request with a 429. */
export type RateLimit = boolean | { retryAfterMs: number };

import type { LineEligibility } from '../core/index.js';
import type { Address, Amounts, CheckoutCart, CheckoutRequest, Customer } from '../contract/index.js';
import type { HandlerEvent } from './events.js';
import type { Provider } from './providers/provider.js';
import type { Store } from './stores/store.js';

/** The same fields, each optional and nullable. */
type Nullable<T> = { [K in keyof T]?: T[K] | null };

/**
 * The result of `resolveCart`: the merchant's own `CheckoutRequest` without the URLs. Amounts are in cents; amounts and names
 * come from the catalogue. Leave out details of the shopper that you do not have: the page asks for them. Null counts as
 * missing. A value of another type is `hook_failed`.
 */
export interface ResolvedCheckout extends Omit<
  CheckoutRequest,
  'reference_id' | 'customer' | 'shipping_info' | 'billing_info' | 'success_url' | 'failure_url'
> {
  /** Your own id of this order. Default: derived from the idempotency key. */
  reference_id?: string | null;
  customer?: Nullable<Customer> | null;
  shipping_info?: Nullable<Address> | null;
  billing_info?: Nullable<Address> | null;
}

/** Context of a hook. */
export interface HookContext {
  /** The page's request with its cookies and headers. Its body is already consumed. */
  request: Request;
  /** Aborts when the hook takes too long or the shopper has left. */
  signal: AbortSignal;
}

/** Context of a return URL. */
export interface UrlContext {
  request: Request;
  /** The checked cart. Missing only for `failureUrl`, when a form could not be read. */
  cart?: CheckoutCart;
}

/** A new session. */
export interface CreatedSession {
  checkoutId: string;
  referenceId: string;
  /** Expiry, ISO 8601. */
  expiresAt?: string;
  /** True when no real money moves. */
  test: boolean;
}

/** An order whose payment the provider confirmed. */
export interface CreatedOrder {
  checkoutId: string;
  /**
   * The provider's id of the order, or the checkout's id if the provider names none. Never empty. Make it unique in your
   * database, as the last protection against fulfilling an order twice.
   */
  orderId: string;
  referenceId?: string;
  /** The paid amounts that are known, in cents. */
  amounts?: Amounts;
  /** ISO 4217. */
  currency?: string;
  /** The webhook's event, as the provider sent it. Missing when `reconcile` found the order. */
  event?: Record<string, unknown>;
}

/** Options of {@link createCheckoutHandler}. */
export interface CheckoutHandlerOptions {
  provider: Provider;
  /**
   * Signs tokens and derives the provider's idempotency keys: at least 16 random characters. With several, the first signs
   * and all verify, so that you can replace a secret without breaking open checkouts.
   */
  secret: string | readonly string[];
  /**
   * Turns the page's cart into a request with prices, names and amounts from your own catalogue. It gets a checked copy of
   * the cart, and runs at every press: an open session is returned again only while the result is the same.
   * @throws {CartProblem} when the cart cannot be bought as it is.
   */
  resolveCart(
    cart: CheckoutCart,
    context: HookContext & { idempotencyKey: string },
  ): ResolvedCheckout | Promise<ResolvedCheckout>;
  /** Absolute URL that the shopper returns to after the payment. The handler adds `hsa_checkout=<token>` for the status element. */
  successUrl: string | ((context: UrlContext) => string);
  /** Absolute URL that the shopper returns to after a failed or cancelled payment. */
  failureUrl: string | ((context: UrlContext) => string);
  /** Absolute URL of this handler's `/webhook`, to which the provider sends events. Requires `webhookSecret` and `onOrderCreated`. */
  webhookUrl?: string;
  /** The secret of the provider's webhooks, or several while you replace one. Without it, `/webhook` responds with a 404. */
  webhookSecret?: string | readonly string[];
  /**
   * Exact origins that may call, besides the endpoint's own. List your own origin, too, to support browsers without
   * `Sec-Fetch-Site` (Safari before 16.4).
   */
  origins?: readonly string[];
  /** Stores idempotency keys and fulfilled orders. Required with a live provider. Default in test mode: memory. */
  store?: Store;
  /**
   * The longest that `resolveCart`, `resolveEligibility` and `onSessionCreated` may take, in milliseconds. Default: 4,000.
   * `rateLimit` has 1 s. A webhook waits 4 s for `onOrderCreated`, which then continues.
   */
  resolveTimeoutMs?: number;
  /** Returns the eligibility of products by id. Default: the provider's product list, cached for five minutes. */
  resolveEligibility?(
    productIds: string[],
    context: HookContext,
  ): Record<string, LineEligibility> | Promise<Record<string, LineEligibility>>;
  /** Runs for every new session. Save the id for `reconcile`. Its errors go to `onEvent`. */
  onSessionCreated?(session: CreatedSession): void | Promise<void>;
  /**
   * Fulfils an order whose payment the provider confirmed. It runs again when it throws, and exactly once otherwise, unless
   * the process dies during it. A webhook waits 4 s for it. It must end within 60 s.
   */
  onOrderCreated?(order: CreatedOrder): void | Promise<void>;
  /**
   * Returns true, or a wait, to refuse a request with a 429. It runs first for every request except webhooks. It has 1 s. When
   * it fails, the request goes on and `onEvent` gets the error.
   */
  rateLimit?(request: Request): RateLimit | Promise<RateLimit>;
  /** Receives an event for everything that the handler does, without customer data. It is not awaited. Default: failures go to the console. */
  onEvent?(event: HandlerEvent): unknown;
}

/** Result of `rateLimit`: true, or a wait in milliseconds, refuses the request with a 429. */
export type RateLimit = boolean | { retryAfterMs: number };

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
 * missing. A value of a wrong type makes the response `hook_failed`.
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
  /**
   * The page's cart, after validation against the contract. Missing only for `failureUrl`, when a form is refused before its
   * cart is validated, for example by `rateLimit`.
   */
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

/** The shop as a receipt names it. Each text has at most 500 characters. */
export interface ReceiptOptions {
  /** The name that the shopper's plan administrator should read. */
  shop: string;
  /** The shop's postal address. Line breaks are kept. */
  address?: string;
  /** A phone number, an e-mail address or a URL. */
  contact?: string;
}

/** Options of {@link createCheckoutHandler}. */
export interface CheckoutHandlerOptions {
  provider: Provider;
  /**
   * Signs tokens and derives the provider's idempotency keys. It must have at least 16 random characters. With several
   * secrets, the first one signs and all of them verify, so that you can replace one without breaking open checkouts.
   */
  secret: string | readonly string[];
  /**
   * Turns the page's cart into a request with prices, names and amounts from your own catalogue. It gets a copy of the
   * cart that was validated against the contract. It runs at every press of the button, and the handler returns an open
   * session again only while goods, amounts, customer and addresses of the result stay the same.
   * @throws {CartProblem} when the cart cannot be bought as it is.
   */
  resolveCart(
    cart: CheckoutCart,
    context: HookContext & { idempotencyKey: string },
  ): ResolvedCheckout | Promise<ResolvedCheckout>;
  /** Absolute URL that the shopper returns to after the payment. The handler adds `hsa_checkout=<token>` for the status element. */
  successUrl: string | ((context: UrlContext) => string);
  /**
   * Absolute URL that the shopper returns to after a failed or cancelled payment. The handler adds `hsa_checkout=<token>`: a button
   * on that page says once that nothing was charged.
   */
  failureUrl: string | ((context: UrlContext) => string);
  /** Absolute URL of this handler's `/webhook`, to which the provider sends events. Requires `webhookSecret` and `onOrderCreated`. */
  webhookUrl?: string;
  /** The secret of the provider's webhooks, or several while you replace one. Without it, `/webhook` responds with a 404. */
  webhookSecret?: string | readonly string[];
  /**
   * Exact origins whose pages may call the endpoint, besides the endpoint's own origin. List your own origin, too,
   * to support browsers without `Sec-Fetch-Site` (Safari before 16.4).
   */
  origins?: readonly string[];
  /** Stores idempotency keys and fulfilled orders. Required with a live provider. Default in test mode: memory. */
  store?: Store;
  /**
   * The longest that `resolveCart`, `resolveEligibility` and `onSessionCreated` may take, in milliseconds. Default: 4,000.
   * `rateLimit` may take at most 1 s. A webhook gets its response after 4 s at the latest; an `onOrderCreated` that takes
   * longer continues in the background.
   */
  resolveTimeoutMs?: number;
  /** Returns the eligibility of products by id. Default: the provider's product list, cached for five minutes. */
  resolveEligibility?(
    productIds: string[],
    context: HookContext,
  ): Record<string, LineEligibility> | Promise<Record<string, LineEligibility>>;
  /**
   * Runs for every new session, so that you can save its id for `reconcile`. When it throws or takes too long, `onEvent` gets
   * the error and the checkout continues.
   */
  onSessionCreated?(session: CreatedSession): void | Promise<void>;
  /**
   * Fulfils an order whose payment the provider confirmed. When it throws, the next delivery of the webhook runs it again.
   * Otherwise it runs exactly once, unless the process dies during it or the store fails. It must end within 60 s: after
   * that the next delivery may run it a second time. A webhook that waits longer than 4 s gets a 503.
   */
  onOrderCreated?(order: CreatedOrder): void | Promise<void>;
  /**
   * Returns true or `{ retryAfterMs }` to refuse a request with a 429. It runs before the body is read, and not for webhooks
   * and CORS preflights. It may take at most 1 s. When it throws or takes longer, the request is allowed and `onEvent` gets
   * the error.
   */
  rateLimit?(request: Request): RateLimit | Promise<RateLimit>;
  /**
   * Lets the status element offer an itemised receipt after the payment. Default: no receipts. With it the store holds names,
   * quantities and prices of every session's items, and `/status` returns them for a paid session to the tab that started
   * the checkout: its own status token is required, the token in a return URL is not enough. A cart of more than 48,000 bytes
   * of names and prices gets no receipt.
   */
  receipt?: ReceiptOptions;
  /** Receives an event for everything that the handler does, without customer data. It is not awaited. Default: failures go to the console. */
  onEvent?(event: HandlerEvent): unknown;
}

/** Result of `rateLimit`. True refuses the request with a 429 and a `Retry-After` of 60 s; `retryAfterMs` sets another wait. */
export type RateLimit = boolean | { retryAfterMs: number };

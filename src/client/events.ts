import type { CheckoutCart } from '../contract/check.js';
import type { CheckoutType } from '../contract/index.js';
import type { ButtonState, CheckoutError, CheckoutErrorCode, Eligibility, Violation } from '../core/index.js';

/** A line of the cart as events carry it: without names and customer data. */
export interface LineSummary {
  product_id: string;
  quantity: number;
  /** Price of one piece, in cents, if the page states it. */
  price?: number;
}

const inherited = Object.getPrototypeOf(MessageEvent) as typeof Event;
/**
 * The browser's own class. Some libraries (MooTools) replace the global `Event` by one whose instances cannot be dispatched.
 * Cloudflare Workers do not let `MessageEvent` inherit from `Event`, so the global one is used there.
 */
const NativeEvent = inherited.prototype ? inherited : Event;

class CheckoutEvent<Fields extends object> extends NativeEvent {
  constructor(type: string, fields: Fields, cancelable?: boolean) {
    super(type, { bubbles: true, composed: true, cancelable });
    Object.assign(this, fields);
  }
}

/** Fires before the request for the session. Cancel it to end the checkout without an error. */
export class CheckoutStartEvent extends CheckoutEvent<{ cart: { line_items: LineSummary[] } }> {
  /** The cart that is about to be bought: ids, quantities and amounts only. */
  declare readonly cart: { line_items: LineSummary[] };
}

interface SessionFields {
  checkoutId: string;
  checkoutUrl: string;
  checkoutType?: CheckoutType;
  expiresAt?: string;
  repriced: boolean;
  test: boolean;
}

/** Fires when the session exists, before the browser leaves the page. Cancel it to stay, and go to `checkoutUrl` yourself. */
export class CheckoutSessionEvent extends CheckoutEvent<SessionFields> {
  /** The session's id at the provider. */
  declare readonly checkoutId: string;
  /** The URL of the hosted payment page, after the check that its host is allowed. */
  declare readonly checkoutUrl: string;
  /** The provider's type of the cart, if it states one. */
  declare readonly checkoutType?: CheckoutType;
  /** When the session ends, ISO 8601, if the provider states it. */
  declare readonly expiresAt?: string;
  /** True when the session costs more than the page stated. */
  declare readonly repriced: boolean;
  /** True when no real money moves. */
  declare readonly test: boolean;
}

interface ErrorFields {
  code: CheckoutErrorCode;
  message: string;
  retryable: boolean;
  retryAfterMs?: number;
  fields?: Violation[];
  status?: number;
  requestId?: string;
  reason?: string;
}

/** Fires for every failure. A cancelled checkout is not a failure. */
export class CheckoutErrorEvent extends CheckoutEvent<ErrorFields> {
  /** The error code. The list of codes is closed. */
  declare readonly code: CheckoutErrorCode;
  /** A sentence for a developer. */
  declare readonly message: string;
  /** True when pressing again may succeed. */
  declare readonly retryable: boolean;
  /** How long to wait before the next attempt, in milliseconds (0 to 600,000), if known. */
  declare readonly retryAfterMs?: number;
  /** Every wrong field, if the data is wrong. */
  declare readonly fields?: Violation[];
  /** The HTTP status of the endpoint's response. */
  declare readonly status?: number;
  /** The endpoint's `x-request-id`. */
  declare readonly requestId?: string;
  /** A more exact reason than `code`, such as `cart_changed`. */
  declare readonly reason?: string;
}

/** Fires at every change of state. */
export class CheckoutStateEvent extends CheckoutEvent<{ state: ButtonState }> {
  /** The new state of the button. */
  declare readonly state: ButtonState;
}

/** Fires when the displayed eligibility changes. */
export class EligibilityEvent extends CheckoutEvent<{
  eligibility: Eligibility;
  eligibleCents?: number;
  totalCents?: number;
}> {
  /** The eligibility of the cart. */
  declare readonly eligibility: Eligibility;
  /** Cents that may be paid with HSA/FSA money, before shipping and tax. Missing if a price is missing, or the cart has a discount. */
  declare readonly eligibleCents?: number;
  /** Sum of all lines, in cents. */
  declare readonly totalCents?: number;
}

/** Fires once for each paid session. A reload of the page does not fire it again. */
export class CheckoutPaidEvent extends CheckoutEvent<{ checkoutId: string }> {
  /** The paid session's id. */
  declare readonly checkoutId: string;
}

export function createStartEvent(cart: CheckoutCart): CheckoutStartEvent {
  const line_items = cart.line_items.map(({ product_id, quantity, price }) => ({
    product_id,
    quantity,
    price,
  }));
  return new CheckoutStartEvent('hsa-checkout-start', { cart: { line_items } }, true);
}

export function createSessionEvent(fields: SessionFields): CheckoutSessionEvent {
  return new CheckoutSessionEvent('hsa-checkout-session', fields, true);
}

export function createErrorEvent({ code, message, retryable, details }: CheckoutError): CheckoutErrorEvent {
  return new CheckoutErrorEvent('hsa-checkout-error', { ...details, code, message, retryable });
}

export function createStateEvent(state: ButtonState): CheckoutStateEvent {
  return new CheckoutStateEvent('hsa-checkout-state', { state });
}

/**
 * Fires an event on an element, and returns whether no listener cancelled it. If the page has broken the creation or the
 * dispatch of events, this returns true, so that a checkout does not stay in its state for ever.
 */
export function fire(element: EventTarget & { readonly localName: string }, create: () => Event): boolean {
  try {
    return element.dispatchEvent(create());
  } catch (error) {
    console.error(`<${element.localName}> An event could not be fired: ${String(error)}`);
    return true;
  }
}

/** The events of the elements by name, for typed listeners. */
export interface CheckoutEventMap {
  'hsa-checkout-start': CheckoutStartEvent;
  'hsa-checkout-session': CheckoutSessionEvent;
  'hsa-checkout-error': CheckoutErrorEvent;
  'hsa-checkout-state': CheckoutStateEvent;
  'hsa-eligibility': EligibilityEvent;
  'hsa-checkout-paid': CheckoutPaidEvent;
}

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an augmentation adds no members of its own
  interface HTMLElementEventMap extends CheckoutEventMap {}
}

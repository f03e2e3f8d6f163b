import type { CheckoutType } from '../contract/index.js';
import type { ButtonState, CheckoutErrorCode, Eligibility, Violation } from '../core/index.js';

/** What a cart's events tell of a line: no names, nothing of the customer. */
export interface LineSummary {
  product_id: string;
  quantity: number;
  /** Price of one piece, in cents, where the page gave it. */
  price?: number;
}

const inherited = Object.getPrototypeOf(MessageEvent) as typeof Event;
/**
 * The browser's own class. Some libraries replace the global `Event` (MooTools), and what theirs makes cannot be dispatched. In
 * workerd no class inherits from another's constructor.
 */
const NativeEvent = inherited.prototype ? inherited : Event;

class CheckoutEvent<Fields extends object> extends NativeEvent {
  constructor(type: string, fields: Fields, cancelable?: boolean) {
    super(type, { bubbles: true, composed: true, cancelable });
    Object.assign(this, fields);
  }
}

/** Fires before the request. Cancel it to do nothing. */
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

/** Fires when there is a session, before the page is left. Cancel it to stay, and go to `checkoutUrl` yourself. */
export class CheckoutSessionEvent extends CheckoutEvent<SessionFields> {
  /** The session's id at the provider. */
  declare readonly checkoutId: string;
  /** The checked URL of the hosted payment page. */
  declare readonly checkoutUrl: string;
  /** The provider's word on the cart, where it says one. */
  declare readonly checkoutType?: CheckoutType;
  /** When the session ends, ISO 8601, where the provider says. */
  declare readonly expiresAt?: string;
  /** True when the server asks for more than the page stated. */
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

/** Fires for every failure. A cancel is none. */
export class CheckoutErrorEvent extends CheckoutEvent<ErrorFields> {
  /** What went wrong, from the closed list. */
  declare readonly code: CheckoutErrorCode;
  /** A sentence for a developer. */
  declare readonly message: string;
  /** True when the same press may succeed later. */
  declare readonly retryable: boolean;
  /** How long to wait, in milliseconds (0 to 600,000), where the endpoint says. */
  declare readonly retryAfterMs?: number;
  /** Every field that is wrong, where the fault is in the data. */
  declare readonly fields?: Violation[];
  /** The HTTP status of the endpoint's answer. */
  declare readonly status?: number;
  /** The endpoint's `x-request-id`. */
  declare readonly requestId?: string;
  /** A finer word within the code. */
  declare readonly reason?: string;
}

/** Fires at every change of state. */
export class CheckoutStateEvent extends CheckoutEvent<{ state: ButtonState }> {
  /** The state that the button is in now. */
  declare readonly state: ButtonState;
}

/** Fires when what the badge says has changed. */
export class EligibilityEvent extends CheckoutEvent<{
  eligibility: Eligibility;
  eligibleCents?: number;
  totalCents?: number;
}> {
  /** What HSA/FSA money can do for the cart. */
  declare readonly eligibility: Eligibility;
  /** Cents that may be paid with it, before shipping and tax. Missing where a price is, or where the whole cart has a discount. */
  declare readonly eligibleCents?: number;
  /** All lines, in cents. */
  declare readonly totalCents?: number;
}

/** Fires once for each paid session, reloads included. */
export class CheckoutPaidEvent extends CheckoutEvent<{ checkoutId: string }> {
  /** The paid session's id. */
  declare readonly checkoutId: string;
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

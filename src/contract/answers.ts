import type { ClosedReason, LineEligibility, SessionStatus, Violation } from '../core/index.js';
import type { Amounts, CheckoutType } from './session.js';

/** The handler's response to a page's request for a checkout session. */
export interface SessionAnswer {
  checkout_id: string;
  checkout_url: string;
  status: SessionStatus;
  /** When the session ends, ISO 8601. */
  expires_at?: string;
  /** The time until it ends, in seconds. Unlike `expires_at` it does not depend on the device's clock. */
  expires_in?: number;
  type?: CheckoutType;
  /** The server's amounts, in cents. */
  amounts?: Amounts;
  /** Allows this shopper alone to read the status of the session. */
  status_token: string;
  /** True when no real money moves. */
  test: boolean;
}

/** The response of `GET {endpoint}/status`. */
export interface StatusAnswer {
  checkout_id: string;
  status: SessionStatus;
  reason?: ClosedReason;
  type?: CheckoutType;
  expires_at?: string;
  paid_at?: string;
  expired_at?: string;
  /** The merchant's id of the order. This and the next two fields are known once the session has ended. */
  reference_id?: string;
  /** The amounts of the session, in cents. */
  amounts?: Amounts;
  /** ISO 4217. */
  currency?: string;
  /** True when a paid session has a receipt that only a request with its own status token gets. */
  has_receipt?: boolean;
  /** The receipt of a paid session, if the request has its own status token and the merchant offers receipts. */
  receipt?: Receipt;
}

/** A line of a receipt. */
export interface ReceiptItem {
  name: string;
  quantity: number;
  /** The price of one unit, in cents. */
  price: number;
  /** Missing when it is unknown. */
  eligibility?: Exclude<LineEligibility, 'unknown'>;
}

/** An itemised receipt: who sold what, and for how much. It names no shopper. */
export interface Receipt {
  /** The name of the shop. */
  shop: string;
  /** The address of the shop. Line breaks are kept. */
  address?: string;
  /** A phone number, an e-mail address or a URL of the shop. */
  contact?: string;
  items: ReceiptItem[];
  /** In cents, like the next two amounts. */
  shipping?: number;
  tax?: number;
  discount?: number;
}

/** The response of `POST {endpoint}/eligibility`. A product without a known eligibility is `unknown`. */
export interface EligibilityAnswer {
  products: { product_id: string; eligibility: LineEligibility }[];
}

/** The body of every response that failed: `application/problem+json` (RFC 9457). */
export interface ProblemAnswer {
  type: 'about:blank';
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: Violation[];
  request_id: string;
}

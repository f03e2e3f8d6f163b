import type { ClosedReason, LineEligibility, SessionStatus, Violation } from '../core/index.js';
import type { Amounts, CheckoutType } from './session.js';

/** What the merchant's handler answers to a page that asks for a checkout session. */
export interface SessionAnswer {
  checkout_id: string;
  checkout_url: string;
  status: SessionStatus;
  /** When the session ends, ISO 8601. */
  expires_at?: string;
  /** How long it still lives, in seconds: for devices with a wrong clock. */
  expires_in?: number;
  type?: CheckoutType;
  /** The server's own amounts, in cents. */
  amounts?: Amounts;
  /** Allows this shopper, and nobody else, to ask what became of the session. */
  status_token: string;
  /** True when no real money moves. */
  test: boolean;
}

/** What `GET {endpoint}/status` answers. */
export interface StatusAnswer {
  checkout_id: string;
  status: SessionStatus;
  reason?: ClosedReason;
  type?: CheckoutType;
  expires_at?: string;
  paid_at?: string;
  expired_at?: string;
}

/** What `POST {endpoint}/eligibility` answers. A product that nothing is known of is `unknown`. */
export interface EligibilityAnswer {
  products: { product_id: string; eligibility: LineEligibility }[];
}

/** The body of every answer that is no success: `application/problem+json` (RFC 9457). */
export interface ProblemAnswer {
  type: 'about:blank';
  title: string;
  status: number;
  code: string;
  detail?: string;
  errors?: Violation[];
  request_id: string;
}

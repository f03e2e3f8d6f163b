import type { CheckoutCart } from '../contract/check.js';
import type { CheckoutType, SessionAnswer } from '../contract/index.js';
import { CheckoutError } from '../core/index.js';
import { idempotencyKey } from './idempotency-key.js';
import { requestJson } from './request.js';

/** A checkout session, as the merchant's endpoint answered it. Its URL is not yet checked. */
export interface Session {
  checkoutId: string;
  checkoutUrl: unknown;
  /** `eligible`, `split`, `regular`, or undefined where the provider does not say or says another word. */
  checkoutType?: CheckoutType;
  /** When it ends, ISO 8601. */
  expiresAt?: string;
  /** The server's sum of all lines, in cents, before shipping, tax and discount. */
  subtotalCents?: number;
  /** Lets this shopper ask what became of the session. */
  statusToken?: string;
  /** True when no real money moves. */
  test: boolean;
}

/** What a session is asked for with. */
export interface SessionRequest {
  /** The absolute URL of the merchant's endpoint. */
  endpoint: string;
  /** A checked cart. */
  cart: CheckoutCart;
  signal?: AbortSignal;
}

/**
 * Asks the merchant's endpoint for a checkout session. The same cart gives the same session, however often it is asked for:
 * its idempotency key is kept until the session is over.
 * @throws {CheckoutError} every failure of the network and of the answer, by code.
 */
export async function createSession({ endpoint, cart, signal }: SessionRequest): Promise<Session> {
  const body = JSON.stringify(cart);
  const key = idempotencyKey(endpoint, body);
  try {
    const headers = { 'content-type': 'application/json', 'idempotency-key': key.get() };
    const answer: Partial<SessionAnswer> = await requestJson(
      endpoint,
      { method: 'POST', headers, body },
      signal,
    );
    const {
      checkout_id,
      checkout_url,
      type = '',
      expires_at,
      expires_in,
      amounts,
      status_token,
      test,
    } = answer;
    if (typeof checkout_id !== 'string' || !/^[\w-]{1,128}$/.test(checkout_id))
      throw new CheckoutError('bad_response', 'checkout_id is malformed');
    if ((expires_in ?? 1) <= 0) throw new CheckoutError('session_expired', 'The session has ended already');
    return {
      checkoutId: checkout_id,
      checkoutUrl: checkout_url,
      checkoutType: /^(eligible|split|regular)$/.test(type) ? (type as CheckoutType) : undefined,
      expiresAt: expires_at,
      subtotalCents: amounts?.subtotal,
      statusToken: status_token,
      test: test === true,
    };
  } catch (error) {
    if (/^session_/.test((error as CheckoutError).code)) key.renew();
    throw error;
  }
}

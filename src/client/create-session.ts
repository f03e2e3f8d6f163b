import type { CheckoutCart } from '../contract/check.js';
import type { Amounts, CheckoutType, SessionAnswer } from '../contract/index.js';
import { CheckoutError, fingerprint, isCents, sessionStatus, toJson } from '../core/index.js';
import { dropKey, keepKey, keyOf } from './idempotency-key.js';
import { DEADLINE_MS, requestJson } from './request.js';

/** A checkout session from the merchant's endpoint. `checkoutUrl` is not validated yet. */
export interface Session {
  checkoutId: string;
  checkoutUrl: unknown;
  /** The provider's type of the cart; undefined if it is missing or unknown. */
  checkoutType?: CheckoutType;
  /** When it ends, ISO 8601. */
  expiresAt?: string;
  /** The time until it ends, in seconds, if the endpoint states it. */
  expiresInS?: number;
  /** The server's sum of all lines, in cents, before shipping, tax and discount. */
  subtotalCents?: number;
  /** The server's total, in cents. */
  totalCents?: number;
  /** The amounts for the HSA/FSA card and for another card, in cents. They are not validated. */
  hsaCents?: unknown;
  regularCents?: unknown;
  /** Allows this shopper to read the status of the session. */
  statusToken?: string;
  /** True when no real money moves. */
  test: boolean;
  /** The idempotency key of the request, and the name that the cart's key is stored under. */
  key: string;
  keyName: string;
}

/** A request for a session. */
export interface SessionRequest {
  /** The absolute URL of the merchant's endpoint. */
  endpoint: string;
  /** A cart that `checkCart` has validated. */
  cart: CheckoutCart;
  signal?: AbortSignal;
}

/**
 * Reads a session from a response. Leaves out malformed fields, except for the id.
 * @throws {CheckoutError} if the id is malformed, or if the session is paid or expired.
 */
function readSession(answer: { [K in keyof SessionAnswer]?: unknown }): Omit<Session, 'key' | 'keyName'> {
  const { checkout_id, checkout_url, status, type, expires_at, expires_in, amounts, status_token, test } =
    answer;
  if (typeof checkout_id !== 'string' || !/^[\w-]{1,128}$/.test(checkout_id))
    throw new CheckoutError('bad_response', 'checkout_id is malformed');
  const state = sessionStatus(status);
  if (state === 'paid') throw new CheckoutError('session_closed');
  if (state === 'expired' || (typeof expires_in === 'number' && expires_in <= 0))
    throw new CheckoutError('session_expired');
  const cents = (amount: unknown) => (isCents(amount) ? amount : undefined);
  const { subtotal, total, hsa_amount, regular_amount } = Object(amounts) as Amounts;
  return {
    checkoutId: checkout_id,
    checkoutUrl: checkout_url,
    checkoutType: type === 'eligible' || type === 'split' || type === 'regular' ? type : undefined,
    // A time without a zone is left out, because it would be read as local time.
    expiresAt:
      typeof expires_at === 'string' &&
      /^\d{4}-.*T.*(Z|[+-]\d\d:\d\d)$/.test(expires_at) &&
      Date.parse(expires_at)
        ? expires_at
        : undefined,
    expiresInS: typeof expires_in === 'number' ? expires_in : undefined,
    subtotalCents: cents(subtotal),
    totalCents: cents(total),
    hsaCents: hsa_amount,
    regularCents: regular_amount,
    statusToken: typeof status_token === 'string' ? status_token : undefined,
    test: test === true,
  };
}

/**
 * Requests a checkout session from the merchant's endpoint. The same cart gets the same session, because its idempotency key
 * is kept until the session ends. If the session has ended, or the key belongs to another cart, this requests a new session
 * under a new key, once.
 * @throws {CheckoutError} if the network fails, or the response is not an open session. Its `code` names the failure.
 */
export async function createSession({ endpoint, cart, signal }: SessionRequest): Promise<Session> {
  const body = toJson(cart);
  const name = fingerprint(endpoint + body);
  // One deadline for both requests, because the shopper has pressed once.
  const deadlineMs = Date.now() + DEADLINE_MS;
  for (let isLast = false; ; isLast = true) {
    const key = keyOf(name);
    try {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      const session = await requestJson(
        endpoint,
        { method: 'POST', headers, body },
        readSession,
        signal,
        deadlineMs,
      );
      // Only a key that is still current is stored again. Another button may have found in the meantime that this session has
      // ended, and have taken a new key.
      if (session.expiresInS && keyOf(name) === key) keepKey(name, key, session.expiresInS);
      return { ...session, key, keyName: name };
    } catch (error) {
      const { code, details } = error as CheckoutError;
      const isStale = code === 'session_expired' || details.reason === 'idempotency_key_reused';
      if (isStale || code === 'session_closed') dropKey(name, key);
      if (!isStale || isLast) throw error;
    }
  }
}

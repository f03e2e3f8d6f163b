import type { CheckoutCart } from '../contract/check.js';
import type { Amounts, CheckoutType, SessionAnswer } from '../contract/index.js';
import { CheckoutError, fingerprint, isCents, sessionStatus, toJson } from '../core/index.js';
import { dropKey, keepKey, keyOf } from './idempotency-key.js';
import { DEADLINE_MS, requestJson } from './request.js';

/** A checkout session, as the merchant's endpoint answered it. Its URL is not yet checked. */
export interface Session {
  checkoutId: string;
  checkoutUrl: unknown;
  /** `eligible`, `split`, `regular`, or undefined where the provider does not say or says another word. */
  checkoutType?: CheckoutType;
  /** When it ends, ISO 8601. */
  expiresAt?: string;
  /** How long it still lives, in seconds, where the endpoint says. */
  expiresInS?: number;
  /** The server's sum of all lines, in cents, before shipping, tax and discount. */
  subtotalCents?: number;
  /** What the server asks for in all, in cents. */
  totalCents?: number;
  /** Lets this shopper ask what became of the session. */
  statusToken?: string;
  /** True when no real money moves. */
  test: boolean;
  /** The idempotency key that it was asked for with, and the name that the cart keeps it under. */
  key: string;
  keyName: string;
}

/** What a session is asked for with. */
export interface SessionRequest {
  /** The absolute URL of the merchant's endpoint. */
  endpoint: string;
  /** A checked cart. */
  cart: CheckoutCart;
  signal?: AbortSignal;
}

/** Reads an answer, and believes nothing of it that it has not looked at. */
function readSession(answer: { [K in keyof SessionAnswer]?: unknown }): Omit<Session, 'key' | 'keyName'> {
  const { checkout_id, checkout_url, status, type, expires_at, expires_in, amounts, status_token, test } =
    answer;
  if (typeof checkout_id !== 'string' || !/^[\w-]{1,128}$/.test(checkout_id))
    throw new CheckoutError('bad_response', 'checkout_id is malformed');
  const state = sessionStatus(status).status;
  if (state === 'paid') throw new CheckoutError('session_closed');
  if (state === 'expired' || (typeof expires_in === 'number' && expires_in <= 0))
    throw new CheckoutError('session_expired');
  const cents = (amount: unknown) => (isCents(amount) ? amount : undefined);
  const { subtotal, total } = Object(amounts) as Amounts;
  return {
    checkoutId: checkout_id,
    checkoutUrl: checkout_url,
    checkoutType: type === 'eligible' || type === 'split' || type === 'regular' ? type : undefined,
    // Without a zone it would be local time, and so tell nothing.
    expiresAt:
      typeof expires_at === 'string' &&
      /^\d{4}-.*T.*(Z|[+-]\d\d:\d\d)$/.test(expires_at) &&
      Date.parse(expires_at)
        ? expires_at
        : undefined,
    expiresInS: typeof expires_in === 'number' ? expires_in : undefined,
    subtotalCents: cents(subtotal),
    totalCents: cents(total),
    statusToken: typeof status_token === 'string' ? status_token : undefined,
    test: test === true,
  };
}

/**
 * Asks the merchant's endpoint for a checkout session. The same cart gives the same session, however often it is asked for:
 * its idempotency key is kept until the session is over. An ended session, and a key that belongs to another cart, are
 * replaced once, in silence.
 * @throws {CheckoutError} every failure of the network and of the answer, by code.
 */
export async function createSession({ endpoint, cart, signal }: SessionRequest): Promise<Session> {
  const body = toJson(cart);
  const name = fingerprint(endpoint + body);
  // One patience for both: the shopper presses once.
  const end = Date.now() + DEADLINE_MS;
  for (let isLast = false; ; isLast = true) {
    const key = keyOf(name);
    try {
      const headers = { 'content-type': 'application/json', 'idempotency-key': key };
      const session = await requestJson(
        endpoint,
        { method: 'POST', headers, body },
        readSession,
        signal,
        end,
      );
      // Another button may have found this session over since, and have taken another key.
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

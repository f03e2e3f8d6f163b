import type { CheckoutError } from './errors.js';

/** The longest wait that is read from a `Retry-After` header, in milliseconds. Longer ones are shortened to it. */
export const MAX_RETRY_AFTER_MS = 600_000;
/** The wait that a page reports for a 429 without a readable `Retry-After`, in milliseconds. */
const RATE_LIMIT_WAIT_MS = 30_000;

/**
 * Reads a `Retry-After` header (RFC 9110 §10.2.3: whole seconds or an HTTP date) as milliseconds from `nowMs`,
 * between 0 and 600,000. Returns undefined if the header is missing or malformed.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (!header) return undefined;
  // Date.parse reads "-5", "1e9" and "soon 1" as years, so a date must have a weekday and a time. The asctime form names no
  // zone and would be read as local time, but all three forms mean GMT.
  const ms = /^\d+$/.test(header)
    ? +header * 1000
    : /^[A-Z][a-z]{2}.* \d\d:\d\d:\d\d/.test(header)
      ? Date.parse(header.replace(/ GMT$/, '') + ' GMT') - nowMs
      : NaN;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}

/** The wait that a page reports for a response that failed: its `Retry-After`, or 30 s for a 429 without one. */
export function reportedWaitMs(
  { status, headers }: { status: number; headers: Pick<Headers, 'get'> },
  nowMs: number,
): number | undefined {
  return retryAfterMs(headers.get('retry-after'), nowMs) ?? (status === 429 ? RATE_LIMIT_WAIT_MS : undefined);
}

/**
 * The wait before retry `attempt` (0 is the first): 0.5 s, doubled each time, at most 5 s. A random part of up to a half is
 * subtracted, so that many pages do not retry at the same time. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  return Math.min(500 * 2 ** attempt, 5000) * (0.5 + random / 2);
}

/*
 * The policies: how long each caller waits before it sends a failed request again, in milliseconds, or undefined if it does
 * not. `attempt` is 0 after the first attempt has failed; `random` is in [0, 1).
 */

/** A page sends a request to the merchant's endpoint at most 3 times. */
const ENDPOINT_MAX_RETRIES = 2;
/**
 * The longest wait before a retry, in milliseconds. The shopper waits, so for a longer one the request fails at once with an
 * error that states the wait.
 */
const ENDPOINT_MAX_WAIT_MS = 5_000;
/**
 * The failures after which a retry may succeed, as status and code. A 409 `conflict` means that an earlier request with the same
 * idempotency key is still under way. A 500 is final: the provider may have stored it under the key and would repeat it.
 */
const ENDPOINT_TRANSIENT = /^(\S+ network|408|409 conflict|425|429|50[234])/;

/**
 * The policy of a page's request to the merchant's endpoint. A request that the page's content security policy has blocked
 * (`csp`) is not sent again, because the policy would block it each time.
 */
export function endpointRetryMs(
  { code, details: { status, reason, retryAfterMs } }: CheckoutError,
  attempt: number,
  random: number,
): number | undefined {
  const waitMs = retryAfterMs ?? backoffMs(attempt, random);
  return attempt < ENDPOINT_MAX_RETRIES &&
    waitMs <= ENDPOINT_MAX_WAIT_MS &&
    reason !== 'csp' &&
    ENDPOINT_TRANSIENT.test(`${status} ${code}`)
    ? waitMs
    : undefined;
}

/** The wait before the retry if the shop's response names none, in milliseconds. */
const SHOP_CART_WAIT_MS = 500;
/** The longest wait before the retry, in milliseconds. The shopper waits, and the request for the session is still to come. */
const SHOP_CART_MAX_WAIT_MS = 3_000;

/** The policy of a page's request for the shop's own cart (Shopify): one retry. */
export function shopCartRetryMs(
  { retryable, details: { retryAfterMs = SHOP_CART_WAIT_MS } }: CheckoutError,
  attempt: number,
): number | undefined {
  return attempt < 1 && retryable && retryAfterMs <= SHOP_CART_MAX_WAIT_MS ? retryAfterMs : undefined;
}

/** A failure of a request that the server has sent to the provider. */
interface ServerFailure {
  readonly kind: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
}

/** The longest wait before the retry, in milliseconds. The deadline of a request to the provider covers both attempts. */
const PROVIDER_MAX_WAIT_MS = 1_000;

/**
 * The policy of the server's request to the provider while a shopper waits: one retry after a broken connection, a 502, 503 or
 * 504, or a 429 that names its wait. A 500 is final: the provider may have stored it under the idempotency key and would repeat it.
 */
export function providerRetryMs(
  { kind, status, retryAfterMs }: ServerFailure,
  attempt: number,
  random: number,
): number | undefined {
  const isUnavailable = kind === 'unavailable' && (status === undefined || /^50[234]$/.test(String(status)));
  const waitMs = isUnavailable
    ? (retryAfterMs ?? backoffMs(attempt, random))
    : kind === 'rate_limited'
      ? retryAfterMs
      : undefined;
  return attempt < 1 && waitMs !== undefined && waitMs <= PROVIDER_MAX_WAIT_MS ? waitMs : undefined;
}

/** A product is sent at most 5 times. */
const PRODUCT_SYNC_MAX_RETRIES = 4;
/** The wait after a 429 that names none, in milliseconds. */
const PRODUCT_SYNC_RATE_LIMIT_WAIT_MS = 15_000;

/** Whether the sync of a product may succeed later. A malformed response is final: the same product would get it again. */
export function isTransientSyncFailure(kind: string): boolean {
  return /^(rate_limited|timeout|unavailable)$/.test(kind);
}

/** The wait after a failed sync of a product for which `isTransientSyncFailure` is true. It may be long, because no shopper waits. */
export function productSyncWaitMs(
  { kind, retryAfterMs }: ServerFailure,
  attempt: number,
  random: number,
): number {
  return (
    retryAfterMs ?? (kind === 'rate_limited' ? PRODUCT_SYNC_RATE_LIMIT_WAIT_MS : backoffMs(attempt, random))
  );
}

/** The policy of the server's request that syncs one product. */
export function productSyncRetryMs(
  failure: ServerFailure,
  attempt: number,
  random: number,
): number | undefined {
  return attempt < PRODUCT_SYNC_MAX_RETRIES && isTransientSyncFailure(failure.kind)
    ? productSyncWaitMs(failure, attempt, random)
    : undefined;
}

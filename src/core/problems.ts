import type { CheckoutErrorCode } from './errors.js';

/**
 * Every problem code that the handler answers with, and its HTTP status (RFC 9457). The list is closed.
 * What an element makes of an answer is {@link errorCodeFor}.
 */
export const PROBLEM_STATUS = {
  bad_request: 400,
  validation_error: 422,
  details_required: 422,
  unknown_product: 422,
  unsupported_currency: 422,
  price_changed: 409,
  forbidden_origin: 403,
  unsupported_media_type: 415,
  too_large: 413,
  method_not_allowed: 405,
  not_found: 404,
  idempotency_key_missing: 400,
  idempotency_key_reused: 422,
  request_in_progress: 409,
  session_closed: 409,
  rate_limited: 429,
  provider_auth: 502,
  provider_contract: 502,
  provider_timeout: 504,
  provider_unavailable: 502,
  hook_failed: 500,
} as const;

/** A problem code of the handler. */
export type ProblemCode = keyof typeof PROBLEM_STATUS;

/**
 * The element's code for an answer that is no success. The HTTP status decides; the problem code refines it only where
 * the status is shared by different things (422, 409), so that a foreign backend's answers are understood too.
 */
export function errorCodeFor(status: number, problem?: unknown): CheckoutErrorCode {
  if (status >= 400 && status < 500) {
    if (
      problem === 'details_required' ||
      problem === 'unsupported_currency' ||
      problem === 'session_closed' ||
      problem === 'session_expired'
    )
      return problem;
    if (problem === 'idempotency_key_reused') return 'conflict';
    if (problem === 'price_changed') return 'rejected';
    if (status === 401 || status === 403) return 'unauthorized';
    if (status === 404 || status === 405 || status === 410) return 'not_found';
    if (status === 408) return 'timeout';
    if (status === 409) return 'conflict';
    return status === 425 || status === 429 ? 'rate_limited' : 'rejected';
  }
  if (status === 501) return 'not_found';
  return status >= 500 ? 'server_error' : 'bad_response';
}

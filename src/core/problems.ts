import type { CheckoutErrorCode } from './errors.js';

/**
 * Every problem code of the handler's responses with its HTTP status (RFC 9457). The list is closed. {@link errorCodeFor} maps
 * them to the codes of the elements.
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

/** The `code` of an error response of the handler. */
export type ProblemCode = keyof typeof PROBLEM_STATUS;

/**
 * The element's error code for a response that failed. The HTTP status decides. The problem code decides only if the status has
 * several meanings (400, 409, 422 …), so that the responses of other backends are understood too.
 */
export function errorCodeFor(status: number, problem?: unknown): CheckoutErrorCode {
  if (status === 401 || status === 403) return 'unauthorized';
  if (status === 404 || status === 405 || status === 410 || status === 501) return 'not_found';
  if (status === 408) return 'timeout';
  if (status === 425 || status === 429) return 'rate_limited';
  if (status >= 500) return 'server_error';
  if (status < 400) return 'bad_response';
  if (
    problem === 'details_required' ||
    problem === 'unsupported_currency' ||
    problem === 'session_closed' ||
    problem === 'session_expired'
  )
    return problem;
  return problem === 'idempotency_key_reused' || (status === 409 && problem !== 'price_changed')
    ? 'conflict'
    : 'rejected';
}

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

/** The sentence, and what to do, where middleware has read a request's body: the handler and the command line say the same. */
export const BODY_READ_BEFORE = {
  cause: 'something read the body before the handler',
  fix:
    'mount the handler before express.json() and any other body parser, or let the parser keep the bytes: ' +
    'express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } })',
} as const;

/** A problem code of the handler. */
export type ProblemCode = keyof typeof PROBLEM_STATUS;

/**
 * The element's code for an answer that is no success. The HTTP status decides; the problem code refines it only where
 * the status is shared by different things (400, 409, 422 …), so that a foreign backend's answers are understood too.
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

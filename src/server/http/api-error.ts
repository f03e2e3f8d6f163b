import { CheckoutError, PROBLEM_STATUS, type ProblemCode, type Violation } from '../../core/index.js';
import type { ProblemAnswer } from '../../contract/index.js';
import type { WebhookFault } from '../providers/provider.js';
import { ProviderFailure } from '../providers/provider-failure.js';

/** Details of an {@link ApiError} beyond its code. */
interface ApiErrorDetails {
  /** The HTTP status. Default: that of the code. */
  status?: number;
  /** A sentence for the page's developer, without text from the provider or from a hook's error. */
  detail?: string;
  errors?: Violation[];
  headers?: Record<string, string>;
  /** Why a webhook is refused. */
  webhook?: WebhookFault;
  /** The cause of a wrong setup and the line that fixes it. */
  setup?: string;
  cause?: unknown;
}

/** An error response. Any part of the handler may throw it; the handler catches it and writes the response. */
export class ApiError extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: string | undefined;
  readonly errors: Violation[] | undefined;
  readonly headers: Record<string, string>;
  readonly webhook: WebhookFault | undefined;
  readonly setup: string | undefined;

  constructor(
    code: ProblemCode,
    { status, detail, errors, headers = {}, webhook, setup, cause }: ApiErrorDetails = {},
  ) {
    super(code, { cause });
    this.code = code;
    this.status = status ?? PROBLEM_STATUS[code];
    this.detail = detail;
    this.errors = errors;
    this.headers = headers;
    this.webhook = webhook;
    this.setup = setup;
  }
}

/** Makes a `Retry-After` header: whole seconds, rounded up, at least one. */
export function retryAfter(ms: number): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) };
}

/** `Retry-After` for the page when the provider is busy and sends none, in milliseconds. */
const DEFAULT_WAIT_MS = 30_000;

/**
 * Maps a failure of the provider to a response. The provider's own status is not passed on: the 401 for a refused API key
 * would look as if the shopper had to sign in.
 */
function fromProviderFailure(failure: ProviderFailure): ApiError {
  const { kind, status, fields, retryAfterMs = DEFAULT_WAIT_MS } = failure;
  const unknownOutcome = 'the outcome is unknown: ask again with the same Idempotency-Key';
  switch (kind) {
    case 'auth':
      return new ApiError('provider_auth', { cause: failure });
    case 'invalid':
      return new ApiError('validation_error', { errors: fields ?? [], cause: failure });
    case 'rate_limited':
      return new ApiError('provider_unavailable', {
        status: 503,
        headers: retryAfter(retryAfterMs),
        cause: failure,
      });
    case 'timeout':
      return new ApiError('provider_timeout', { detail: unknownOutcome, cause: failure });
    case 'unavailable':
      // No status means a broken connection. As with a timeout, the outcome is unknown.
      return status === undefined
        ? new ApiError('provider_timeout', { detail: unknownOutcome, cause: failure })
        : new ApiError('provider_unavailable', { cause: failure });
    default: {
      // The message of a refused `checkout_url` is this project's own, and names the line that allows its host.
      const setup = failure.cause instanceof CheckoutError ? failure.cause.message : undefined;
      return new ApiError('provider_contract', { ...(setup && { detail: setup, setup }), cause: failure });
    }
  }
}

/** Converts anything thrown. An unexpected error becomes `hook_failed`, whose response has no details. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ProviderFailure) return fromProviderFailure(error);
  return new ApiError('hook_failed', { cause: error });
}

/** The status that nginx logs for a request whose client has disconnected. */
const CLIENT_CLOSED_REQUEST = 499;

/** The response after the client has disconnected. It reaches only the log. */
export function clientClosedRequest(cause?: unknown): ApiError {
  return new ApiError('bad_request', {
    status: CLIENT_CLOSED_REQUEST,
    detail: 'the client closed the request',
    cause,
  });
}

/** Writes an error as `application/problem+json` (RFC 9457). The details of a failed hook are left out. */
export function apiErrorResponse(error: ApiError, requestId: string): Response {
  const { code, status, headers } = error;
  const isInternal = code === 'hook_failed';
  const title = code.replaceAll('_', ' ');
  const body: ProblemAnswer = {
    type: 'about:blank',
    title: title[0]!.toUpperCase() + title.slice(1),
    status,
    code,
    ...(!isInternal && error.detail && { detail: error.detail }),
    ...(!isInternal && error.errors && { errors: error.errors }),
    request_id: requestId,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}

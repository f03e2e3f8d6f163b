import { CheckoutError, PROBLEM_STATUS, type ProblemCode, type Violation } from '../../core/index.js';
import type { ProblemAnswer } from '../../contract/index.js';
import type { WebhookFault } from '../providers/provider.js';
import { ProviderFailure } from '../providers/provider-failure.js';

/** What may be told about a problem beyond its code. */
interface ApiErrorDetails {
  /** The HTTP status, where it is not the code's own. */
  status?: number;
  /** A sentence for the page's developer. It holds nothing that came from the provider or from a hook's error. */
  detail?: string;
  errors?: Violation[];
  headers?: Record<string, string>;
  /** Why a webhook's sender is not believed. */
  webhook?: WebhookFault;
  /** The cause and the line to write, where the setup is wrong: one of this project's own sentences. */
  setup?: string;
  cause?: unknown;
}

/** An answer that is no success, thrown from wherever it is found and written once, by the handler. */
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

/** A `Retry-After` header: whole seconds, rounded up, at least one. */
export function retryAfter(ms: number): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil(ms / 1000))) };
}

/** How long a caller waits when the provider is busy and does not say for how long, in milliseconds. */
const DEFAULT_WAIT_MS = 30_000;

/** What a shopper's page is told of a provider's failure: never its status as it stands (401 would look like a login). */
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
      // Without a status no answer came at all: a connection that broke leaves the same doubt as one that hung.
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

/** The problem that stands for anything thrown. What nobody foresaw is `hook_failed`, and tells the page nothing. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof ProviderFailure) return fromProviderFailure(error);
  return new ApiError('hook_failed', { cause: error });
}

/** The status of an answer that nobody waits for any more, as proxies log it. */
const CLIENT_CLOSED_REQUEST = 499;

/** What a request comes to whose caller has hung up. It is no failure, and nobody reads the answer. */
export function clientClosedRequest(cause?: unknown): ApiError {
  return new ApiError('bad_request', { status: CLIENT_CLOSED_REQUEST, detail: 'the caller hung up', cause });
}

/** Writes a problem as an answer (RFC 9457). What is wrong inside the merchant's own backend stays there. */
export function apiErrorResponse(problem: ApiError, requestId: string): Response {
  const { code, status, headers } = problem;
  const inside = code === 'hook_failed';
  const title = code.replaceAll('_', ' ');
  const body: ProblemAnswer = {
    type: 'about:blank',
    title: title[0]!.toUpperCase() + title.slice(1),
    status,
    code,
    ...(!inside && problem.detail && { detail: problem.detail }),
    ...(!inside && problem.errors && { errors: problem.errors }),
    request_id: requestId,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json' },
  });
}

import { CALLER_UNKNOWN, originNotListed, parseUrl, describeProblem } from '../../core/index.js';
import { ApiError } from './api-error.js';

/** The longest origin that a message repeats, in characters. A host name has at most 253. */
const MAX_ORIGIN_LENGTH = 300;

/** The caller of a request. */
export interface Caller {
  /** Whether the caller may open checkouts and request eligibilities. Any caller may read a status. */
  allowed: boolean;
  /** The caller's origin, if the option `origins` lists it. Only then the response has CORS headers. */
  origin: string | undefined;
}

/**
 * Identifies the caller. It is allowed when the browser sent `Sec-Fetch-Site: same-origin`, or when its exact `Origin` is
 * in the option `origins`. The request's URL and `X-Forwarded-*` are not used, because they are wrong behind a proxy.
 */
export function callerOf(request: Request, origins: readonly string[]): Caller {
  const origin = origins.find((listed) => listed === request.headers.get('origin'));
  const sameOrigin = request.headers.get('sec-fetch-site') === 'same-origin';
  return { allowed: sameOrigin || origin !== undefined, origin };
}

/** The CORS headers of a response. Callers whose origin is not listed get none. */
export function corsHeaders({ origin }: Caller): Record<string, string> {
  return {
    vary: 'Origin',
    ...(origin && {
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'retry-after, x-request-id, idempotency-replayed',
    }),
  };
}

/** Responds to the preflight of an allowed caller. Browsers may cache it for two hours, the longest that Chromium does. */
export function preflightResponse({ origin }: Caller, method: string): Response {
  return new Response(null, {
    status: 204,
    headers: {
      allow: `${method}, OPTIONS`,
      ...(origin && {
        'access-control-allow-methods': method,
        'access-control-allow-headers': 'content-type, idempotency-key',
        'access-control-max-age': '7200',
      }),
    },
  });
}

/**
 * The error for a caller that is not allowed. For a page, the response and `onEvent` name the option that would allow its origin.
 * For a caller without `Sec-Fetch-Site` and `Origin`, which is not a page, only the response names the cause.
 */
export function originRefused(request: Request): ApiError {
  const text = request.headers.get('origin') ?? '';
  // The parsed origin, so that no other text of the caller reaches the log.
  const origin = text.length <= MAX_ORIGIN_LENGTH ? parseUrl(text)?.origin : undefined;
  if (!origin?.startsWith('http')) {
    const isUnknown = !request.headers.has('sec-fetch-site');
    return new ApiError('forbidden_origin', isUnknown ? { detail: describeProblem(CALLER_UNKNOWN) } : {});
  }
  const setup = describeProblem(originNotListed(origin));
  return new ApiError('forbidden_origin', { detail: setup, setup });
}

import { CALLER_UNKNOWN, originNotListed, parseUrl, describeProblem } from '../../core/index.js';
import { ApiError } from './problem.js';

/** The longest origin that is repeated, in characters: a name has 253. */
const MAX_ORIGIN_LENGTH = 300;

/** Who sent a request, as far as that matters. */
export interface Caller {
  /** Whether this caller may have side effects here. */
  allowed: boolean;
  /** The caller's origin, where it is on the list: what CORS headers are for. */
  origin: string | undefined;
}

/**
 * Tells who calls. The browser's own word `Sec-Fetch-Site: same-origin` is enough, else the exact `Origin` must be on the
 * list. Nothing is compared with the request's URL or with `X-Forwarded-*`: behind a proxy both mislead.
 */
export function callerOf(request: Request, origins: readonly string[]): Caller {
  const origin = origins.find((listed) => listed === request.headers.get('origin'));
  const sameOrigin = request.headers.get('sec-fetch-site') === 'same-origin';
  return { allowed: sameOrigin || origin !== undefined, origin };
}

/** The CORS headers of an answer: none, unless the caller's origin is on the list. */
export function corsHeaders({ origin }: Caller): Record<string, string> {
  return {
    vary: 'Origin',
    ...(origin && {
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'retry-after, x-request-id, idempotency-replayed',
    }),
  };
}

/** The answer to a preflight from an allowed caller. It may be kept for two hours, the most that Chromium keeps one. */
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
 * The refusal of a caller that is not allowed. A page is told the line that lets its origin in, and `onEvent` gets it.
 * A caller without `Sec-Fetch-Site` and `Origin` is told why, and is not reported: it is no page.
 */
export function originRefused(request: Request): ApiError {
  const text = request.headers.get('origin') ?? '';
  // As a parser writes it: no other text of a caller goes into the log.
  const origin = text.length <= MAX_ORIGIN_LENGTH ? parseUrl(text)?.origin : undefined;
  if (!origin?.startsWith('http')) {
    const isUnknown = !request.headers.has('sec-fetch-site');
    return new ApiError('forbidden_origin', isUnknown ? { detail: describeProblem(CALLER_UNKNOWN) } : {});
  }
  const setup = describeProblem(originNotListed(origin));
  return new ApiError('forbidden_origin', { detail: setup, setup });
}

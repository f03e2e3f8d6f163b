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

/**
 * A mistake in the setup: its cause, and the line that corrects it. The page's console, the handler's responses, its `onEvent`
 * and the command line use the same texts.
 */
export interface SetupProblem {
  readonly cause: string;
  readonly fix: string;
}

/** Writes a mistake in the setup as one sentence. */
export const describeProblem = ({ cause, fix }: SetupProblem): string => `${cause}: ${fix}`;

/** Middleware has read the body of a request. */
export const BODY_READ_BEFORE: SetupProblem = {
  cause: 'something read the body before the handler',
  fix:
    'mount the handler before express.json() and any other body parser, or let the parser keep the bytes: ' +
    'express.json({ verify: (req, res, bytes) => { req.rawBody = bytes } }), ' +
    'in Nest NestFactory.create(AppModule, { rawBody: true }), in Koa bodyParser({ patchNode: true })',
};

/** A webhook has no signature: the sender did not sign it, or a proxy removed the header. */
export const SIGNATURE_MISSING: SetupProblem = {
  cause: 'no X-Gale-Signature and no bearer came with it',
  fix:
    'let the headers X-Gale-Signature and Authorization through every proxy, as in nginx: ' +
    'proxy_set_header X-Gale-Signature $http_x_gale_signature;',
};

/** A webhook was signed with another secret. `variable` is the environment variable of the right one. */
export const wrongSecret = (variable = 'HSA_WEBHOOK_SECRET'): SetupProblem => ({
  cause: 'its secret is not webhookSecret',
  fix: `give the handler the secret that the provider signs with: webhookSecret: process.env.${variable}`,
});

/** A signature is right, but its time is not. */
export const CLOCKS_APART: SetupProblem = {
  cause: 'the clocks are too far apart',
  fix: 'set them by NTP: timedatectl set-ntp true',
};

/** The request comes from a page on another origin, or on the same one in a browser that sends no `Sec-Fetch-Site`. */
export const originNotListed = (origin: string): SetupProblem => ({
  cause: `${origin} is not in origins`,
  fix: `if it is your shop's, give the handler origins: ['${origin}']`,
});

/** A request has neither `Sec-Fetch-Site` nor `Origin`: it is not from a browser, or a proxy removed the headers. */
export const CALLER_UNKNOWN: SetupProblem = {
  cause: 'neither Sec-Fetch-Site nor Origin came with it',
  fix:
    "send both, from curl with -H 'Sec-Fetch-Site: same-origin', and let both through every proxy, as in nginx: " +
    'proxy_set_header Sec-Fetch-Site $http_sec_fetch_site;',
};

/** A page, or the 404 of another server, was returned for `path`, the endpoint or a route below it. */
export const notMounted = (path: string): SetupProblem => ({
  cause: 'it does not reach the handler',
  fix: `mount the handler before any page, for every method and all paths below: app.use('${path}', …) in Express, app.all('${path}/*', …) elsewhere`,
});

/** The host of a payment page is not in the list of the page or of the handler. `line` adds it. */
export const hostNotListed = (line: string): SetupProblem => ({
  cause: 'the host of checkout_url is not allowed',
  fix: `if it is your provider's, write ${line}`,
});

/** No connection to `host`. */
export const nothingListens = (host: string): SetupProblem => ({
  cause: `nothing listens at ${host}`,
  fix: 'start the server, and check the port',
});

/** A problem code of the handler. */
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

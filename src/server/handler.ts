import { callerOf, originRefused, corsHeaders, preflightResponse, type Caller } from './http/cors.js';
import { createCatalogue, type CatalogueReader } from './providers/catalogue.js';
import { handleCreate, formErrorRedirect, isForm } from './routes/create-route.js';
import { handleEligibility } from './routes/eligibility-route.js';
import { errorName, type HandlerEvent, type Route } from './events.js';
import { bestEffort, withTimeout } from './deadline.js';
import { fulfil } from './orders/fulfil.js';
import type { Fulfilment } from './orders/fulfilment.js';
import type { CheckoutHandlerOptions, RateLimit } from './options.js';
import { ApiError, toApiError, apiErrorResponse, retryAfter } from './http/api-error.js';
import { ProviderFailure } from './providers/provider-failure.js';
import { findConsumedBody } from './http/consumed-body.js';
import { readOptions, type RequestContext } from './settings.js';
import { handleStatus } from './routes/status-route.js';
import { handleWebhook } from './routes/webhook-route.js';

/** The merchant's endpoint: a function from a Web `Request` to a `Response`. Mount it in any server. */
export interface CheckoutHandler {
  /**
   * Responds to a request. Pass the runtime's other arguments as well, in any order. The handler uses two of them:
   *
   * - the object with `waitUntil` (`ctx` in Cloudflare Workers, `c.executionCtx` in Hono): with it the runtime lets
   *   `onOrderCreated` finish when that takes longer than the response to the webhook may wait;
   * - the object with Node's own request as `incoming` (`@hono/node-server`): when a body parser consumed the body, the
   *   handler reads `incoming.rawBody` or `incoming.body`.
   */
  (request: Request, ...runtime: unknown[]): Promise<Response>;
  /**
   * Reads a checkout from the provider and fulfils it if it is paid, as its webhook would. It never fulfils an order twice.
   * Run it on a schedule over the ids from `onSessionCreated`, for webhooks that did not arrive.
   * @throws {TypeError} when `onOrderCreated` is missing.
   */
  reconcile(checkoutId: string): Promise<Fulfilment>;
}

/** The methods of each route, in the form of an `Allow` header. */
const METHODS = { create: 'POST', status: 'GET, HEAD', eligibility: 'POST' } as const;

/** The longest that `rateLimit` may take, in milliseconds. */
const RATE_LIMIT_TIMEOUT_MS = 1000;
/** The wait that a refused client is told when `rateLimit` returns true without a wait of its own, in milliseconds. */
const DEFAULT_RATE_LIMIT_WAIT_MS = 60_000;

function routeOf(request: Request): Route {
  const last = new URL(request.url).pathname.split('/').filter(Boolean).at(-1);
  return last === 'status' || last === 'eligibility' || last === 'webhook' ? last : 'create';
}

/** Returns the caller's request id when it is safe to log, and a new one otherwise. */
function requestIdOf(request: Request): string {
  const id = request.headers.get('x-request-id') ?? '';
  return /^[\w.:-]{1,128}$/.test(id) ? id : crypto.randomUUID();
}

/** Runs `rateLimit`. When it throws or takes too long, the request is allowed: a broken limiter must not stop the shop. */
async function enforceRateLimit({ settings, request, requestId, emit }: RequestContext): Promise<void> {
  if (!settings.rateLimit) return;
  let limited: RateLimit | undefined;
  try {
    limited = await withTimeout(RATE_LIMIT_TIMEOUT_MS, () => settings.rateLimit?.(request));
  } catch (error) {
    emit({ type: 'hook_failed', hook: 'rateLimit', name: errorName(error), requestId });
  }
  if (!limited) return;
  // String() first, because Number() throws on a symbol.
  const requestedMs = Number(String(Object(limited).retryAfterMs ?? DEFAULT_RATE_LIMIT_WAIT_MS));
  // A larger number would be written as 1e+21, which is not a valid header value.
  const waitMs = Math.abs(requestedMs) <= Number.MAX_SAFE_INTEGER ? requestedMs : DEFAULT_RATE_LIMIT_WAIT_MS;
  throw new ApiError('rate_limited', { headers: retryAfter(waitMs) });
}

/** Calls the route. Origin, method and rate limit are checked before the body is read. */
async function dispatch(
  context: RequestContext,
  route: Route,
  caller: Caller,
  catalogue: CatalogueReader,
): Promise<Response> {
  if (route === 'webhook') return handleWebhook(context);
  const { method } = context.request;
  const expected = METHODS[route];
  // Reading a status changes nothing and needs a token, so any caller may do it.
  const isStatusRead = route === 'status' && (method === 'GET' || method === 'HEAD');
  if (!caller.allowed && !isStatusRead) throw originRefused(context.request);
  if (method === 'OPTIONS') return preflightResponse(caller, expected);
  if (method !== expected && !isStatusRead)
    throw new ApiError('method_not_allowed', { headers: { allow: `${expected}, OPTIONS` } });
  try {
    await enforceRateLimit(context);
  } catch (error) {
    throw route === 'create' && isForm(context.request) ? formErrorRedirect(context, error) : error;
  }
  if (route === 'status') return handleStatus(context, catalogue);
  return route === 'eligibility' ? handleEligibility(context, catalogue) : handleCreate(context);
}

/** Finds an object with `waitUntil` among the runtime's arguments. Most runtimes have none and need none. */
function waitUntilOf(runtime: unknown[]): RequestContext['waitUntil'] {
  const context = runtime.find((argument) => typeof Object(argument).waitUntil === 'function') as
    { waitUntil(work: Promise<unknown>): void } | undefined;
  // Called as a method, because `waitUntil` of Cloudflare Workers rejects another `this`.
  return (work) => bestEffort(() => context?.waitUntil(work));
}

/**
 * Whether a field's path is safe to log. Paths in `metadata` are not, because its keys come from the caller and may identify
 * a person. Neither are paths with characters that the contract's names do not have.
 */
function isPlainPath(path: string): boolean {
  return /^[\w.[\]$]{1,100}$/.test(path) && !/^metadata[.[]/.test(path);
}

/** Returns the cause of an error if it is a failure of the provider, and an empty object otherwise. */
function failureFields(cause: unknown): Partial<ProviderFailure> {
  return cause instanceof ProviderFailure ? cause : {};
}

/** The fields of an error that are safe to log. */
function errorFields({ code, errors, webhook, setup, cause }: ApiError) {
  const { kind, status, reason, path } = failureFields(cause);
  const paths = errors?.map(({ path }) => path).filter(isPlainPath);
  return {
    code,
    ...(paths?.length && { paths }),
    ...(webhook && { webhook }),
    ...(setup && { setup }),
    ...(cause !== undefined && {
      cause: {
        name: errorName(cause),
        ...(kind && { kind }),
        ...(status && { status }),
        ...(reason && { reason }),
        ...(path && isPlainPath(path) && { path }),
      },
    }),
  };
}

/**
 * Creates the merchant's endpoint. The last segment of the path is the route: `status`, `eligibility`, `webhook`; any other
 * segment creates a checkout. Errors are `application/problem+json` (RFC 9457). State is kept in the store.
 * @throws {TypeError} when an option is missing or invalid.
 */
export function createCheckoutHandler(options: CheckoutHandlerOptions): CheckoutHandler {
  const settings = readOptions(options);
  const catalogue = createCatalogue(settings.provider);
  // An error in `onEvent` must not reach the shopper.
  const emit = (event: HandlerEvent) => bestEffort(() => settings.onEvent(event));

  const handle = async (request: Request, ...runtime: unknown[]): Promise<Response> => {
    if (typeof (request as Partial<Request> | undefined)?.headers?.get !== 'function')
      throw new TypeError(
        'The checkout handler takes a Request of the Web platform. In Express, Koa and Node mount getRequestListener(checkout) of @hono/node-server',
      );
    const started = Date.now();
    const requestId = requestIdOf(request);
    const route = routeOf(request);
    const caller = callerOf(request, settings.origins);
    let response: Response;
    let error: ApiError | undefined;
    try {
      const context = {
        ...{ settings, request, requestId, emit, waitUntil: waitUntilOf(runtime) },
        consumedBody: findConsumedBody(request, runtime),
      };
      response = await dispatch(context, route, caller, catalogue);
    } catch (thrown) {
      error = toApiError(thrown);
      if (error.cause instanceof ProviderFailure && error.cause.kind === 'invalid') {
        const { status, providerMessage, productIds } = error.cause;
        emit({
          type: 'provider_refused',
          ...(status && { status }),
          ...(providerMessage && { providerMessage }),
          ...(productIds && { productIds: [...productIds] }),
          requestId,
        });
      }
      response = apiErrorResponse(error, requestId);
    }
    // HEAD has the headers of GET and no body (RFC 9110, section 9.3.2).
    if (request.method === 'HEAD') response = new Response(null, response);
    const headers = {
      ...corsHeaders(caller),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      // Lets `hsa-checkout-button doctor` find the mode without opening a session. Callers of other origins do not get it.
      ...(caller.allowed && { 'x-hsa-checkout-mode': settings.provider.test ? 'test' : 'live' }),
    };
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    emit({
      type: 'answer',
      route,
      status: response.status,
      durationMs: Date.now() - started,
      requestId,
      ...(error && errorFields(error)),
    });
    return response;
  };

  const reconcile = async (checkoutId: string): Promise<Fulfilment> => {
    if (!settings.onOrderCreated) throw new TypeError('reconcile: onOrderCreated is missing');
    const requestId = crypto.randomUUID();
    const outcome = await fulfil({ settings, checkoutId, requestId, emit });
    emit({ type: 'webhook', outcome, checkoutId, requestId });
    return outcome;
  };
  return Object.assign(handle, { reconcile });
}

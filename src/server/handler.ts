import { callerOf, originRefused, corsHeaders, preflightResponse, type Caller } from './http/cors.js';
import { createCatalogue, type CatalogueReader } from './providers/catalogue.js';
import { handleCreate, formErrorRedirect, isForm } from './routes/create-route.js';
import { handleEligibility } from './routes/eligibility-route.js';
import { errorName, type HandlerEvent, type Route } from './events.js';
import { bestEffort, withTimeout } from './deadline.js';
import { fulfil, type Fulfilment } from './orders/fulfil.js';
import type { CheckoutHandlerOptions, RateLimit } from './options.js';
import { ApiError, toApiError, apiErrorResponse, retryAfter } from './http/problem.js';
import { ProviderFailure } from './providers/provider-failure.js';
import { findConsumedBody } from './http/consumed-body.js';
import { readOptions, type RequestContext } from './settings.js';
import { handleStatus } from './routes/status-route.js';
import { handleWebhook } from './routes/webhook-route.js';

/** The merchant's endpoint: a function from request to answer, to be mounted in any server that speaks the Web platform. */
export interface CheckoutHandler {
  /**
   * Answers a request. Of what a runtime gives its `fetch` besides, the object with a `waitUntil` is used, wherever it
   * stands (Cloudflare Workers' `ctx`, Hono's `c.executionCtx`): an order that takes longer than its webhook waits is handed
   * to it, where the runtime would end it with the answer. The object with Node's own request as `incoming`, which
   * `@hono/node-server` passes, tells of a body that a parser has read before: its `rawBody`, or what it made of it, is used.
   */
  (request: Request, ...runtime: unknown[]): Promise<Response>;
  /**
   * Asks the provider about a checkout whose webhook never came, and fulfils it if it is paid: as a webhook would, and
   * never a second time. Run it over the ids from `onSessionCreated`.
   * @throws {TypeError} without an `onOrderCreated` to fulfil it.
   */
  reconcile(checkoutId: string): Promise<Fulfilment>;
}

/** The methods of each route, as an `Allow` header writes them. */
const METHODS = { create: 'POST', status: 'GET, HEAD', eligibility: 'POST' } as const;

/** How long a limiter may think, in milliseconds. */
const RATE_LIMIT_TIMEOUT_MS = 1000;
/** Hands out the wait of a caller who asks too often and is not told for how long, in milliseconds. */
const DEFAULT_RATE_LIMIT_WAIT_MS = 60_000;

function routeOf(request: Request): Route {
  const last = new URL(request.url).pathname.split('/').filter(Boolean).at(-1);
  return last === 'status' || last === 'eligibility' || last === 'webhook' ? last : 'create';
}

/** The caller's own id for a request, where it is harmless; a fresh one otherwise. */
function requestIdOf(request: Request): string {
  const given = request.headers.get('x-request-id') ?? '';
  return /^[\w.:-]{1,128}$/.test(given) ? given : crypto.randomUUID();
}

/** Asks the merchant's limiter. One that fails or hangs lets everybody in: a shop without it sells, one behind it does not. */
async function enforceRateLimit({ settings, request, requestId, emit }: RequestContext): Promise<void> {
  if (!settings.rateLimit) return;
  let limited: RateLimit | undefined;
  try {
    limited = await withTimeout(RATE_LIMIT_TIMEOUT_MS, () => settings.rateLimit?.(request));
  } catch (error) {
    emit({ type: 'hook_failed', hook: 'rateLimit', name: errorName(error), requestId });
  }
  if (!limited) return;
  // As a text first: a symbol is no number, and throws.
  const asked = Number(String(Object(limited).retryAfterMs ?? DEFAULT_RATE_LIMIT_WAIT_MS));
  // A larger number is written as 1e+21, which no header may have.
  const waitMs = Math.abs(asked) <= Number.MAX_SAFE_INTEGER ? asked : DEFAULT_RATE_LIMIT_WAIT_MS;
  throw new ApiError('rate_limited', { headers: retryAfter(waitMs) });
}

/** Finds who answers. Who may call, and how, is settled before anything is read or done. */
async function dispatch(
  context: RequestContext,
  route: Route,
  caller: Caller,
  catalogue: CatalogueReader,
): Promise<Response> {
  if (route === 'webhook') return handleWebhook(context);
  const { method } = context.request;
  const expected = METHODS[route];
  // Reading a status changes nothing and needs a token: only there may anybody ask.
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
  if (route === 'status') return handleStatus(context);
  return route === 'eligibility' ? handleEligibility(context, catalogue) : handleCreate(context);
}

/** Finds who keeps work alive after the answer, among what a runtime gives besides the request. Most need nobody for it. */
function waitUntilOf(runtime: unknown[]): RequestContext['waitUntil'] {
  const keeper = runtime.find((each) => typeof Object(each).waitUntil === 'function') as
    { waitUntil(work: Promise<unknown>): void } | undefined;
  // As a method: that of Workers refuses any other `this`.
  return (work) => bestEffort(() => keeper?.waitUntil(work));
}

/** Whether a path is made of the contract's own names: the keys of metadata are the caller's, and may say who that is. */
function isPlainPath(path: string): boolean {
  return /^[\w.[\]$]{1,100}$/.test(path) && !/^metadata[.[]/.test(path);
}

/** What an event says of a provider's failure. */
function failureFields(cause: unknown): Partial<ProviderFailure> {
  return cause instanceof ProviderFailure ? cause : {};
}

/** What an event says of a problem. */
function problemFields({ code, errors, webhook, setup, cause }: ApiError) {
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
 * Makes the merchant's endpoint. It routes by the last segment of the path (`status`, `eligibility`, `webhook`, anything
 * else creates a checkout), keeps its state in the store, and answers errors as `application/problem+json`.
 * @throws {TypeError} when an option is missing or cannot be right.
 */
export function createCheckoutHandler(options: CheckoutHandlerOptions): CheckoutHandler {
  const settings = readOptions(options);
  const catalogue = createCatalogue(settings.provider);
  // Whatever goes wrong there is not the shopper's business.
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
    let problem: ApiError | undefined;
    try {
      const context = {
        ...{ settings, request, requestId, emit, waitUntil: waitUntilOf(runtime) },
        consumedBody: findConsumedBody(request, runtime),
      };
      response = await dispatch(context, route, caller, catalogue);
    } catch (error) {
      problem = toApiError(error);
      if (problem.cause instanceof ProviderFailure && problem.cause.kind === 'invalid') {
        const { status, providerMessage, productIds } = problem.cause;
        emit({
          type: 'provider_refused',
          ...(status && { status }),
          ...(providerMessage && { providerMessage }),
          ...(productIds && { productIds: [...productIds] }),
          requestId,
        });
      }
      response = apiErrorResponse(problem, requestId);
    }
    // The same headers as for GET (RFC 9110).
    if (request.method === 'HEAD') response = new Response(null, response);
    const headers = {
      ...corsHeaders(caller),
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-request-id': requestId,
      // What `test` says in every session, for a look from outside that opens none. Strangers are not told.
      ...(caller.allowed && { 'x-hsa-checkout-mode': settings.provider.test ? 'test' : 'live' }),
    };
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
    emit({
      type: 'answer',
      route,
      status: response.status,
      durationMs: Date.now() - started,
      requestId,
      ...(problem && problemFields(problem)),
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

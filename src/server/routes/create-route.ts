import { CheckoutCart, validate, type CheckoutSession, type SessionAnswer } from '../../contract/index.js';
import { FORM, mediaType, readBody, readJson, readText } from '../http/body.js';
import { getOrOpenSession } from '../sessions/get-or-open-session.js';
import { ApiError, toApiError } from '../http/api-error.js';
import { setQueryParameter } from '../sessions/return-url.js';
import type { RequestContext } from '../settings.js';
import { deriveToken } from '../tokens.js';

/**
 * Reads an idempotency key, bare or as a quoted string (RFC 8941). Undefined unless it has 16 to 255 letters, digits, `_`
 * and `-`. A key is never derived from the cart, because two shoppers with the same cart would share a session.
 */
function parseIdempotencyKey(text: string | null): string | undefined {
  const [, bare, quoted] = /^(?:([\w-]{16,255})|"([\w-]{16,255})")$/.exec(text?.trim() ?? '') ?? [];
  return bare ?? quoted;
}

function readCart(body: unknown): CheckoutCart {
  const { value, violations } = validate(CheckoutCart, body);
  if (value) return value;
  throw new ApiError('validation_error', { errors: violations });
}

async function toSessionAnswer(
  { settings }: RequestContext,
  session: CheckoutSession,
): Promise<SessionAnswer> {
  const { checkout_id, checkout_url, status, expires_at, type, amounts } = session;
  const { secrets, provider } = settings;
  const secondsLeft = expires_at && Math.floor((Date.parse(expires_at) - Date.now()) / 1000);
  return {
    checkout_id,
    checkout_url,
    status,
    ...(expires_at && { expires_at, expires_in: Math.max(0, Number(secondsLeft)) }),
    ...(type && { type }),
    ...(amounts && { amounts }),
    status_token: await deriveToken(secrets[0], 'status', checkout_id),
    test: provider.test,
  };
}

/** Responds to a request of the page's script. It reads a cart as JSON and returns a session as JSON. */
async function createFromJson(context: RequestContext): Promise<Response> {
  const body = readJson(readText(await readBody(context)));
  const key = parseIdempotencyKey(context.request.headers.get('idempotency-key'));
  if (!key)
    throw new ApiError('idempotency_key_missing', {
      detail: 'Idempotency-Key must be 16 to 255 letters, digits, _ and -, such as a UUID',
    });
  const { session, replayed } = await getOrOpenSession(context, readCart(body), key);
  return Response.json(await toSessionAnswer(context, session), {
    headers: replayed ? { 'idempotency-replayed': 'true' } : {},
  });
}

/** Whether a request is an HTML form. The shopper sees its response as a page. */
export function isForm(request: Request): boolean {
  return request.method === 'POST' && mediaType(request) === FORM;
}

/** The error response of a form: a 303 to the failure URL with `hsa_error=<code>`, because a shopper must not see JSON. */
export function formErrorRedirect(
  { settings, request }: RequestContext,
  error: unknown,
  cart?: CheckoutCart,
): ApiError {
  const { code, errors, headers, setup, cause } = toApiError(error);
  const { failureUrl } = settings;
  const url = typeof failureUrl === 'string' ? failureUrl : failureUrl({ request, ...(cart && { cart }) });
  return new ApiError(code, {
    status: 303,
    ...(errors && { errors }),
    ...(setup && { setup }),
    // `URL` percent-encodes letters that a header cannot hold.
    headers: { ...headers, location: new URL(setQueryParameter(url, 'hsa_error', code)).href },
    cause,
  });
}

/**
 * Responds to an HTML form, for pages whose script did not run: a 303 to the payment page, or to the failure URL with
 * `hsa_error=<code>`. Fields: `cart` (JSON) and optionally `idempotency_key`. A missing or malformed key is replaced by a
 * random one, because a shopper without script cannot fix it.
 */
async function createFromForm(context: RequestContext): Promise<Response> {
  let cart: CheckoutCart | undefined;
  try {
    const fields = new URLSearchParams(readText(await readBody(context)));
    cart = readCart(readJson(fields.get('cart') ?? ''));
    const key = parseIdempotencyKey(fields.get('idempotency_key')) ?? crypto.randomUUID();
    const { session } = await getOrOpenSession(context, cart, key);
    return new Response(null, { status: 303, headers: { location: session.checkout_url } });
  } catch (error) {
    throw formErrorRedirect(context, error, cart);
  }
}

/** Responds to `POST {endpoint}`: opens a checkout session, once for each idempotency key. */
export async function handleCreate(context: RequestContext): Promise<Response> {
  switch (mediaType(context.request)) {
    case 'application/json':
      return createFromJson(context);
    case FORM:
      return createFromForm(context);
    default:
      throw new ApiError('unsupported_media_type', { detail: 'send application/json' });
  }
}

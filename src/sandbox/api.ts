import type { Clock } from './clock.js';
import type { Call } from './faults.js';
import type { Idempotency } from './idempotency.js';
import type { Products } from './products.js';
import { readText } from './read-text.js';
import { ApiError, errorResponse, type Envelope } from './api-error.js';
import type { Session, Sessions } from './sessions.js';

/** The state that the API reads and changes. */
export interface ApiOptions {
  clock: Clock;
  sessions: Sessions;
  products: Products;
  idempotency: Idempotency;
  /** The API key that callers must send. Undefined: any test key is accepted. */
  apiKey: string | undefined;
  envelope: Envelope;
}

/** A parsed request to the API. */
export interface ApiCall {
  call: Call;
  /** The session's id, in `GET /checkout/{id}`. */
  id: string;
  url: URL;
  request: Request;
  /** The URL of the payment pages without the session's id: `{origin}{prefix}/pay`. */
  payUrl: string;
}

const ROUTES: Record<string, RegExp> = {
  'POST /checkout': /^\/checkout$/,
  'GET /checkout/{id}': /^\/checkout\/([^/]+)$/,
  'GET /products': /^\/products$/,
  'POST /products': /^\/products$/,
  'POST /products/check-eligibility': /^\/products\/check-eligibility$/,
} satisfies Record<Call, RegExp>;

/** Finds the call for a method and a path below `/v2`, and the id in the path. */
export function findCall(method: string, path: string): { call: Call; id: string } | undefined {
  for (const [call, pattern] of Object.entries(ROUTES)) {
    const match = call.startsWith(`${method} `) && pattern.exec(path);
    if (match) return { call: call as Call, id: match[1] ?? '' };
  }
  return undefined;
}

/** Answers a call of the API. */
export async function answerCall(call: ApiCall, options: ApiOptions): Promise<Response> {
  try {
    authorize(call.request.headers.get('authorization'), options.apiKey);
    const answer = await run(call, options);
    const body =
      options.envelope === 'older' && !('data' in answer) ? { success: true, data: answer } : answer;
    return Response.json(body, { status: call.call === 'POST /checkout' ? 201 : 200 });
  } catch (error) {
    if (error instanceof ApiError) return errorResponse(error, options.envelope);
    throw error;
  }
}

async function run({ call, id, url, request, payUrl }: ApiCall, options: ApiOptions): Promise<object> {
  const { clock, sessions, products, idempotency } = options;
  switch (call) {
    case 'POST /checkout': {
      const body = await readJson(request);
      return idempotency.once(request.headers.get('idempotency-key'), body, () => {
        const session = sessions.open(body);
        return {
          checkout_id: session.id,
          checkout_url: `${payUrl}/${session.id}`,
          status: 'open',
          expires_at: clock.iso(session.expiresMs),
          type: session.type,
          amounts: session.amounts,
        };
      });
    }
    case 'GET /checkout/{id}': {
      const session = sessions.find(id);
      if (!session) throw new ApiError(404, 'not_found', 'no checkout session has this id');
      return stateOf(session, clock);
    }
    case 'GET /products':
      return products.list(url.searchParams);
    case 'POST /products':
      return products.sync(await readJson(request));
    case 'POST /products/check-eligibility':
      return products.check(await readJson(request), clock.iso());
  }
}

function stateOf({ id, request, status, reason, type, amounts, ...rest }: Session, clock: Clock): object {
  const { order, closedMs, expiresMs } = rest;
  const moment = { open: 'expires_at', paid: 'paid_at', expired: 'expired_at' }[status];
  return {
    checkout_id: id,
    reference_id: request.reference_id,
    status,
    ...(reason && { reason }),
    type,
    amounts,
    order_id: order?.id ?? null,
    order: order ?? null,
    [moment]: clock.iso(closedMs ?? expiresMs),
  };
}

function authorize(header: string | null, apiKey: string | undefined): void {
  const [, key] = /^Bearer (glm_test_[\w-]+)$/.exec(header ?? '') ?? [];
  if (!key || (apiKey !== undefined && key !== apiKey))
    throw new ApiError(401, 'unauthorized', 'expected "Authorization: Bearer glm_test_…" with a test key');
}

async function readJson(request: Request): Promise<unknown> {
  const text = await readText(request);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ApiError(400, 'bad_request', 'the body is not JSON');
  }
}

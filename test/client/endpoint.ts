/** A request that reached the endpoint. */
export interface SentRequest {
  method: string;
  url: string;
  headers: Headers;
  /** The JSON of its body, if it has one. */
  body: unknown;
  cache: RequestCache;
  /** When it was sent, on the test's clock. */
  atMs: number;
}

/** The outcome of one request: a response, a failure, a promise that the test settles, or none. */
export type Step = Response | Error | Promise<Response> | 'silence';

/** Replaces `fetch`: records the requests and responds with one step for each. An abort ends a request and its body. */
export class Endpoint {
  static #count = 0;
  /** A URL that no other test uses, because the module caches results by URL. */
  readonly url = `https://shop-${++Endpoint.#count}.example/api/hsa`;
  readonly requests: SentRequest[] = [];
  /** The outcomes of the next requests. */
  steps: Step[] = [];

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const { method, headers, cache, signal } = new Request(url, init);
    signal.throwIfAborted();
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : undefined;
    this.requests.push({ method, url, headers, body, cache, atMs: Date.now() });
    const step = this.steps.shift() ?? new Error('No step is left for this request');
    if (step instanceof Error) throw step;
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error));
    });
    const response = await (step === 'silence' ? aborted : Promise.race([step, aborted]));
    if (!response.body) return response;
    return new Response(response.body.pipeThrough(new TransformStream(), { signal }), response);
  };

  /** The idempotency keys that were sent, in order. */
  get keys(): (string | null)[] {
    return this.requests.map(({ headers }) => headers.get('idempotency-key'));
  }

  /** The time between each request and the previous one, in milliseconds. */
  get waitsMs(): number[] {
    return this.requests.slice(1).map(({ atMs }, i) => atMs - this.requests[i]!.atMs);
  }
}

/** The body of the handler's response with a session, with some fields changed. */
export function sessionAnswer(changes: Record<string, unknown> = {}) {
  return {
    checkout_id: 'chk_1',
    checkout_url: 'https://checkout.withgale.com/c/chk_1',
    status: 'open',
    expires_at: '2026-11-24T12:00:00Z',
    expires_in: 86_400,
    type: 'split',
    amounts: { subtotal: 8993, shipping: 500, tax: 410, discount: 0, total: 9903 },
    status_token: 'v1.token',
    test: true,
    ...changes,
  };
}

/** A response with a session. */
export const session = (changes?: Record<string, unknown>) => Response.json(sessionAnswer(changes));

/** A response with a problem of the handler (RFC 9457); without a code, an empty one as a proxy sends it. */
export function problem(
  status: number,
  code?: string,
  headers: Record<string, string> = {},
  more: Record<string, unknown> = {},
): Response {
  if (!code) return new Response('upstream says no', { status, headers });
  const body = { type: 'about:blank', title: code, status, code, ...more };
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json', ...headers } });
}

/** The error of `fetch` for every failure below HTTP. */
export const networkFailure = () => new TypeError('Failed to fetch');

/** A response with these bytes, and with a content type if there is one. */
export function answer(text: string, type?: string, status = 200): Response {
  return new Response(new TextEncoder().encode(text), {
    status,
    headers: type ? { 'content-type': type } : {},
  });
}

/** A response that stops after the head and the first bytes. */
export function stuckAnswer(text: string): Response {
  const start = (control: ReadableStreamDefaultController<Uint8Array>) =>
    control.enqueue(new TextEncoder().encode(text));
  return new Response(new ReadableStream({ start }), { headers: { 'content-type': 'application/json' } });
}

/** A response whose connection drops after the first bytes. */
export function droppedAnswer(text: string): Response {
  let pulls = 0;
  const pull = (control: ReadableStreamDefaultController<Uint8Array>) =>
    pulls++ ? control.error(networkFailure()) : control.enqueue(new TextEncoder().encode(text));
  return new Response(new ReadableStream({ pull }), { headers: { 'content-type': 'application/json' } });
}

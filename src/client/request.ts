import { backoffMs, CheckoutError, errorCodeFor, retryAfterMs, type Violation } from '../core/index.js';

/** The longest that a request may take, all its retries and its whole answer included, in milliseconds. */
const DEADLINE_MS = 30_000;
/** The largest answer that is read, in bytes. A session is under 2 KB; 100 products are under 10. */
const MAX_ANSWER_BYTES = 65_536;
/** How often a request is tried again without being asked. */
const MAX_RETRIES = 2;
/** The longest wait that a shopper is kept for between two tries, in milliseconds. */
const MAX_WAIT_MS = 5_000;
/** What a 429 that does not say how long is taken to mean, in milliseconds. */
const UNSAID_WAIT_MS = 30_000;
/** The status, or the handler's word, of a failure that passes by itself; 409 only where the first request is under way. */
const TRANSIENT = /^(408|425|429|50[234])|request_in_progress/;

/** Reads a body as text, and stops at the cap: a body without an end is no answer. */
async function readText({ body }: Response): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; reader;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MAX_ANSWER_BYTES) {
      void reader.cancel();
      throw new CheckoutError('bad_response', 'Answer over 64 KB');
    }
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

/** One try: the JSON object of a success, or an error. */
async function ask(url: string, init: RequestInit): Promise<unknown> {
  if (globalThis.navigator?.onLine === false) throw new CheckoutError('offline', 'Browser is offline');
  let response: Response;
  let text: string;
  let body: { code?: string; error?: { code?: string }; errors?: Violation[] } | undefined;
  try {
    response = await fetch(url, {
      cache: 'no-store',
      referrerPolicy: 'strict-origin-when-cross-origin',
      ...init,
    });
    text = await readText(response);
  } catch (cause) {
    if (cause instanceof CheckoutError) throw cause;
    const hint = 'Check its address, CORS (allow content-type, idempotency-key), CSP connect-src, blockers';
    throw new CheckoutError('network', `No answer from the endpoint. ${hint}`, {}, cause);
  }
  try {
    body = JSON.parse(text);
  } catch {
    // The body of an error may be anything; that of a success is looked at below.
  }
  const { ok, status, headers } = response;
  if (!ok) {
    const reason = body?.code ?? body?.error?.code;
    throw new CheckoutError(errorCodeFor(status, reason), `Endpoint answered ${status}`, {
      status,
      reason,
      requestId: headers.get('x-request-id') ?? undefined,
      fields: body?.errors,
      retryAfterMs:
        retryAfterMs(headers.get('retry-after'), Date.now()) ?? (status === 429 ? UNSAID_WAIT_MS : undefined),
    });
  }
  const type = headers.get('content-type');
  if (typeof body !== 'object' || !body || /html/.test(type!))
    throw new CheckoutError('bad_response', `Expected JSON, got ${type}`, { status });
  return body;
}

/**
 * Asks the merchant's endpoint and returns the JSON object that it answers. Tries twice more where a second try is
 * harmless and may help, with the same headers and so the same idempotency key, all within 30 seconds.
 * @throws {CheckoutError} with the code that the failure maps to; `aborted` when `outer` was aborted.
 */
export async function requestJson(
  url: string,
  init: RequestInit,
  outer?: AbortSignal,
): Promise<Record<string, unknown>> {
  const control = new AbortController();
  const { signal } = control;
  const cancel = () => control.abort();
  const timer = setTimeout(cancel, DEADLINE_MS);
  outer?.addEventListener('abort', cancel);
  if (outer?.aborted) cancel();
  try {
    for (let attempt = 0; ; attempt++)
      try {
        return (await ask(url, { ...init, signal })) as Record<string, unknown>;
      } catch (error) {
        const { code, details } = error as CheckoutError;
        const waitMs = details.retryAfterMs ?? backoffMs(attempt, Math.random());
        // Not 500: a provider may replay the stored failure.
        const isTransient = code === 'network' || TRANSIENT.test(`${details.status} ${details.reason}`);
        if (!isTransient || signal.aborted || waitMs > MAX_WAIT_MS || attempt >= MAX_RETRIES) throw error;
        await new Promise<void>((resolve) => {
          const pause = setTimeout(resolve, waitMs);
          // The next try then fails at once.
          signal.onabort = () => resolve(clearTimeout(pause));
        });
      }
  } catch (error) {
    if (outer?.aborted) throw new CheckoutError('aborted', 'Given up');
    throw signal.aborted ? new CheckoutError('timeout', 'No answer in 30 seconds') : error;
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', cancel);
  }
}

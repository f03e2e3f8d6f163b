import {
  backoffMs,
  CheckoutError,
  errorCodeFor,
  nothingListens,
  notMounted,
  originNotListed,
  retryAfterMs,
  describeProblem,
  type Violation,
} from '../core/index.js';

/** The longest that a request may take, all its retries and its whole answer included, in milliseconds. */
export const DEADLINE_MS = 30_000;
/** The largest answer that is read, in bytes. A session is under 2 KB; 100 products are under 10. */
const MAX_ANSWER_BYTES = 65_536;
/** How often a request is tried again without being asked. */
const MAX_RETRIES = 2;
/** The longest wait that a shopper is kept for between two tries, in milliseconds. */
const MAX_WAIT_MS = 5_000;
/** What a 429 that does not say how long is taken to mean, in milliseconds. */
const DEFAULT_RATE_LIMIT_WAIT_MS = 30_000;
/** Failures that pass by themselves, by status and code; 409 where the first request is still under way. Not 500: a provider may replay it. */
const TRANSIENT = /^(\S+ network|408|409 conflict|425|429|50[234])/;

/**
 * Reads a body as text, and stops at the cap: a body without an end is none. A body of known length is read as a whole: Chromium
 * sometimes reports a stream as aborted when the page is left. So is a body without a stream, which some polyfills and wrappers
 * of `fetch` return.
 */
async function readBody(response: Response): Promise<string> {
  const isShort = Number(response.headers.get('content-length') ?? NaN) <= MAX_ANSWER_BYTES;
  const reader = isShort ? undefined : response.body?.getReader?.();
  if (!reader) {
    const text = await response.text();
    // The length in the header is that of the compressed body.
    return text.length > MAX_ANSWER_BYTES ? '' : text;
  }
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MAX_ANSWER_BYTES) {
      void reader.cancel();
      return '';
    }
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

/** The JSON object of an answer, before it is looked at. */
type JsonObject = Record<string, unknown>;

/** A text, or none: anything else that stands where one belongs says nothing, and may not even turn into one. */
const stringOrEmpty = (value: unknown) => (typeof value === 'string' ? value : '');

/** The fields that an answer names as wrong: RFC 9457's `errors`, or the provider's list of texts for each path. */
function readViolations({
  errors,
  details,
}: {
  errors?: unknown;
  details?: { field_errors?: object };
}): Violation[] {
  const rows: unknown[] = Array.isArray(errors)
    ? errors
    : Object.entries(details?.field_errors ?? {}).map(([path, texts]) => ({
        path,
        message: [texts].flat().map(stringOrEmpty).join(' '),
      }));
  return rows.map((row) => {
    const { path, pointer, code, message, detail } = Object(row) as Record<string, unknown>;
    // A JSON pointer, `#/line_items/0/price`, becomes a path as ours are: `line_items[0].price`.
    const dotted = stringOrEmpty(pointer)
      .replace(/^#?\/?/, '')
      .replace(/\/(\d+)/g, '[$1]')
      .replaceAll('/', '.');
    return {
      path: stringOrEmpty(path) || dotted || '$',
      code: stringOrEmpty(code) || 'invalid',
      message: stringOrEmpty(message) || stringOrEmpty(detail),
    };
  });
}

/** An address without its query, which holds a shopper's token when a status is asked for. */
const withoutQuery = (url: string) => url.split('?')[0];

/** What is wrong where a page, or another server's 404, answers for the handler. */
const notMountedAt = (url: string) =>
  describeProblem(notMounted(new URL(url).pathname.replace(/\/(status|eligibility)?$/, '')));

/** Makes an error of an answer that is no success: of ours, or of another backend. */
function errorFrom(url: string, { status, headers }: Response, body: unknown): CheckoutError {
  const answer = Object(body) as {
    code?: unknown;
    error?: { code?: unknown };
    error_code?: unknown;
  };
  const word = answer.code ?? answer.error?.code ?? answer.error_code;
  const reason = stringOrEmpty(word) || undefined;
  const code = errorCodeFor(status, reason);
  const isOurs = /^(not_found|method_not_allowed)$/.test(reason!);
  // The answer's own sentence is left out: another backend's may be of the shopper.
  const setup =
    code === 'not_found' && !isOurs
      ? notMountedAt(url)
      : reason === 'forbidden_origin'
        ? describeProblem(originNotListed(location.origin))
        : '';
  return new CheckoutError(
    code,
    `endpoint="${withoutQuery(url)}" answered ${status}${setup && `: ${setup}`}`,
    {
      status,
      reason,
      requestId: headers.get('x-request-id') ?? undefined,
      fields: readViolations(answer as object),
      retryAfterMs:
        retryAfterMs(headers.get('retry-after'), Date.now()) ??
        (status === 429 ? DEFAULT_RATE_LIMIT_WAIT_MS : undefined),
    },
  );
}

/** The JSON object of a success. */
function readSuccess(url: string, response: Response, json: string, isUsed: boolean): JsonObject {
  const { ok, status, headers } = response;
  let body: unknown;
  try {
    body = JSON.parse(json);
  } catch {
    // The body of an error may be anything; that of a success is looked at below.
  }
  if (!ok) throw errorFrom(url, response, body);
  const type = headers.get('content-type');
  if (typeof body !== 'object' || !body || /html/i.test(type!))
    throw new CheckoutError(
      'bad_response',
      isUsed
        ? 'The body of the answer was already read, by a script that wraps window.fetch'
        : `Expected JSON, got ${type}, ${json.length} characters` +
            (/html/i.test(type!) ? `: ${notMountedAt(url)}` : ''),
      { status },
    );
  return body as JsonObject;
}

/** One try: the answer of a success, or an error. */
async function sendOnce<T>(url: string, init: RequestInit, read: (answer: JsonObject) => T): Promise<T> {
  if (navigator.onLine === false) throw new CheckoutError('offline');
  if (typeof fetch !== 'function') throw new CheckoutError('invalid_config', 'fetch is missing on this page');
  let response: Response;
  let json = '';
  let isUsed: boolean;
  let reason: string | undefined;
  const onViolation = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    // Old browsers name no URI for an inline script, and a policy may only report.
    if (blockedURI && url.startsWith(blockedURI) && disposition !== 'report') reason = 'csp';
  };
  addEventListener('securitypolicyviolation', onViolation);
  try {
    response = await fetch(url, {
      cache: 'no-store',
      referrerPolicy: 'strict-origin-when-cross-origin',
      ...init,
    });
    isUsed = response.bodyUsed || !!response.body?.locked;
    if (!isUsed) json = await readBody(response);
  } catch (cause) {
    // The report of a broken policy comes just after the failure that it explains.
    if (!init.signal!.aborted) await new Promise((resolve) => setTimeout(resolve));
    const { host, origin } = new URL(url);
    throw new CheckoutError(
      'network',
      reason
        ? `CSP connect-src of the page does not list ${origin}`
        : `No answer. Check the URL and DNS (${describeProblem(nothingListens(host))}), ` +
            (origin === location.origin
              ? ''
              : `CORS (${describeProblem(originNotListed(location.origin))}; other middleware: Access-Control-Allow-Headers: idempotency-key, content-type), `) +
            'CSP connect-src, blockers',
      { reason },
      cause,
    );
  } finally {
    removeEventListener('securitypolicyviolation', onViolation);
  }
  try {
    return read(readSuccess(url, response, json, isUsed));
  } catch (error) {
    if (response.redirected)
      (error as CheckoutError).message +=
        `. endpoint="${withoutQuery(url)}" is redirected to "${withoutQuery(response.url)}": a POST may become a GET`;
    throw error;
  }
}

/**
 * Asks the merchant's endpoint, and returns what `read` makes of the JSON object that it answers. Tries twice more where a second try is
 * harmless and may help, with the same headers and so the same idempotency key, all before `end`: within 30 seconds.
 * @throws {CheckoutError} with the code that the failure maps to; `aborted` when `outer` was aborted.
 */
export async function requestJson<T>(
  url: string,
  init: RequestInit,
  read: (answer: JsonObject) => T,
  outer?: AbortSignal,
  end?: number,
): Promise<T> {
  const page = globalThis.document as (Document & { prerendering?: boolean }) | undefined;
  // A page that is only prerendered may never be seen: it asks nothing.
  // Compared with `true`, because an image named `prerendering` is there, too.
  if (page?.prerendering === true)
    await new Promise((resolve) => page.addEventListener('prerenderingchange', resolve, { once: true }));
  // By the clock on the wall: a timer stands still while the page is frozen.
  const endsAt = end ?? Date.now() + DEADLINE_MS;
  const control = new AbortController();
  const { signal } = control;
  const cancel = () => control.abort();
  const timer = setInterval(() => Date.now() >= endsAt && cancel(), 1000);
  outer?.addEventListener('abort', cancel);
  try {
    for (let attempt = 0; ; attempt++)
      try {
        if (outer?.aborted) cancel();
        signal.throwIfAborted();
        return await sendOnce(url, { ...init, signal }, read);
      } catch (error) {
        if (signal.aborted || attempt >= MAX_RETRIES) throw error;
        const { code, details } = error as CheckoutError;
        const waitMs = details.retryAfterMs ?? backoffMs(attempt, Math.random());
        if (!TRANSIENT.test(`${details.status} ${code}`) || details.reason === 'csp' || waitMs > MAX_WAIT_MS)
          throw error;
        await new Promise<void>((resolve) => {
          const pause = setTimeout(resolve, waitMs);
          // The next try then fails at once.
          signal.onabort = () => resolve(clearTimeout(pause));
        });
      }
  } catch (error) {
    if (outer?.aborted) throw new CheckoutError('aborted');
    throw signal.aborted ? new CheckoutError('timeout') : error;
  } finally {
    clearInterval(timer);
    outer?.removeEventListener('abort', cancel);
  }
}

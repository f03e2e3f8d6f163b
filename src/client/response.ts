import {
  CheckoutError,
  describeProblem,
  errorCodeFor,
  notMounted,
  originNotListed,
  reportedWaitMs,
  type Violation,
} from '../core/index.js';

/** The largest body that is read, in bytes. A session is under 2 KB; the eligibility of 100 products is under 10 KB. */
const MAX_BODY_BYTES = 65_536;

/** The JSON object of a response. Its fields are not validated. */
export type JsonObject = Record<string, unknown>;

/**
 * Reads the body of a response as text; empty if it is larger than 64 KB. Undefined if a script that wraps `fetch` has read
 * the body already.
 */
export async function readBody(response: Response): Promise<string | undefined> {
  if (response.bodyUsed || response.body?.locked) return undefined;
  // A body of a known length is read as a whole, because Chromium sometimes reports its stream as aborted when the page is
  // left. Responses of some polyfills and wrappers of `fetch` have no stream.
  const isShort = Number(response.headers.get('content-length') ?? NaN) <= MAX_BODY_BYTES;
  const reader = isShort ? undefined : response.body?.getReader?.();
  if (!reader) {
    const text = await response.text();
    // The text may be longer than the header states, because that is the length of the compressed body.
    return text.length > MAX_BODY_BYTES ? '' : text;
  }
  const decoder = new TextDecoder();
  let text = '';
  for (let size = 0; ;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MAX_BODY_BYTES) {
      void reader.cancel();
      return '';
    }
    text += decoder.decode(value, { stream: true });
  }
  return text;
}

/**
 * Returns the JSON object of a successful response.
 * @param body the result of `readBody`.
 * @param url the URL of the request.
 * @throws {CheckoutError} the error that the status and the body stand for; `bad_response` if the body is no JSON object.
 */
export function parseResponse(response: Response, body: string | undefined, url: string): JsonObject {
  const { ok, status, headers } = response;
  let json: unknown;
  try {
    json = JSON.parse(body!);
  } catch {
    // The body of an error may be anything. That of a success is checked below.
  }
  if (!ok) throw errorFrom(response, json, url);
  const type = headers.get('content-type');
  const isHtml = /html/i.test(type!);
  if (typeof json !== 'object' || !json || isHtml)
    throw new CheckoutError(
      'bad_response',
      body === undefined
        ? 'The body was already read by a script that wraps fetch'
        : `Expected JSON, got ${type}, ${body.length} characters` +
            (isHtml ? `: ${describeNotMounted(url)}` : ''),
      { status },
    );
  return json as JsonObject;
}

/** The error of a response that is not a success, from the handler or from another backend. */
function errorFrom(response: Response, json: unknown, url: string): CheckoutError {
  const { status, headers } = response;
  const body = Object(json) as { code?: unknown; error?: { code?: unknown }; error_code?: unknown };
  const reason = stringOrEmpty(body.code ?? body.error?.code ?? body.error_code) || undefined;
  const code = errorCodeFor(status, reason);
  const isFromHandler = /^(not_found|method_not_allowed)$/.test(reason!);
  // The message in the body is left out, because another backend may write the shopper's data into it.
  const problem =
    code === 'not_found' && !isFromHandler
      ? describeNotMounted(url)
      : reason === 'forbidden_origin'
        ? describeProblem(originNotListed(location.origin))
        : '';
  return new CheckoutError(
    code,
    `endpoint="${withoutQuery(url)}" answered ${status}${problem && `: ${problem}`}`,
    {
      status,
      reason,
      requestId: headers.get('x-request-id') ?? undefined,
      fields: readViolations(body as object),
      retryAfterMs: reportedWaitMs(response, Date.now()),
    },
  );
}

/** The wrong fields that a body names: as `errors` of RFC 9457, or as the provider's list of messages for each path. */
function readViolations({
  errors,
  details,
}: {
  errors?: unknown;
  details?: { field_errors?: object };
}): Violation[] {
  const rows: unknown[] = Array.isArray(errors)
    ? errors
    : Object.entries(details?.field_errors ?? {}).map(([path, messages]) => ({
        path,
        message: [messages].flat().map(stringOrEmpty).join(' '),
      }));
  return rows.map((row) => {
    const { path, pointer, code, message, detail } = Object(row) as Record<string, unknown>;
    // The JSON pointer `#/line_items/0/price` becomes the path `line_items[0].price`.
    const pointerPath = stringOrEmpty(pointer)
      .replace(/^#?\/?/, '')
      .replace(/\/(\d+)/g, '[$1]')
      .replaceAll('/', '.');
    return {
      path: stringOrEmpty(path) || pointerPath || '$',
      code: stringOrEmpty(code) || 'invalid',
      message: stringOrEmpty(message) || stringOrEmpty(detail),
    };
  });
}

/** Returns a text as it is, and `''` for other values. A template literal would throw for an object without a prototype. */
const stringOrEmpty = (value: unknown) => (typeof value === 'string' ? value : '');

/** Removes the query of a URL: that of a status request holds the shopper's token. */
export const withoutQuery = (url: string) => url.split('?')[0];

/** Describes a mistake in the setup: the request did not reach the handler, but got an HTML page or another server's 404. */
const describeNotMounted = (url: string) =>
  describeProblem(notMounted(new URL(url).pathname.replace(/\/(status|eligibility)?$/, '')));

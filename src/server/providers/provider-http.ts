import { providerRetryMs, retryAfterMs, type Violation } from '../../core/index.js';
import { cancelReader, readBytes } from '../http/bytes.js';
import { DeadlineError, sleep, withDeadlineSignal } from '../deadline.js';
import { ProviderFailure } from './provider-failure.js';

/** One request to a provider. */
export interface ProviderRequest {
  method: 'GET' | 'POST';
  /** The path and query after the base URL. */
  path: string;
  headers: Record<string, string>;
  /** Sent as JSON. */
  body?: unknown;
  /** The largest response that is read, in bytes. */
  maxBytes: number;
  /** False sends the request only once. By default it is sent again after some temporary failures. */
  retry?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** The fields that a provider refused, and its message without private data. */
export interface Refusal {
  fields: Violation[];
  providerMessage?: string;
}

/** The settings of all requests to one provider. */
export interface ProviderConnection {
  /** The API key. A response that contains the key is dropped, so that the key reaches no log. */
  secret: string;
  /** Without a slash at its end. */
  baseUrl: string;
  fetch: typeof fetch;
  timeoutMs: number;
  /** Reads the body of a 400 or 422, given the body that was sent. */
  readRefusal(body: unknown, sent: unknown): Refusal;
}

/**
 * Maps a response to a failure. The status decides the kind of failure; the body only adds the refused fields and the
 * provider's message.
 */
function toFailure(response: Response, readRefusal: () => Refusal): ProviderFailure {
  const { status } = response;
  const wait = retryAfterMs(response.headers.get('retry-after'), Date.now());
  const details = { status, ...(wait !== undefined && { retryAfterMs: wait }) };
  if (status === 401 || status === 403)
    return new ProviderFailure('auth', `the provider refused the API key (${status})`, details);
  if (status === 404) return new ProviderFailure('not_found', 'the provider does not find this', details);
  if (status === 400 || status === 422) {
    const refusal = readRefusal();
    return new ProviderFailure('invalid', `the provider refused the request (${status})`, {
      ...details,
      ...refusal,
    });
  }
  if (status === 429) return new ProviderFailure('rate_limited', 'the provider is busy', details);
  // 409 means that the provider is still processing an earlier request with this idempotency key. A retry can succeed later,
  // so it counts as a temporary failure.
  if (status >= 500 || status === 408 || status === 409)
    return new ProviderFailure('unavailable', `the provider responded with ${status}`, details);
  return new ProviderFailure('contract', `the provider responded with ${status}`, {
    ...details,
    reason: 'unexpected_status',
  });
}

const isRateLimited = (error: unknown) => error instanceof ProviderFailure && error.kind === 'rate_limited';

/** The wait before the retry, in milliseconds. Undefined: no retry. */
function retryDelayMs(error: unknown): number | undefined {
  return error instanceof ProviderFailure ? providerRetryMs(error, 0, Math.random()) : undefined;
}

/** Sends a request once, and returns the JSON of a success. */
async function attempt(
  connection: ProviderConnection,
  request: ProviderRequest,
  signal: AbortSignal,
): Promise<unknown> {
  const { method, path, headers, body: sent, maxBytes } = request;
  let response: Response;
  let bytes: Uint8Array | undefined;
  try {
    response = await connection.fetch(connection.baseUrl + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(sent !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(sent !== undefined && { body: JSON.stringify(sent) }),
      // Following a redirect would send the customer's data elsewhere. Not every runtime supports `redirect: 'error'`.
      redirect: 'manual',
      signal,
    });
    const reader = response.body?.getReader();
    const leave = () => cancelReader(reader);
    signal.addEventListener('abort', leave);
    try {
      bytes = await readBytes(reader, maxBytes);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  } catch (cause) {
    throw new ProviderFailure('unavailable', 'the provider could not be reached', { cause });
  }
  let body: unknown;
  try {
    const text = new TextDecoder().decode(bytes);
    // The provider's error message may contain the API key. Such a body is not parsed, so that the key does not get into a
    // path or an id.
    if (bytes && !text.includes(connection.secret)) body = JSON.parse(text);
  } catch {
    // The body stays undefined. A success without a body is a `contract` failure, and for an error the status is enough.
  }
  if (!response.ok) throw toFailure(response, () => connection.readRefusal(body, sent));
  if (body === undefined)
    throw new ProviderFailure('contract', 'the response is not JSON, too large, or repeats the API key', {
      status: response.status,
      reason: 'not_json',
    });
  return body;
}

/**
 * Runs work with a signal that aborts when either of two does, and removes its listeners afterwards. It does
 * not use `AbortSignal.any`, whose signal stays registered with the caller's signal, which may live as long as the process.
 */
async function withEither<T>(
  one: AbortSignal,
  other: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (!other) return work(one);
  const controller = new AbortController();
  const abort = () => controller.abort(other.aborted ? other.reason : one.reason);
  if (one.aborted || other.aborted) abort();
  for (const signal of [one, other]) signal.addEventListener('abort', abort);
  try {
    return await work(controller.signal);
  } finally {
    for (const signal of [one, other]) signal.removeEventListener('abort', abort);
  }
}

/**
 * Sends a request and returns the JSON of the response, all within `timeoutMs`. Retries once: after a broken connection, a
 * 502, 503 or 504, or a 429 with a `Retry-After` of at most a second.
 * @throws {ProviderFailure} for everything but a success.
 */
export async function sendRequest(
  connection: ProviderConnection,
  request: ProviderRequest,
): Promise<unknown> {
  const { timeoutMs } = connection;
  try {
    return await withDeadlineSignal(timeoutMs, (deadline) =>
      withEither(deadline.signal, request.signal, async (signal) => {
        try {
          return await attempt(connection, request, signal);
        } catch (error) {
          const waitMs = request.retry === false ? undefined : retryDelayMs(error);
          if (waitMs === undefined || signal.aborted) throw error;
          await sleep(waitMs);
          if (signal.aborted) throw error;
          return await attempt(connection, request, signal).catch((second: unknown) => {
            // After a 429 for the retry, the outcome of the first attempt is still unknown, so its error is thrown.
            throw isRateLimited(second) && !isRateLimited(error) ? error : second;
          });
        }
      }),
    );
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    throw new ProviderFailure('timeout', `the provider did not respond within ${timeoutMs} ms`, {
      cause: error,
    });
  }
}

import { backoffMs, retryAfterMs, type Violation } from '../../../core/index.js';
import { ProviderError } from '../../../contract/index.js';
import { cancelReader, readBytes } from '../../http/bytes.js';
import { DeadlineError, sleep, withDeadlineSignal } from '../../deadline.js';
import { ProviderFailure } from '../provider-failure.js';
import { refusalReason } from './refusal-reason.js';

/** One request to the provider. */
export interface GaleRequest {
  method: 'GET' | 'POST';
  /** The path and query after the base URL. */
  path: string;
  body?: unknown;
  idempotencyKey?: string;
  /** Sent as `x-request-id`. */
  requestId?: string | undefined;
  /** The largest answer that is read, in bytes. */
  maxBytes: number;
  /** False: no retry. */
  retry?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

/** What every request to the provider needs. */
export interface GaleConnection {
  apiKey: string;
  /** Without a slash at its end. */
  baseUrl: string;
  fetch: typeof fetch;
  timeoutMs: number;
}

/** The longest wait before the one retry, in milliseconds: the deadline covers both attempts. */
const MAX_RETRY_WAIT_MS = 1000;
/** The most refused fields that are passed on. */
const MAX_FIELDS = 50;

/** Writes a path of the provider in dot and bracket form, from `a.0.b` or `/a/0/b` too; what is no path is `$`. */
function fieldPath(path: string): string {
  const dotted = path
    .replace(/^\//, '')
    .replaceAll('/', '.')
    .replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  return /^[\w.[\]-]{1,200}$/.test(dotted) ? dotted : '$';
}

/** The fields that a refusal names. The provider's texts are dropped: they may repeat what the shopper typed. */
function readFieldErrors(body: unknown): Violation[] {
  const error = ProviderError.safeParse(body);
  return (error.data?.fields ?? []).slice(0, MAX_FIELDS).map(({ path, code }) => ({
    path: fieldPath(path),
    code,
    message: 'the payment provider refused this value',
  }));
}

/** The failure that a status stands for. The status decides; the body only adds the names of fields. */
function toFailure(response: Response, body: unknown, request: unknown): ProviderFailure {
  const { status } = response;
  const wait = retryAfterMs(response.headers.get('retry-after'), Date.now());
  const details = { status, ...(wait !== undefined && { retryAfterMs: wait }) };
  if (status === 401 || status === 403)
    return new ProviderFailure('auth', `the provider refused the API key (${status})`, details);
  if (status === 404) return new ProviderFailure('not_found', 'the provider does not know this', details);
  if (status === 400 || status === 422) {
    const words = refusalReason(body, request);
    return new ProviderFailure('invalid', `the provider refused the request (${status})`, {
      ...details,
      fields: readFieldErrors(body),
      ...(words && { providerMessage: words }),
    });
  }
  if (status === 429) return new ProviderFailure('rate_limited', 'the provider is busy', details);
  // 409: another request with this idempotency key is still running there.
  if (status >= 500 || status === 408 || status === 409)
    return new ProviderFailure('unavailable', `the provider answered ${status}`, details);
  return new ProviderFailure('contract', `the provider answered ${status}`, {
    ...details,
    reason: 'unexpected_status',
  });
}

const isRateLimited = (error: unknown) => error instanceof ProviderFailure && error.kind === 'rate_limited';

/** How long to wait before the one retry, or undefined where there is none: a 500 may have been stored under its key. */
function retryDelayMs(error: unknown): number | undefined {
  if (!(error instanceof ProviderFailure)) return undefined;
  const { kind, status, retryAfterMs: asked } = error;
  const passing = kind === 'unavailable' && (status === undefined || /^50[234]$/.test(String(status)));
  const wait = passing ? (asked ?? backoffMs(0, Math.random())) : kind === 'rate_limited' ? asked : undefined;
  return wait !== undefined && wait <= MAX_RETRY_WAIT_MS ? wait : undefined;
}

async function attempt(line: GaleConnection, call: GaleRequest, signal: AbortSignal): Promise<unknown> {
  let response: Response;
  let bytes: Uint8Array | undefined;
  try {
    response = await line.fetch(line.baseUrl + call.path, {
      method: call.method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${line.apiKey}`,
        ...(call.body !== undefined && { 'content-type': 'application/json' }),
        ...(call.idempotencyKey && { 'idempotency-key': call.idempotencyKey }),
        ...(call.requestId && { 'x-request-id': call.requestId }),
      },
      ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      // A redirect would carry the customer's data elsewhere. Not every runtime knows `error`.
      redirect: 'manual',
      signal,
    });
    const reader = response.body?.getReader();
    const leave = () => cancelReader(reader);
    signal.addEventListener('abort', leave);
    try {
      bytes = await readBytes(reader, call.maxBytes);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  } catch (cause) {
    throw new ProviderFailure('unavailable', 'the provider could not be reached', { cause });
  }
  let body: unknown;
  try {
    const text = new TextDecoder().decode(bytes);
    // Who repeats the key in an answer ("invalid key glm_…") would have us carry it on, in a path or an id.
    if (bytes && !text.includes(line.apiKey)) body = JSON.parse(text);
  } catch {
    // Left undefined: no schema takes that, and an error's status says enough.
  }
  if (!response.ok) throw toFailure(response, body, call.body);
  if (body === undefined)
    throw new ProviderFailure('contract', 'the answer is no JSON, too large, or repeats the API key', {
      status: response.status,
      reason: 'not_json',
    });
  return body;
}

/**
 * Runs work with a signal that fires when either of two does, and leaves nothing on them: a signal of `AbortSignal.any`
 * stays registered with the caller's, which may live as long as the process.
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
 * Sends one request and reads the JSON of its answer, all within `timeoutMs`, with at most one retry: after a broken
 * connection, a 502, 503 or 504, or a 429 that asks for at most a second.
 * @throws {ProviderFailure} for everything but a success.
 */
export async function sendRequest(line: GaleConnection, call: GaleRequest): Promise<unknown> {
  try {
    return await withDeadlineSignal(line.timeoutMs, (deadline) =>
      withEither(deadline.signal, call.signal, async (signal) => {
        try {
          return await attempt(line, call, signal);
        } catch (error) {
          const wait = call.retry === false ? undefined : retryDelayMs(error);
          if (wait === undefined || signal.aborted) throw error;
          await sleep(wait);
          if (signal.aborted) throw error;
          return await attempt(line, call, signal).catch((again: unknown) => {
            // Busy now: that says nothing of what the first attempt may have come to.
            throw isRateLimited(again) && !isRateLimited(error) ? error : again;
          });
        }
      }),
    );
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    throw new ProviderFailure('timeout', `the provider did not answer within ${line.timeoutMs} ms`, {
      cause: error,
    });
  }
}

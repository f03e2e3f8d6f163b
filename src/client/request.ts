import {
  CheckoutError,
  describeProblem,
  endpointRetryMs,
  nothingListens,
  originNotListed,
} from '../core/index.js';
import { parseResponse, readBody, withoutQuery, type JsonObject } from './response.js';

/** The longest that a request may take with all retries and the whole response, in milliseconds. */
export const DEADLINE_MS = 30_000;

/**
 * Sends a request to the merchant's endpoint and returns the result of `read` for the JSON object of the response. Retries as
 * `endpointRetryMs` says, with the same headers and so the same idempotency key.
 * @param deadlineMs when the request times out, in milliseconds since 1970. Default: in 30 seconds.
 * @throws {CheckoutError} the error of the last attempt; `timeout` after the deadline; `aborted` if `outer` was aborted.
 */
export async function requestJson<T>(
  url: string,
  init: RequestInit,
  read: (answer: JsonObject) => T,
  outer?: AbortSignal,
  deadlineMs?: number,
): Promise<T> {
  const page = globalThis.document as (Document & { prerendering?: boolean }) | undefined;
  // A prerendered page sends nothing, because it may never be shown.
  // Compared with `true`: an image with the name `prerendering` is a property of the document, too.
  if (page?.prerendering === true)
    await new Promise((resolve) => page.addEventListener('prerenderingchange', resolve, { once: true }));
  // The deadline is a time of the clock, because timers do not run while the page is frozen.
  const endsAt = deadlineMs ?? Date.now() + DEADLINE_MS;
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
        if (signal.aborted) throw error;
        const waitMs = endpointRetryMs(error as CheckoutError, attempt, Math.random());
        if (waitMs === undefined) throw error;
        await new Promise<void>((resolve) => {
          const pause = setTimeout(resolve, waitMs);
          // After an abort the wait ends, and the next attempt throws at once.
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

/** Sends a request once. */
async function sendOnce<T>(url: string, init: RequestInit, read: (answer: JsonObject) => T): Promise<T> {
  if (navigator.onLine === false) throw new CheckoutError('offline');
  if (typeof fetch !== 'function') throw new CheckoutError('invalid_config', 'fetch is missing on this page');
  let response: Response;
  let body: string | undefined;
  let reason: string | undefined;
  const onViolation = ({ blockedURI, disposition }: SecurityPolicyViolationEvent) => {
    // Old browsers report a blocked inline script with an empty URI, which every URL begins with. A report-only policy blocks
    // nothing.
    if (blockedURI && url.startsWith(blockedURI) && disposition !== 'report') reason = 'csp';
  };
  addEventListener('securitypolicyviolation', onViolation);
  try {
    response = await fetch(url, {
      cache: 'no-store',
      referrerPolicy: 'strict-origin-when-cross-origin',
      ...init,
    });
    body = await readBody(response);
  } catch (cause) {
    // Browsers report a violation of the page's policy just after the failure that it causes.
    if (!init.signal!.aborted) await new Promise((resolve) => setTimeout(resolve));
    throw networkError(url, reason, cause);
  } finally {
    removeEventListener('securitypolicyviolation', onViolation);
  }
  try {
    return read(parseResponse(response, body, url));
  } catch (error) {
    if (response.redirected)
      (error as CheckoutError).message +=
        `. endpoint="${withoutQuery(url)}" is redirected to "${withoutQuery(response.url)}": a POST may become a GET`;
    throw error;
  }
}

/** The error of a request without a response. Browsers hide the cause from scripts, so the message lists the possible ones. */
function networkError(url: string, reason: string | undefined, cause: unknown): CheckoutError {
  const { host, origin } = new URL(url);
  return new CheckoutError(
    'network',
    reason
      ? `CSP connect-src of the page does not list ${origin}`
      : `No answer. Check the URL and DNS (${describeProblem(nothingListens(host))}), ` +
          (origin === location.origin
            ? ''
            : `CORS (${describeProblem(originNotListed(location.origin))}), `) +
          'CSP connect-src, blockers',
    { reason },
    cause,
  );
}

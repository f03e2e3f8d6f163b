import { CALLER_UNKNOWN, notMounted } from '../core/index.js';
import { setupProblem, skip, fail, type CheckResult } from './check-result.js';
import type { ProbeResponse, Target } from './target.js';

/** The headers of a script on the shop's own page. */
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

/** Describes a response briefly, such as `404` or `a page (200)`. */
export function describe({ status, kind, code }: ProbeResponse): string {
  return kind === 'page' ? `a page (${status})` : code ? `${status} ${code}` : String(status);
}

/** Whether a response is `application/problem+json` with this status. */
export function isProblem({ kind, status }: ProbeResponse, expected: number): boolean {
  return kind === 'problem' && status === expected;
}

/** Whether a login, a CSRF check or a filter answered in place of the handler. */
export function isBlockedBeforeHandler({ kind, status }: ProbeResponse): boolean {
  return (status === 401 || status === 403 || status === 429) && kind !== 'problem';
}

/** The result for a request that something in front of the handler refuses. */
export function blockedBeforeHandler({ path }: Target, message: string): CheckResult {
  return fail(
    message,
    `Let ${path} and everything below through without a login, a CSRF check or a bot filter: the handler checks each request itself.`,
    'something in front of the handler refuses it',
  );
}

/** Whether a page or another server's "not found" answered, because the handler is not mounted at this path or for this method. */
export function isFromAnotherServer({ kind, status }: ProbeResponse): boolean {
  return kind === 'page' ? status < 500 : (status === 404 || status === 405) && kind !== 'problem';
}

/**
 * The result for a response that a check did not expect. It recognises the mistakes that every check can meet, and gives them
 * the same cause, so that the report names each once.
 * @param request the request in short, such as `POST`.
 * @param fix the instruction for any other response.
 */
export function unexpected(
  target: Target,
  request: string,
  answer: ProbeResponse,
  expected: string,
  fix: string,
): CheckResult {
  const { status, setup, code } = answer;
  if (setup) return setupProblem(setup);
  if (code === 'forbidden_origin') return setupProblem(CALLER_UNKNOWN);
  if (status === 429) return skip('skipped: the endpoint limits requests (429), try again later');
  if (isBlockedBeforeHandler(answer))
    return blockedBeforeHandler(
      target,
      `${request}: something in front of the handler refuses it (${status})`,
    );
  if (isFromAnotherServer(answer))
    return setupProblem(notMounted(target.path), `${request} gets ${describe(answer)}`);
  const message = `${describe(answer)} instead of ${expected}`;
  return status >= 500 ? fail(message, seeServerLog(answer), describe(answer)) : fail(message, fix);
}

/** Points to the server's log, with the request id to search for. */
export function seeServerLog({ headers }: ProbeResponse): string {
  const id = headers.get('x-request-id') ?? '';
  return `Look into the server's log${/^[\w.:-]{1,128}$/.test(id) ? ` for ${id}` : ''}.`;
}

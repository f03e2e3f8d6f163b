import { CALLER_UNKNOWN, notMounted } from '../core/index.js';
import { setupProblem, skip, fail, type CheckResult } from './check-result.js';
import type { ProbeResponse, Target } from './target.js';

/** The headers of a script on the shop's own page. */
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

/** An answer in a few words. */
export function describe({ status, kind, code }: ProbeResponse): string {
  return kind === 'page' ? `a page (${status})` : code ? `${status} ${code}` : String(status);
}

/** Whether an answer is a problem of this status. */
export function isProblem({ kind, status }: ProbeResponse, expected: number): boolean {
  return kind === 'problem' && status === expected;
}

/** Whether a login, a CSRF check or a filter answered before the handler could. */
export function isBlockedBeforeHandler({ kind, status }: ProbeResponse): boolean {
  return (status === 401 || status === 403 || status === 429) && kind !== 'problem';
}

/** What to do where something in front of the handler refuses requests. */
export function blockedBeforeHandler({ path }: Target, seen: string): CheckResult {
  return fail(
    seen,
    `Let ${path} and everything below through without a login, a CSRF check or a bot filter: each request is checked by the handler.`,
    'something in front refuses it',
  );
}

/** Whether a page or another server's "not found" answered, because the handler is not mounted there or not for this method. */
export function isFromAnotherServer({ kind, status }: ProbeResponse): boolean {
  return kind === 'page' ? status < 500 : (status === 404 || status === 405) && kind !== 'problem';
}

/**
 * What any answer comes to that a check did not expect. `what` was asked; `fix` is what to do where nothing else is known.
 * The same failure of the server is one mistake, whichever check meets it.
 */
export function unexpected(
  target: Target,
  what: string,
  answer: ProbeResponse,
  expected: string,
  fix: string,
): CheckResult {
  const { status, setup, code } = answer;
  if (setup) return setupProblem(setup);
  if (code === 'forbidden_origin') return setupProblem(CALLER_UNKNOWN);
  if (status === 429) return skip('not told: the endpoint has had enough requests (429), try again later');
  if (isBlockedBeforeHandler(answer))
    return blockedBeforeHandler(target, `${what}: something in front refuses it (${status})`);
  if (isFromAnotherServer(answer))
    return setupProblem(notMounted(target.path), `${what} gets ${describe(answer)}`);
  const message = `${describe(answer)} came where ${expected} was expected`;
  return status >= 500 ? fail(message, seeServerLog(answer), describe(answer)) : fail(message, fix);
}

/** Where to look for a failure of the server: by the id that its log has. */
export function seeServerLog({ headers }: ProbeResponse): string {
  const id = headers.get('x-request-id') ?? '';
  return `Look into the server's log${/^[\w.:-]{1,128}$/.test(id) ? ` for ${id}` : ''}.`;
}

import { CALLER_UNKNOWN, notMounted } from '../core/index.js';
import { mistake, unknown, wrong, type Outcome } from './check-result.js';
import type { Answer, Visit } from './target.js';

/** The headers of a script on the shop's own page. */
export const OWN_PAGE = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/json' };

/** An answer in a few words. */
export function inWords({ status, kind, code }: Answer): string {
  return kind === 'page' ? `a page (${status})` : code ? `${status} ${code}` : String(status);
}

/** Whether an answer is a problem of this status. */
export function isProblem({ kind, status }: Answer, expected: number): boolean {
  return kind === 'problem' && status === expected;
}

/** Whether a login, a CSRF check or a filter answered before the handler could. */
export function isRefusedInFront({ kind, status }: Answer): boolean {
  return (status === 401 || status === 403 || status === 429) && kind !== 'problem';
}

/** What to do where something in front of the handler refuses requests. */
export function refusedInFront({ path }: Visit, seen: string): Outcome {
  return wrong(
    seen,
    `Let ${path} and everything below through without a login, a CSRF check or a bot filter: each request is checked by the handler.`,
    'something in front refuses it',
  );
}

/** Whether a page or another server's "not found" answered, because the handler is not mounted there or not for this method. */
export function isElsewhere({ kind, status }: Answer): boolean {
  return kind === 'page' ? status < 500 : (status === 404 || status === 405) && kind !== 'problem';
}

/**
 * What any answer comes to that a check did not expect. `what` was asked; `next` is what to do where nothing else is known.
 * The same failure of the server is one mistake, whichever check meets it.
 */
export function oddOutcome(
  visit: Visit,
  what: string,
  answer: Answer,
  expected: string,
  next: string,
): Outcome {
  const { status, setup, code } = answer;
  if (setup) return mistake(setup);
  if (code === 'forbidden_origin') return mistake(CALLER_UNKNOWN);
  if (status === 429) return unknown('not told: the endpoint has had enough requests (429), try again later');
  if (isRefusedInFront(answer))
    return refusedInFront(visit, `${what}: something in front refuses it (${status})`);
  if (isElsewhere(answer)) return mistake(notMounted(visit.path), `${what} gets ${inWords(answer)}`);
  const says = `${inWords(answer)} came where ${expected} was expected`;
  return status >= 500 ? wrong(says, lookIntoLog(answer), inWords(answer)) : wrong(says, next);
}

/** Where to look for a failure of the server: by the id that its log has. */
export function lookIntoLog({ headers }: Answer): string {
  const id = headers.get('x-request-id') ?? '';
  return `Look into the server's log${/^[\w.:-]{1,128}$/.test(id) ? ` for ${id}` : ''}.`;
}

import { unknown, wrong, type Outcome } from './outcome.js';
import type { Answer } from './visit.js';

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

/** Whether the caller was refused before anything was looked at. */
export function isCallerRefused(answer: Answer): boolean {
  return answer.code === 'forbidden_origin' || answer.status === 403;
}

/** What any answer comes to that a check did not expect; `next` is what to do where nothing else is known. */
export function oddOutcome(answer: Answer, expected: string, next: string): Outcome {
  const { status } = answer;
  if (isCallerRefused(answer)) return unknown('not told: see "Own page"');
  if (status === 429) return unknown('not told: the endpoint has had enough requests (429), try again later');
  const says = `${inWords(answer)} came where ${expected} was expected`;
  if (status >= 500) {
    const id = answer.headers.get('x-request-id') ?? '';
    return wrong(says, `Look into the server's log${/^[\w.:-]{1,128}$/.test(id) ? ` for ${id}` : ''}.`);
  }
  return wrong(says, next);
}

/** What to do where a part of the endpoint leads elsewhere. */
export const MOUNT_BELOW =
  'Mount the handler at everything below the endpoint as well (/api/hsa-checkout/*): both mounts are needed.';

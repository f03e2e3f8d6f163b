import { notMounted, originNotListed, type SetupProblem } from '../core/index.js';
import { describe, unexpected, OWN_PAGE } from './answer-checks.js';
import { setupProblem, pass, skip, fail, type Check } from './check-result.js';
import type { ProbeResponse, Target } from './target.js';

/**
 * An origin that is in no handler's `origins`, because names below `.invalid` cannot be registered (RFC 2606). The handler logs
 * a refused origin, so the name shows the merchant that the request came from the `doctor` command.
 */
const UNLISTED_ORIGIN = 'https://hsa-checkout-doctor.invalid';

/** The response has CORS headers that the handler did not write. */
const OTHER_CORS: SetupProblem = {
  cause: 'other CORS middleware answers',
  fix: 'remove other CORS middleware, such as app.use(cors()), from this path: the handler answers preflights itself, for exact `origins`',
};

function fromOrigin(origin: string): Record<string, string> {
  return { origin, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
}

function preflight({ send }: Target, origin: string): Promise<ProbeResponse> {
  const headers = {
    origin,
    'sec-fetch-site': 'cross-site',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,idempotency-key',
  };
  return send({ method: 'OPTIONS', headers });
}

const allowedOrigin = ({ headers }: ProbeResponse) => headers.get('access-control-allow-origin');

/** Checks that the shop's pages may call the endpoint from another origin. */
export const checkOrigin: Check = {
  name: "Shop's origin",
  async run(target) {
    const { endpoint, origin } = target;
    if (origin === undefined) return skip('skipped: give --origin if the shop is on another origin');
    if (origin === new URL(endpoint).origin)
      return pass(`${origin} is the endpoint's own origin and needs no CORS`);
    const preflighted = await preflight(target, origin);
    const posted = await target.send({
      method: 'POST',
      headers: fromOrigin(origin),
      body: '{"line_items":[]}',
    });
    const seen = `preflight ${describe(preflighted)}, POST ${describe(posted)}`;
    if (posted.status === 403 || allowedOrigin(posted) === null)
      return setupProblem(originNotListed(origin), seen);
    if (allowedOrigin(preflighted) === null)
      return setupProblem(notMounted(target.path), `OPTIONS gets ${describe(preflighted)}`);
    if (allowedOrigin(preflighted) !== origin || allowedOrigin(posted) !== origin)
      return setupProblem(OTHER_CORS, seen);
    const headers = (preflighted.headers.get('access-control-allow-headers') ?? '').toLowerCase();
    if (
      preflighted.status >= 300 ||
      !headers.includes('content-type') ||
      !headers.includes('idempotency-key')
    )
      return setupProblem(
        OTHER_CORS,
        `the preflight of ${origin} lacks the headers content-type and idempotency-key`,
      );
    return pass(`${origin} may call the endpoint`);
  },
};

/** Checks that pages of other sites are refused. */
export const checkOtherOrigins: Check = {
  name: 'Other origins',
  async run(target) {
    const preflighted = await preflight(target, UNLISTED_ORIGIN);
    const posted = await target.send({
      method: 'POST',
      headers: fromOrigin(UNLISTED_ORIGIN),
      body: '{"line_items":[]}',
    });
    if (allowedOrigin(preflighted) !== null || allowedOrigin(posted) !== null)
      return setupProblem(
        OTHER_CORS,
        `CORS headers allow ${allowedOrigin(preflighted) === '*' ? 'every origin' : 'an origin that is not listed'}`,
      );
    return posted.status === 403
      ? pass('an origin that is not listed is refused (403), without CORS headers')
      : fail(
          `a request from an origin that is not listed was not refused (${describe(posted)})`,
          'Pass the Origin and Sec-Fetch-Site headers on to the handler unchanged.',
        );
  },
};

/** Checks whether the endpoint uses a test key or a live key. */
export const checkMode: Check = {
  name: 'Key mode',
  async run(target) {
    const { mode: expected } = target;
    const answer = await target.send({ method: 'POST', headers: OWN_PAGE, body: '{"line_items":[]}' });
    const mode = target.keyMode;
    // The handler sends its mode only to callers that it accepts.
    if (!mode && answer.status === 403)
      return unexpected(target, 'POST', answer, 'a problem', 'Pass POST requests on to the handler.');
    if (!mode)
      return expected
        ? fail(
            `unknown: no x-hsa-checkout-mode header came, and --mode is ${expected}`,
            'Pass the header x-hsa-checkout-mode of the handler on.',
          )
        : skip('skipped: no x-hsa-checkout-mode header came');
    if (expected && mode !== expected)
      return fail(
        `${mode}, but --mode is ${expected}`,
        `Give createProvider a glm_${expected}_ key and environment: '${expected}'.`,
      );
    return pass(mode === 'test' ? 'test, no real money moves' : 'live, real money moves');
  },
};

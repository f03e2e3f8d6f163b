import { notMounted, originNotListed, type SetupProblem } from '../core/index.js';
import { describe, unexpected, OWN_PAGE } from './answer-checks.js';
import { setupProblem, pass, skip, fail, type Check } from './check-result.js';
import type { ProbeResponse, Target } from './target.js';

/** An origin that nobody lists: names below `.invalid` belong to no one (RFC 2606). */
const UNLISTED_ORIGIN = 'https://stranger.invalid';

/** CORS headers that the handler did not write. */
const OTHER_CORS: SetupProblem = {
  cause: 'other CORS middleware answers',
  fix: 'take other CORS middleware, such as app.use(cors()), away from this path: the handler answers preflights itself, for exact `origins`',
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

/** Whether the shop's pages may call, where they are on another origin. */
export const checkOrigin: Check = {
  name: "Shop's origin",
  async run(target) {
    const { endpoint, origin } = target;
    if (origin === undefined) return skip('not looked at: give --origin where the shop is on another');
    if (origin === new URL(endpoint).origin)
      return pass(`${origin} is the endpoint's own, and needs no CORS`);
    const asked = await preflight(target, origin);
    const posted = await target.send({
      method: 'POST',
      headers: fromOrigin(origin),
      body: '{"line_items":[]}',
    });
    const seen = `preflight ${describe(asked)}, POST ${describe(posted)}`;
    if (posted.status === 403 || allowedOrigin(posted) === null)
      return setupProblem(originNotListed(origin), seen);
    if (allowedOrigin(asked) === null)
      return setupProblem(notMounted(target.path), `OPTIONS gets ${describe(asked)}`);
    if (allowedOrigin(asked) !== origin || allowedOrigin(posted) !== origin)
      return setupProblem(OTHER_CORS, seen);
    const headers = (asked.headers.get('access-control-allow-headers') ?? '').toLowerCase();
    if (asked.status >= 300 || !headers.includes('content-type') || !headers.includes('idempotency-key'))
      return setupProblem(
        OTHER_CORS,
        `the preflight of ${origin} lacks the headers content-type and idempotency-key`,
      );
    return pass(`${origin} may call`);
  },
};

/** Whether any other site may. */
export const checkOtherOrigins: Check = {
  name: 'Strangers',
  async run(target) {
    const asked = await preflight(target, UNLISTED_ORIGIN);
    const posted = await target.send({
      method: 'POST',
      headers: fromOrigin(UNLISTED_ORIGIN),
      body: '{"line_items":[]}',
    });
    if (allowedOrigin(asked) !== null || allowedOrigin(posted) !== null)
      return setupProblem(
        OTHER_CORS,
        `CORS headers allow ${allowedOrigin(asked) === '*' ? 'every site' : 'a site that nobody lists'}`,
      );
    return posted.status === 403
      ? pass('another site is refused (403), without CORS headers')
      : fail(
          `another site's request was not refused (${describe(posted)})`,
          'Let the Origin and Sec-Fetch-Site headers through to the handler as they came.',
        );
  },
};

/** Which of the provider's two worlds the endpoint's key is of. */
export const checkMode: Check = {
  name: 'Key mode',
  async run(target) {
    const { mode: expected } = target;
    const answer = await target.send({ method: 'POST', headers: OWN_PAGE, body: '{"line_items":[]}' });
    const mode = target.keyMode;
    // The handler tells its mode to callers that it lets in.
    if (!mode && answer.status === 403)
      return unexpected(target, 'POST', answer, 'a problem', 'Let POST through.');
    if (!mode)
      return expected
        ? fail(
            `not told, and --mode ${expected} wants to know`,
            'Let the header x-hsa-checkout-mode of the handler through.',
          )
        : skip('not told: no x-hsa-checkout-mode header came');
    if (expected && mode !== expected)
      return fail(
        `${mode}, where ${expected} is expected`,
        `Give createProvider a glm_${expected}_ key and environment: '${expected}'.`,
      );
    return pass(mode === 'test' ? 'test, no real money moves' : 'live, real money moves');
  },
};

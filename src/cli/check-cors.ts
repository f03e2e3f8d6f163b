import { notMounted, originNotListed, type SetupProblem } from '../core/index.js';
import { inWords, oddOutcome, OWN_PAGE } from './answer-checks.js';
import { mistake, right, unknown, wrong, type Check } from './check-result.js';
import type { Answer, Visit } from './target.js';

/** An origin that nobody lists: names below `.invalid` belong to no one (RFC 2606). */
const STRANGER = 'https://stranger.invalid';

/** CORS headers that the handler did not write. */
const OTHER_CORS: SetupProblem = {
  cause: 'other CORS middleware answers',
  fix: 'take other CORS middleware, such as app.use(cors()), away from this path: the handler answers preflights itself, for exact `origins`',
};

function fromOrigin(origin: string): Record<string, string> {
  return { origin, 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' };
}

function preflight({ send }: Visit, origin: string): Promise<Answer> {
  const headers = {
    origin,
    'sec-fetch-site': 'cross-site',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'content-type,idempotency-key',
  };
  return send({ method: 'OPTIONS', headers });
}

const allowedOrigin = ({ headers }: Answer) => headers.get('access-control-allow-origin');

/** Whether the shop's pages may call, where they are on another origin. */
export const checkOrigin: Check = {
  name: "Shop's origin",
  async run(visit) {
    const { endpoint, origin } = visit;
    if (origin === undefined) return unknown('not looked at: give --origin where the shop is on another');
    if (origin === new URL(endpoint).origin)
      return right(`${origin} is the endpoint's own, and needs no CORS`);
    const asked = await preflight(visit, origin);
    const posted = await visit.send({
      method: 'POST',
      headers: fromOrigin(origin),
      body: '{"line_items":[]}',
    });
    const seen = `preflight ${inWords(asked)}, POST ${inWords(posted)}`;
    if (posted.status === 403 || allowedOrigin(posted) === null)
      return mistake(originNotListed(origin), seen);
    if (allowedOrigin(asked) === null)
      return mistake(notMounted(visit.path), `OPTIONS gets ${inWords(asked)}`);
    if (allowedOrigin(asked) !== origin || allowedOrigin(posted) !== origin) return mistake(OTHER_CORS, seen);
    const headers = (asked.headers.get('access-control-allow-headers') ?? '').toLowerCase();
    if (asked.status >= 300 || !headers.includes('content-type') || !headers.includes('idempotency-key'))
      return mistake(
        OTHER_CORS,
        `the preflight of ${origin} lacks the headers content-type and idempotency-key`,
      );
    return right(`${origin} may call`);
  },
};

/** Whether any other site may. */
export const checkStrangers: Check = {
  name: 'Strangers',
  async run(visit) {
    const asked = await preflight(visit, STRANGER);
    const posted = await visit.send({
      method: 'POST',
      headers: fromOrigin(STRANGER),
      body: '{"line_items":[]}',
    });
    if (allowedOrigin(asked) !== null || allowedOrigin(posted) !== null)
      return mistake(
        OTHER_CORS,
        `CORS headers allow ${allowedOrigin(asked) === '*' ? 'every site' : 'a site that nobody lists'}`,
      );
    return posted.status === 403
      ? right('another site is refused (403), without CORS headers')
      : wrong(
          `another site's request was not refused (${inWords(posted)})`,
          'Let the Origin and Sec-Fetch-Site headers through to the handler as they came.',
        );
  },
};

/** Which of the provider's two worlds the endpoint's key is of. */
export const checkMode: Check = {
  name: 'Key mode',
  async run(visit) {
    const { mode: expected } = visit;
    const answer = await visit.send({ method: 'POST', headers: OWN_PAGE, body: '{"line_items":[]}' });
    const mode = visit.keyMode;
    // The handler tells its mode to callers that it lets in.
    if (!mode && answer.status === 403)
      return oddOutcome(visit, 'POST', answer, 'a problem', 'Let POST through.');
    if (!mode)
      return expected
        ? wrong(
            `not told, and --mode ${expected} wants to know`,
            'Let the header x-hsa-checkout-mode of the handler through.',
          )
        : unknown('not told: no x-hsa-checkout-mode header came');
    if (expected && mode !== expected)
      return wrong(
        `${mode}, where ${expected} is expected`,
        `Give createProvider a glm_${expected}_ key and environment: '${expected}'.`,
      );
    return right(mode === 'test' ? 'test, no real money moves' : 'live, real money moves');
  },
};

import { isLocalHost, nothingListens, notMounted } from '../core/index.js';
import { describe, isBlockedBeforeHandler, seeServerLog, blockedBeforeHandler } from './answer-checks.js';
import { setupProblem, pass, fail, type Check, type CheckResult } from './check-result.js';
import type { ProbeResponse, Target } from './target.js';

/** The path at which the guides mount the handler. */
const USUAL_PATH = '/api/hsa-checkout';
/** A request that no backend opens a checkout for: a form of type text/plain. */
const PROBE = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '-' } as const;

interface Failure {
  name?: string;
  message?: string;
  code?: unknown;
  cause?: Failure;
  errors?: Failure[];
}

/**
 * The code of an error below HTTP, such as `ECONNREFUSED`, or its message if it has no code. `fetch` wraps such an error as its
 * `cause`; a host with several addresses fails with an error for each.
 * @throws the error itself, if it is not of that kind.
 */
function codeOf(error: unknown): string {
  const { name, cause } = Object(error) as Failure;
  if (name === 'TimeoutError') return 'ETIMEDOUT';
  if (!cause) throw error;
  for (let failure: Failure | undefined = cause; failure; failure = failure.errors?.[0] ?? failure.cause)
    if (typeof failure.code === 'string') return failure.code;
  return cause.message ?? '';
}

const isCertificate = (code: string) => /CERT|SELF_SIGNED|VERIFY|UNABLE_TO_GET_ISSUER/.test(code);

/** The result for a request that got no response. */
export function noAnswer(error: unknown, endpoint: string): CheckResult {
  const { host, hostname, port } = new URL(endpoint);
  const code = codeOf(error);
  if (/ENOTFOUND|EAI_/.test(code))
    return fail(
      `the name ${hostname} does not resolve (${code})`,
      'Check the spelling, and that its DNS entry exists.',
    );
  if (code === 'ECONNREFUSED') return setupProblem(nothingListens(host));
  if (code === 'bad port')
    return fail(`browsers refuse port ${port}, and this command does too`, 'Serve it on another port.');
  if (/TIMEDOUT|TIMEOUT|UNREACH/.test(code))
    return fail(
      `${host} did not answer in time`,
      'Check that the server runs and that no firewall blocks it.',
    );
  if (isCertificate(code))
    return fail(
      `${host} has no certificate that browsers accept (${code})`,
      `Install a valid certificate for ${hostname}, with its whole chain.`,
    );
  return fail(`the connection to ${host} broke (${code})`, "Look into the server's log.");
}

/** Returns the endpoint with the other protocol if the server answers there: https for http, http for https. */
async function otherScheme({ endpoint, send }: Target): Promise<string | undefined> {
  const other = endpoint.replace(/^http(s?):/, (_, s) => (s ? 'http:' : 'https:'));
  try {
    await send({ ...PROBE, at: other });
    return other;
  } catch (error) {
    return isCertificate(codeOf(error)) ? other : undefined;
  }
}

function wrongScheme(endpoint: string, other: string): CheckResult {
  const [from, to] = [endpoint, other].map((url) => new URL(url).protocol.slice(0, -1));
  return fail(`${new URL(endpoint).host} speaks ${to}, not ${from}`, `Use endpoint="${other}"`);
}

/** The address that a redirect names, without its query. */
function addressIn(location: string | null, base: string): string {
  try {
    const { origin, pathname } = new URL(location ?? '', base);
    return origin + pathname;
  } catch {
    return 'no valid address';
  }
}

function redirected(target: Target, { status, headers }: ProbeResponse): CheckResult {
  const { endpoint, path } = target;
  const address = addressIn(headers.get('location'), endpoint);
  const message = `it redirects (${status}) to ${address}`;
  const isSamePath = address.startsWith('http') && new URL(address).pathname.replace(/\/$/, '') === path;
  return isSamePath
    ? fail(message, `Use that address, because a redirect loses the cart: endpoint="${address}"`)
    : blockedBeforeHandler(target, message);
}

/** Checks that browsers may send a cart to the address: https, or http on this machine. */
export const checkAddress: Check = {
  name: 'Address',
  run({ endpoint }) {
    const { protocol, hostname } = new URL(endpoint);
    if (protocol === 'https:') return pass(endpoint);
    if (isLocalHost(hostname)) return pass(`${endpoint} (http is allowed on localhost only)`);
    return fail(`${endpoint} is plain http`, 'Serve it over https: http is allowed on localhost only.');
  },
};

const isOfHandler = ({ kind, status }: ProbeResponse) =>
  (kind === 'problem' && status !== 404) || (kind === 'json' && status < 500 && status !== 404);

/** The result for a response that is not the handler's. */
async function explainOtherServer(target: Target, answer: ProbeResponse): Promise<CheckResult> {
  const { endpoint, path, send } = target;
  const { status } = answer;
  if (status === 502 || status === 503 || status === 504)
    return setupProblem(nothingListens('the address that a proxy passes requests to'), describe(answer));
  if (status >= 500)
    return fail(`${describe(answer)} instead of the handler's response`, seeServerLog(answer));
  const otherEndpoint = status === 400 && endpoint.startsWith('http:') && (await otherScheme(target));
  if (otherEndpoint) return wrongScheme(endpoint, otherEndpoint);
  const seen = `POST gets ${describe(answer)}`;
  const usual = new URL(USUAL_PATH, endpoint).href;
  if (path !== USUAL_PATH && isOfHandler(await send({ ...PROBE, at: usual })))
    return fail(`${seen}: the handler is at ${USUAL_PATH}`, `Use endpoint="${USUAL_PATH}"`);
  return setupProblem(notMounted(path), seen);
}

/** Checks that the handler answers. The other checks need its responses. */
export const checkReachable: Check = {
  name: 'Reachable',
  async run(target) {
    const { endpoint, path, send } = target;
    const [part] = /\/(status|eligibility|webhook)$/.exec(path) ?? [];
    if (part)
      return fail(
        `${part} is a path below the endpoint, not the endpoint`,
        `Use endpoint="${path.slice(0, -part.length) || '/'}"`,
      );
    let answer: ProbeResponse;
    try {
      answer = await send(PROBE);
    } catch (error) {
      const code = codeOf(error);
      // TLS to a plain HTTP server fails with such a code. Plain HTTP to a TLS server ends with a closed connection.
      const mayBeScheme = endpoint.startsWith('https:')
        ? /^(EPROTO|ERR_SSL)/.test(code)
        : /SOCKET|ECONNRESET|^HPE_/.test(code);
      const other = mayBeScheme && (await otherScheme(target));
      return other ? wrongScheme(endpoint, other) : noAnswer(error, endpoint);
    }
    const { status } = answer;
    if (status >= 300 && status < 400) return redirected(target, answer);
    if (status === 401 || (isBlockedBeforeHandler(answer) && answer.kind !== 'json'))
      return blockedBeforeHandler(target, `something in front of the handler refuses it (${status})`);
    return isOfHandler(answer) ? pass('the handler answers') : explainOtherServer(target, answer);
  },
};

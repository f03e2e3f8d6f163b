import { isLocalHost, nothingListens, notMounted } from '../core/index.js';
import { describe, isBlockedBeforeHandler, seeServerLog, blockedBeforeHandler } from './answer-checks.js';
import { setupProblem, pass, fail, type Check, type CheckResult } from './check-result.js';
import type { ProbeResponse, Target } from './target.js';

/** Where the guides mount the handler. */
const USUAL_PATH = '/api/hsa-checkout';
/** What opens nothing anywhere: a form of this kind. */
const PROBE = { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '-' } as const;

interface Failure {
  name?: string;
  message?: string;
  code?: unknown;
  cause?: Failure;
  errors?: Failure[];
}

/**
 * The machine's word for what went wrong below HTTP: a code, or a message where it has none. A host with several addresses
 * fails with an error for each. @throws the error itself, where it is no such thing.
 */
function codeOf(error: unknown): string {
  const { name, cause } = Object(error) as Failure;
  if (name === 'TimeoutError') return 'ETIMEDOUT';
  if (!cause) throw error;
  for (let each: Failure | undefined = cause; each; each = each.errors?.[0] ?? each.cause)
    if (typeof each.code === 'string') return each.code;
  return cause.message ?? '';
}

const isCertificate = (code: string) => /CERT|SELF_SIGNED|VERIFY|UNABLE_TO_GET_ISSUER/.test(code);

/** Says why no answer came. */
export function noAnswer(error: unknown, endpoint: string): CheckResult {
  const { host, hostname, port } = new URL(endpoint);
  const code = codeOf(error);
  if (/ENOTFOUND|EAI_/.test(code))
    return fail(
      `the name ${hostname} leads nowhere (${code})`,
      'Check the spelling, and that its DNS entry exists.',
    );
  if (code === 'ECONNREFUSED') return setupProblem(nothingListens(host));
  if (code === 'bad port')
    return fail(`browsers refuse port ${port}, and so does this command`, 'Serve it on another port.');
  if (/TIMEDOUT|TIMEOUT|UNREACH/.test(code))
    return fail(
      `${host} did not answer in time`,
      'Check that the server runs and that no firewall is in between.',
    );
  if (isCertificate(code))
    return fail(
      `${host} has no certificate that browsers accept (${code})`,
      `Install a valid certificate for ${hostname}, with its whole chain.`,
    );
  return fail(`the connection to ${host} broke (${code})`, "Look into the server's log.");
}

/** Whether a server speaks TLS or plain HTTP where the endpoint says the other. Returns the right address. */
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

/** Where a redirect leads, without its query. */
function addressIn(location: string | null, base: string): string {
  try {
    const { origin, pathname } = new URL(location ?? '', base);
    return origin + pathname;
  } catch {
    return 'nowhere';
  }
}

function redirected(target: Target, { status, headers }: ProbeResponse): CheckResult {
  const { endpoint, path } = target;
  const address = addressIn(headers.get('location'), endpoint);
  const message = `it redirects (${status}) to ${address}`;
  const isSamePath = address.startsWith('http') && new URL(address).pathname.replace(/\/$/, '') === path;
  return isSamePath
    ? fail(message, `Use the address that it leads to, as a redirect loses the cart: endpoint="${address}"`)
    : blockedBeforeHandler(target, message);
}

/** Whether browsers may send a cart there: https, or http on this machine. */
export const checkAddress: Check = {
  name: 'Address',
  run({ endpoint }) {
    const { protocol, hostname } = new URL(endpoint);
    if (protocol === 'https:') return pass(endpoint);
    if (isLocalHost(hostname)) return pass(`${endpoint}, and http is right on localhost only`);
    return fail(`${endpoint} is plain http`, 'Serve it over https: http is right on localhost only.');
  },
};

const isOfHandler = ({ kind, status }: ProbeResponse) =>
  (kind === 'problem' && status !== 404) || (kind === 'json' && status < 500 && status !== 404);

/** What it means that another program answered. */
async function examineStranger(target: Target, answer: ProbeResponse): Promise<CheckResult> {
  const { endpoint, path, send } = target;
  const { status } = answer;
  if (status === 502 || status === 503 || status === 504)
    return setupProblem(nothingListens('the address that a proxy passes it on to'), describe(answer));
  if (status >= 500) return fail(`${describe(answer)} came, not the handler`, seeServerLog(answer));
  const other = status === 400 && endpoint.startsWith('http:') && (await otherScheme(target));
  if (other) return wrongScheme(endpoint, other);
  const seen = `POST gets ${describe(answer)}`;
  const usual = new URL(USUAL_PATH, endpoint).href;
  if (path !== USUAL_PATH && isOfHandler(await send({ ...PROBE, at: usual })))
    return fail(`${seen}: the handler is at ${USUAL_PATH}`, `Use endpoint="${USUAL_PATH}"`);
  return setupProblem(notMounted(path), seen);
}

/** Whether the handler answers at all. Without it nothing else can be told. */
export const checkReachable: Check = {
  name: 'Reachable',
  async run(target) {
    const { endpoint, path, send } = target;
    const [part] = /\/(status|eligibility|webhook)$/.exec(path) ?? [];
    if (part)
      return fail(
        `${part} is a part of the endpoint, not the endpoint`,
        `Use endpoint="${path.slice(0, -part.length) || '/'}"`,
      );
    let answer: ProbeResponse;
    try {
      answer = await send(PROBE);
    } catch (error) {
      const code = codeOf(error);
      // TLS where plain HTTP is spoken fails with such a code, and plain HTTP where TLS is with a closed connection.
      const mayBeScheme = endpoint.startsWith('https:')
        ? /^(EPROTO|ERR_SSL)/.test(code)
        : /SOCKET|ECONNRESET|^HPE_/.test(code);
      const other = mayBeScheme && (await otherScheme(target));
      return other ? wrongScheme(endpoint, other) : noAnswer(error, endpoint);
    }
    const { status } = answer;
    if (status >= 300 && status < 400) return redirected(target, answer);
    if (status === 401 || (isBlockedBeforeHandler(answer) && answer.kind !== 'json'))
      return blockedBeforeHandler(target, `something in front refuses it (${status})`);
    return isOfHandler(answer) ? pass('the handler answers, not a page') : examineStranger(target, answer);
  },
};

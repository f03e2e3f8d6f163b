import { isLocalHost } from '../core/index.js';
import { inWords } from './answers.js';
import { right, wrong, type Check, type Outcome } from './outcome.js';

/** The machine's word for what went wrong below HTTP. @throws the error itself, where it is no such thing. */
function codeOf(error: unknown): string {
  const { name, cause } = Object(error) as { name?: string; cause?: unknown };
  const { code } = Object(cause) as { code?: unknown };
  if (name === 'TimeoutError') return 'ETIMEDOUT';
  if (cause === undefined) throw error;
  return typeof code === 'string' ? code : 'no code';
}

/** Says why no answer came. */
export function noAnswer(error: unknown, endpoint: string): Outcome {
  const { host, hostname } = new URL(endpoint);
  const code = codeOf(error);
  if (/ENOTFOUND|EAI_AGAIN/.test(code))
    return wrong(
      `the name ${hostname} leads nowhere (${code})`,
      'Check the spelling, and that its DNS entry exists.',
    );
  if (code === 'ECONNREFUSED')
    return wrong(`nothing listens at ${host}`, 'Start the server, and check the port.');
  if (/TIMEDOUT|TIMEOUT/.test(code))
    return wrong(
      `${host} did not answer in time`,
      'Check that the server runs and that no firewall is in between.',
    );
  if (/CERT|SELF_SIGNED|SSL|TLS|VERIFY/.test(code))
    return wrong(
      `${host} has no certificate that browsers accept (${code})`,
      `Install a valid certificate for ${hostname}, with its whole chain.`,
    );
  return wrong(`the connection to ${host} broke (${code})`, "Look into the server's log.");
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

/** Whether browsers may send a cart there: https, or http on this machine. */
export const checkAddress: Check = {
  name: 'Address',
  run({ endpoint }) {
    const { protocol, hostname } = new URL(endpoint);
    if (protocol === 'https:') return right(endpoint);
    if (isLocalHost(hostname)) return right(`${endpoint}, and http is right on localhost only`);
    return wrong(`${endpoint} is plain http`, 'Serve it over https: http is right on localhost only.');
  },
};

/** Whether the handler answers at all. Without it nothing else can be told. */
export const checkReachable: Check = {
  name: 'Reachable',
  async run({ endpoint, send }) {
    const mount = `Mount the handler at ${new URL(endpoint).pathname}, for every method.`;
    try {
      // A form of this kind opens nothing anywhere.
      const answer = await send({ method: 'POST', headers: { 'content-type': 'text/plain' }, body: '-' });
      const { status, kind, headers } = answer;
      if (status >= 300 && status < 400) {
        return wrong(
          `it redirects (${status}) to ${addressIn(headers.get('location'), endpoint)}`,
          'Use the address that it leads to: a redirect loses the cart.',
        );
      }
      if (kind === 'problem' || (kind === 'json' && status !== 404))
        return right('the handler answers, not a page');
      if (status === 401)
        return wrong('something in front asks for a login (401)', 'Let the endpoint through without one.');
      return wrong(`${inWords(answer)} answers, not the handler`, mount);
    } catch (error) {
      return noAnswer(error, endpoint);
    }
  },
};

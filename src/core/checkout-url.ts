import { CheckoutError } from './errors.js';
import { parseUrl } from './parse-url.js';
import { hostNotListed, describeProblem } from './problems.js';

/** The longest checkout URL that is followed, in characters. */
const MAX_URL_LENGTH = 8192;

/** Whether a host name is this machine: the only place where plain http is accepted. */
export function isLocalHost(hostname: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

/** Whether `host` (with its port, if any) is on the list; `*.example.com` stands for any labels before it. */
function isListed(host: string, hosts: readonly string[]): boolean {
  return hosts.some((entry) => host === entry || (entry.startsWith('*.') && host.endsWith(entry.slice(1))));
}

/** The attribute that allows a host. A payment page on plain http is a sandbox's, which can be at the page's own origin instead. */
function lineForPage({ host, protocol }: URL, hosts: readonly string[]): string {
  const line = `checkout-hosts="${[...hosts, host].join(' ')}"`;
  return protocol === 'http:'
    ? `${line}, or createSandbox({ publicOrigin: 'http://${hosts.at(-1)}' })`
    : line;
}

/**
 * The URL to send a shopper to, or an error. It must be absolute, https (http on this machine only, and only in test
 * mode) and on exactly one of `hosts`. The text must begin with its own parsed origin: whatever the URL parser would
 * repair or decode there (control characters, backslashes, credentials, full-width dots, default ports) is refused.
 * @param lineFor writes the line that would put a URL's host on the list, for the developer. Default: for a page, whose own
 *   host is the last of `hosts`.
 * @throws {CheckoutError} `bad_response` when it is no text or over 8,192 characters, `unsafe_url` otherwise.
 */
export function checkoutUrl(
  text: unknown,
  hosts: readonly string[],
  test?: boolean,
  lineFor: (url: URL) => string = (url) => lineForPage(url, hosts),
): string {
  if (typeof text !== 'string' || !text || text.length > MAX_URL_LENGTH)
    throw new CheckoutError('bad_response', 'checkout_url is missing');
  const url = parseUrl(text);
  if (
    !url ||
    !text.startsWith(url.origin + '/') ||
    !(url.protocol === 'https:' || (test && url.protocol === 'http:' && isLocalHost(url.hostname)))
  )
    throw new CheckoutError('unsafe_url', 'checkout_url is not a plain https URL');
  if (!isListed(url.host, hosts))
    throw new CheckoutError('unsafe_url', describeProblem(hostNotListed(lineFor(url))));
  return url.href;
}

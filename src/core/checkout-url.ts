import { CheckoutError } from './errors.js';
import { parseUrl } from './parse-url.js';
import { hostNotListed, describeProblem } from './setup-problems.js';

/** The longest checkout URL that is accepted, in characters. */
const MAX_URL_LENGTH = 8192;

/** Whether a host name is this machine. Only it may use plain http. */
export function isLocalHost(hostname: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
}

/** Whether `host` (with its port, if any) is on the list. `*.example.com` matches every subdomain of `example.com`. */
function isListed(host: string, hosts: readonly string[]): boolean {
  return hosts.some((entry) => host === entry || (entry.startsWith('*.') && host.endsWith(entry.slice(1))));
}

/** Writes the attribute that allows the URL's host. */
const lineForPage = ({ host }: URL, hosts: readonly string[]) =>
  `checkout-hosts="${[...hosts, host].join(' ')}"`;

/**
 * Checks the URL of a payment page and returns it. It must be absolute, https (or http on this machine in test mode) and have
 * one of `hosts`. The text must begin with the origin that the URL parser reads from it, so that everything that the parser
 * repairs or decodes there is refused: control characters, backslashes, credentials, full-width dots, default ports.
 * @param lineFor writes the line that allows the URL's host, for the developer. Default: for a page, whose own host is the last
 *   of `hosts`.
 * @throws {CheckoutError} `bad_response` if it is not a text of 1 to 8,192 characters, `unsafe_url` otherwise.
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

import { isLocalHost } from './checkout-url.js';
import { CheckoutError } from './errors.js';
import { parseUrl } from './parse-url.js';

/**
 * The merchant's endpoint as an absolute URL, read as a link on the page would be. It must be https, or http where the page
 * itself is http and of the same origin, or on this machine; and it may not carry a user name or password.
 * @throws {CheckoutError} `invalid_config`, saying what was expected.
 */
export function endpointUrl(text: string | undefined, pageUrl: string): string {
  const url = text && parseUrl(text, pageUrl);
  if (
    !url ||
    url.username ||
    url.password ||
    !(
      url.protocol === 'https:' ||
      (url.protocol === 'http:' && (isLocalHost(url.hostname) || url.origin === new URL(pageUrl).origin))
    )
  )
    throw new CheckoutError(
      'invalid_config',
      'endpoint must be the https URL of your checkout handler, or a path on this site',
    );
  url.hash = '';
  return url.href;
}

/** The URL of one of the endpoint's own routes, such as `…/status`. */
export function endpointRoute(endpoint: string, route: 'eligibility' | 'status'): string {
  const url = new URL(endpoint);
  url.pathname = url.pathname.replace(/\/?$/, `/${route}`);
  return url.href;
}

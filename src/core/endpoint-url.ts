import { isLocalHost } from './checkout-url.js';
import { CheckoutError } from './errors.js';
import { parseUrl } from './parse-url.js';

/**
 * Resolves the merchant's endpoint against the page's URL, as a link. It must be https, or http on this machine or at the
 * origin of an http page, without a user name or password.
 * @throws {CheckoutError} `invalid_config`, with the expected form.
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

/** The URL of a route below the endpoint, such as `…/status`. */
export function endpointRoute(endpoint: string, route: 'eligibility' | 'status'): string {
  const url = new URL(endpoint);
  url.pathname = url.pathname.replace(/\/?$/, `/${route}`);
  return url.href;
}

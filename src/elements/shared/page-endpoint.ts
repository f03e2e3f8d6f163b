import { CheckoutError, endpointUrl } from '../../core/index.js';

/**
 * Matches secret keys of the provider and of other payment processors. It requires more than the prefix `sk_`, because a locale
 * or a product id may begin with that.
 */
const SECRET_KEY = /^(glm_(live|test)_\w{4}|[rs]k_(live|test)_[a-z0-9]{16})/i;

/**
 * The endpoint of an element as an absolute URL. Rejects a secret key in any attribute or property of the element: every
 * visitor of the page can read it.
 * @throws {CheckoutError} `invalid_config`.
 */
export function readEndpoint(element: HTMLElement & { endpoint?: string }): string {
  const values: unknown[] = [element.endpoint];
  for (const { value } of element.attributes) values.push(value);
  // The library Prototype 1.6 replaces `Object.values` with a function that also reads every inherited property.
  for (const name of Reflect.ownKeys(element)) values.push(Reflect.get(element, name));
  if (values.some((value) => typeof value === 'string' && SECRET_KEY.test(value)))
    throw new CheckoutError(
      'invalid_config',
      'Secret key in the page: replace it, and keep it on the server',
    );
  // Not `document.baseURI`: an image named `baseURI` replaces that property (DOM clobbering).
  return endpointUrl(element.endpoint, element.baseURI);
}

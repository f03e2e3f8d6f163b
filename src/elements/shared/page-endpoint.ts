import { CheckoutError, endpointUrl } from '../../core/index.js';

/** How the provider's and other processors' secret keys look. A locale or a product's id may begin with `sk_`, too. */
const SECRET_KEY = /^(glm_(live|test)_\w{4}|[rs]k_(live|test)_[a-z0-9]{16})/i;

/**
 * The endpoint of an element as an absolute URL. A secret key anywhere on the element is refused: it belongs on the server,
 * and whoever can read the page has it.
 * @throws {CheckoutError} `invalid_config`.
 */
export function readEndpoint(element: HTMLElement & { endpoint?: string }): string {
  const texts: unknown[] = [element.endpoint];
  for (const { value } of element.attributes) texts.push(value);
  // Not `Object.values`, which in Prototype 1.6 reads every property that an element inherits, too.
  for (const name of Reflect.ownKeys(element)) texts.push(Reflect.get(element, name));
  if (texts.some((text) => typeof text === 'string' && SECRET_KEY.test(text)))
    throw new CheckoutError(
      'invalid_config',
      'Secret key in the page: replace it, and keep it on the server',
    );
  // Not that of the document, which an image named `baseURI` replaces.
  return endpointUrl(element.endpoint, element.baseURI);
}

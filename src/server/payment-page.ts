import { checkoutUrl } from '../core/index.js';
import type { Provider } from './provider.js';

/**
 * The URL of a payment page on one of the provider's hosts.
 * @throws {CheckoutError} as {@link checkoutUrl}; it says what to write in `createProvider`.
 */
export function paymentPage(
  url: unknown,
  { checkoutHosts, test }: Pick<Provider, 'checkoutHosts' | 'test'>,
): string {
  return checkoutUrl(
    url,
    checkoutHosts,
    test,
    ({ host }) => `checkoutHosts: ['${[...checkoutHosts, host].join("', '")}'] in createProvider`,
  );
}

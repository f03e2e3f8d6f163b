import { checkoutUrl, isLocalHost } from '../../core/index.js';
import type { Provider } from '../providers/provider.js';

/**
 * The URL of a payment page on one of the provider's hosts.
 * @throws {CheckoutError} as {@link checkoutUrl}; it says what to write in `createProvider`.
 */
export function checkPaymentUrl(
  url: unknown,
  { checkoutHosts, test }: Pick<Provider, 'checkoutHosts' | 'test'>,
): string {
  return checkoutUrl(url, checkoutHosts, test, ({ host, hostname }) =>
    // The answer is for a page, and another machine's host may be anybody's: which hosts are right, the provider knows.
    isLocalHost(hostname)
      ? `checkoutHosts: ['${[...checkoutHosts, host].join("', '")}'] in createProvider`
      : 'its host into checkoutHosts of createProvider',
  );
}

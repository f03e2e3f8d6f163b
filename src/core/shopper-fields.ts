import type { Violation } from './errors.js';

/** Whether a field is one that a shopper can supply; everything else in a cart or a request is the merchant's. */
export function isShopperField({ path }: Violation): boolean {
  return /^(customer|shipping_info|billing_info)\b/.test(path);
}

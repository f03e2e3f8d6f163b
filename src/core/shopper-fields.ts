import type { CheckoutError, Violation } from './errors.js';

/** Whether a field is one that a shopper can supply; everything else in a cart or a request is the merchant's. */
export function isShopperField({ path }: Violation): boolean {
  return /^(customer|shipping_info|billing_info)\b/.test(path);
}

/** The fields that an error calls missing or wrong, where the shopper can supply all of them. */
export function shopperFields({ code, details: { status, fields = [] } }: CheckoutError): Violation[] {
  return (code === 'details_required' || status === 422) && fields.every(isShopperField) ? fields : [];
}

import type { CheckoutError, Violation } from './errors.js';

/** Whether the shopper can supply a field. All other fields of a cart or a request are the merchant's. */
export function isShopperField({ path }: Violation): boolean {
  return /^(customer|shipping_info|billing_info)\b/.test(path);
}

/** The missing or wrong fields of an error, if the shopper can supply all of them; empty otherwise. */
export function shopperFields({ code, details: { status, fields = [] } }: CheckoutError): Violation[] {
  return (code === 'details_required' || status === 422) && fields.every(isShopperField) ? fields : [];
}

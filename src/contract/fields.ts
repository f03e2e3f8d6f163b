/** The rules for single fields, shared by the zod schemas and the browser's check: no zod here. */

/** The most lines that a cart may have. */
export const MAX_LINES = 500;
/** The most pieces of one product in a line. */
export const MAX_QUANTITY = 9999;

/** A plausible e-mail address. Only the mailbox's owner can prove more. */
export const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** The form of an ISO 4217 code. */
export const CURRENCY = /^[A-Z]{3}$/;

/** Whether a text is an absolute http or https URL. */
export function isWebUrl(text: string): boolean {
  try {
    return /^https?:/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}

/** What each kind of field expects, in words for a developer. */
export const EXPECTED = {
  text: 'expected text that is not empty',
  free: 'expected text',
  email: 'expected an e-mail address',
  url: 'expected an absolute http or https URL',
  currency: 'expected an ISO 4217 currency code such as "USD"',
  cents: 'expected integer cents, such as 1999 for $19.99',
  quantity: 'expected a whole number from 1 to 9999',
  boolean: 'expected true or false',
  object: 'expected an object',
  lines: 'expected an array of 1 to 500 lines',
} as const;

/** The rules for single fields: the one source of the zod schemas and of the browser's check. No zod here. */

/** The most lines that a cart may have. */
export const MAX_LINES = 500;
/** The most pieces of one product in a line. */
export const MAX_QUANTITY = 9999;

/** A text and the pattern that it must fit, or a whole number and its range, or else a boolean; and its kind in words. */
export interface Rule {
  readonly expected: string;
  readonly pattern?: RegExp;
  readonly min?: number;
  readonly max?: number;
}

export const TEXT: Rule = { expected: 'text that is not empty', pattern: /[^]/ };
export const FREE_TEXT: Rule = { expected: 'text', pattern: /^/ };
/**
 * A plausible e-mail address. Only the mailbox's owner can prove more. Labels and dots exclude each other, so that a long
 * text takes linear time: it comes from strangers.
 */
export const EMAIL: Rule = { expected: 'an e-mail address', pattern: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/ };
export const WEB_URL: Rule = { expected: 'an http or https URL', pattern: /^https?:\/\/[^\s/?#]\S*$/i };
export const CURRENCY: Rule = { expected: 'an ISO 4217 code', pattern: /^[A-Z]{3}$/ };
export const CENTS: Rule = { expected: 'integer cents', min: 0, max: Number.MAX_SAFE_INTEGER };
export const QUANTITY: Rule = { expected: 'an integer from 1 to 9999', min: 1, max: MAX_QUANTITY };
export const FLAG: Rule = { expected: 'true or false' };
/** What an object, and the list of lines, are called in words. */
export const OBJECT = 'an object';
export const LINES = '1 to 500 lines';

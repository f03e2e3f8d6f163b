import { parseUrl } from '../core/index.js';

/** The rules for single fields: the one source of the zod schemas and of the browser's check. No zod here. */

/** The most lines that a cart may have. */
export const MAX_LINES = 500;
/** The most pieces of one product in a line. */
export const MAX_QUANTITY = 9999;

/** The most characters of an id. */
const MAX_ID_LENGTH = 255;
/** The most characters of a text in words. */
const MAX_TEXT_LENGTH = 500;
/** The most characters of a URL: what every browser and server takes. */
const MAX_URL_LENGTH = 2048;

/** A text and the pattern that it must fit, or a whole number and its range, or else a boolean; and its kind in words. */
export interface Rule {
  readonly expected: string;
  readonly pattern?: RegExp;
  /** The most characters of a text. */
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
}

/** Whether a text fits its rule. Its length is judged first: it comes from strangers. */
export function fits(rule: Rule, text: string): boolean {
  return text.length <= rule.maxLength! && rule.pattern!.test(text) && (rule !== WEB_URL || isWebUrl(text));
}

/** Whether a text is a URL whose host can be one: in a list of a policy, `;` and `,` would begin another entry. */
function isWebUrl(text: string): boolean {
  return /^[\w.:[\]-]+$/.test(parseUrl(text)?.host ?? '');
}

export const ID: Rule = {
  expected: 'text of 1 to 255 characters',
  pattern: /[^]/,
  maxLength: MAX_ID_LENGTH,
};
export const TEXT: Rule = {
  expected: 'text of 1 to 500 characters',
  pattern: /[^]/,
  maxLength: MAX_TEXT_LENGTH,
};
export const FREE_TEXT: Rule = {
  expected: 'text of at most 500 characters',
  pattern: /^/,
  maxLength: MAX_TEXT_LENGTH,
};
/**
 * A plausible e-mail address. Only the mailbox's owner can prove more. Labels and dots exclude each other, so that a long
 * text takes linear time: it comes from strangers.
 */
export const EMAIL: Rule = {
  expected: 'an e-mail address',
  pattern: /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/,
  maxLength: MAX_TEXT_LENGTH,
};
export const WEB_URL: Rule = {
  expected: 'an http or https URL of at most 2048 characters',
  pattern: /^https?:\/\/[^\s/?#]\S*$/i,
  maxLength: MAX_URL_LENGTH,
};
export const CURRENCY: Rule = { expected: 'an ISO 4217 code', pattern: /^[A-Z]{3}$/, maxLength: 3 };
export const CENTS: Rule = { expected: 'integer cents', min: 0, max: Number.MAX_SAFE_INTEGER };
export const QUANTITY: Rule = { expected: 'an integer from 1 to 9999', min: 1, max: MAX_QUANTITY };
export const FLAG: Rule = { expected: 'true or false' };
/** What an object, and the list of lines, are called in words. */
export const OBJECT = 'an object';
export const LINES = '1 to 500 lines';

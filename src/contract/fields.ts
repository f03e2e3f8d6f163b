import { parseUrl } from '../core/index.js';

/** The rules of single fields. Both the zod schemas and the browser's check use them, so this file does not import zod. */

/** The maximum number of lines in a cart. */
export const MAX_LINES = 500;
/** The maximum quantity of a line. */
export const MAX_QUANTITY = 9999;

/** The maximum length of an id, in characters. */
const MAX_ID_LENGTH = 255;
/** The maximum length of other texts, in characters. */
const MAX_TEXT_LENGTH = 500;
/** The maximum length of a URL, in characters. All browsers and servers accept this length. */
const MAX_URL_LENGTH = 2048;

/** The rule of a text with a pattern, of an integer with a range, or otherwise of a boolean. `expected` describes it. */
export interface Rule {
  readonly expected: string;
  readonly pattern?: RegExp;
  /** The maximum length of a text, in characters. */
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
}

/** Whether a text fits its rule. The length is checked first, because a pattern takes longer for a long text. */
export function fits(rule: Rule, text: string): boolean {
  return text.length <= rule.maxLength! && rule.pattern!.test(text) && (rule !== WEB_URL || isWebUrl(text));
}

/** Whether a text is a URL whose host can go into a content security policy. There `;` and `,` would begin another entry. */
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
 * A plausible e-mail address. Labels and dots exclude each other, so that matching takes linear time for hostile texts.
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
/** The descriptions of an object and of the list of lines. */
export const OBJECT = 'an object';
export const LINES = '1 to 500 lines';

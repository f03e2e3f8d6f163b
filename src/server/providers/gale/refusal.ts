import type { Violation } from '../../../core/index.js';
import { ProviderError, type CheckoutRequest } from '../../../contract/index.js';
import type { Refusal } from '../provider-http.js';

/** The longest message that is kept, in characters. */
const MAX_MESSAGE_LENGTH = 300;
/** The most refused fields that are passed on. */
const MAX_FIELDS = 50;
const REDACTED = '…';
/** Private data in any text: e-mail addresses, URLs, keys and tokens, phone and card numbers, dates of birth. */
const PRIVATE_PATTERNS = [
  /\S+@\S+/g,
  /\bhttps?:\/\/\S+/gi,
  /\bglm_\S+/gi,
  /[\w-]{32,}/g,
  /\+?\(?\d[\d\s().\/-]{5,}\d/g,
];

/** All strings in a value. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value ? Object.values(value).flatMap(stringsIn) : [];
}

/** The strings of a request that a message must not repeat: each string as a whole, and each word of the shopper's details. */
function privateStrings(request: unknown): string[] {
  const { line_items, customer, shipping_info, billing_info, ...rest } = Object(request) as Record<
    string,
    unknown
  >;
  const goods = Array.isArray(line_items)
    ? line_items.flatMap((line) => {
        const { name, image_url } = Object(line) as Record<string, unknown>;
        return stringsIn([name, image_url]);
      })
    : [];
  const details = stringsIn([customer, shipping_info, billing_info]);
  const words = details.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2));
  return [...goods, ...details, ...words, ...stringsIn(rest)].filter(Boolean);
}

/**
 * The provider's explanation of a refusal, for the merchant: the error's code, message and fields. Strings of the request
 * other than product ids, and other private data, are replaced by an ellipsis.
 */
function refusalMessage(body: unknown, request: unknown): string | undefined {
  const error = ProviderError.safeParse(body).data;
  if (!error) return undefined;
  const { code, message, fields } = error;
  let text = [`${code}:`, message, ...fields.map((field) => `${field.path}: ${field.message}`)]
    .join(' ')
    .slice(0, 10 * MAX_MESSAGE_LENGTH);
  // The longest first, because a string may contain another.
  const strings = privateStrings(request).sort((a, b) => b.length - a.length);
  for (const string of strings) {
    const pattern = string.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    text = text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'giu'), REDACTED);
  }
  for (const pattern of PRIVATE_PATTERNS) text = text.replace(pattern, REDACTED);
  return text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_MESSAGE_LENGTH);
}

/** Converts a path of the provider, `a.0.b` or `/a/0/b`, to dot and bracket form. Anything else becomes `$`. */
function fieldPath(path: string): string {
  const dotted = path
    .replace(/^\//, '')
    .replaceAll('/', '.')
    .replace(/\.(\d+)(?=\.|$)/g, '[$1]');
  return /^[\w.[\]-]{1,200}$/.test(dotted) ? dotted : '$';
}

/** The fields that a refusal names. The provider's texts are dropped, because they may repeat what the shopper typed. */
function readFieldErrors(body: unknown): Violation[] {
  const error = ProviderError.safeParse(body);
  return (error.data?.fields ?? []).slice(0, MAX_FIELDS).map(({ path, code }) => ({
    path: fieldPath(path),
    code,
    message: 'the payment provider refused this value',
  }));
}

/** Reads the body of a refusal: its fields, and its message without private data. */
export function readRefusal(body: unknown, request: unknown): Refusal {
  const providerMessage = refusalMessage(body, request);
  return { fields: readFieldErrors(body), ...(providerMessage && { providerMessage }) };
}

/** The ids of the products of a cart. */
export function productIdsOf({ line_items }: CheckoutRequest): string[] {
  return [...new Set(line_items.map(({ product_id }) => product_id))];
}

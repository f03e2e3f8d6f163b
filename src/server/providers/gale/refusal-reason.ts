import { ProviderError, type CheckoutRequest } from '../../../contract/index.js';

/** The longest reason that is kept, in characters. */
const MAX_REASON_LENGTH = 300;
const REDACTED = '…';
/** What may be private in any text: e-mail addresses, URLs, keys and tokens, phone and card numbers, dates of birth. */
const PRIVATE_PATTERNS = [
  /\S+@\S+/g,
  /\bhttps?:\/\/\S+/gi,
  /\bglm_\S+/gi,
  /[\w-]{32,}/g,
  /\+?\(?\d[\d\s().\/-]{5,}\d/g,
];

/** Every text of a value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value ? Object.values(value).flatMap(textsIn) : [];
}

/** The texts of a request that a reason must not repeat: each text whole, and each word of the shopper's details. */
function privateTexts(request: unknown): string[] {
  const { line_items, customer, shipping_info, billing_info, ...rest } = Object(request) as Record<
    string,
    unknown
  >;
  const goods = Array.isArray(line_items)
    ? line_items.flatMap((line) => {
        const { name, image_url } = Object(line) as Record<string, unknown>;
        return textsIn([name, image_url]);
      })
    : [];
  const details = textsIn([customer, shipping_info, billing_info]);
  const words = details.flatMap((text) => text.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 2));
  return [...goods, ...details, ...words, ...textsIn(rest)].filter(Boolean);
}

/**
 * The provider's reason for a refusal, to be shown to the merchant: the error's code, message and fields. Texts of the
 * request other than product ids, and whatever else may be private, are hidden.
 */
export function refusalReason(body: unknown, request: unknown): string | undefined {
  const error = ProviderError.safeParse(body).data;
  if (!error) return undefined;
  const { code, message, fields } = error;
  let reason = [`${code}:`, message, ...fields.map((field) => `${field.path}: ${field.message}`)]
    .join(' ')
    .slice(0, 10 * MAX_REASON_LENGTH);
  // The longest first: a text may hold another.
  const texts = privateTexts(request).sort((a, b) => b.length - a.length);
  for (const text of texts) {
    const pattern = text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    reason = reason.replace(new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'giu'), REDACTED);
  }
  for (const pattern of PRIVATE_PATTERNS) reason = reason.replace(pattern, REDACTED);
  return reason
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, MAX_REASON_LENGTH);
}

/** The ids of the products of a cart. */
export function productIdsOf({ line_items }: CheckoutRequest): string[] {
  return [...new Set(line_items.map(({ product_id }) => product_id))];
}

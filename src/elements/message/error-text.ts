import type { CheckoutCart } from '../../contract/check.js';
import type { CheckoutError } from '../../core/index.js';
import type { MessageStrings } from '../locales/en.js';
import { formatNumber } from '../shared/strings.js';

/** The codes whose text already states the next step. */
const COMPLETE = /^(offline|empty_cart|session_closed|navigation_blocked)/;

/**
 * The text that a shopper sees for an error: what happened, and whether and when to try again. {@link needsOtherWay} decides
 * whether the message also offers another payment method.
 * @param item name of the item that the error is about, if it is about one.
 * @param language language tag of the texts.
 */
export function errorText(
  strings: MessageStrings,
  error: CheckoutError,
  item?: string,
  language?: string,
): string {
  const { code, details } = error;
  const key = /^(invalid|unsupported)/.test(code)
    ? 'unavailable'
    : details.status === 413
      ? 'too_large'
      : code === 'rejected' || code === 'details_required'
        ? item
          ? 'rejectedItem'
          : 'rejected'
        : code;
  const text = (strings[key as keyof MessageStrings] ?? strings.server).replace('{item}', () => item!);
  if (!error.retryable || COMPLETE.test(code)) return text;
  const wait = details.retryAfterMs! > 1000 && formatWait(details.retryAfterMs!, language);
  return `${text} ${wait ? strings.tryIn.replace('{wait}', wait) : strings.tryAgain}`;
}

/** Whether another press may not help: after the second failure in a row, or after an error that a retry cannot correct. */
export function needsOtherWay({ retryable, code }: CheckoutError, failures: number): boolean {
  return (failures > 1 || !retryable) && !COMPLETE.test(code);
}

/** A wait in words, such as "30 seconds" or "2 minutes". */
function formatWait(ms: number, language = 'en'): string {
  const [count, unit] = ms > 90_000 ? [ms / 60_000, 'minute'] : [ms / 1000, 'second'];
  return formatNumber(Math.ceil(count), language, { style: 'unit', unit, unitDisplay: 'long' });
}

/** The name of the first item that an error is about, if the cart has a name for it. */
export function itemOf({ details }: CheckoutError, cart?: CheckoutCart): string | undefined {
  const index = /^line_items\[(\d+)/.exec(details.fields?.[0]?.path ?? '')?.[1];
  return index && cart?.line_items[Number(index)]?.name;
}

import type { CartEligibility, CheckoutError } from '../../core/index.js';
import type { Strings } from '../locales/en.js';

/** The text that a shopper sees for an error, chosen by its code. */
export function errorText(strings: Strings, { code, details }: CheckoutError): string {
  const key = /^(invalid|unsupported)/.test(code)
    ? 'unavailable'
    : details.status === 413
      ? 'too_large'
      : code === 'details_required'
        ? 'rejected'
        : code;
  return strings[key as keyof Strings] ?? strings.error;
}

/**
 * The badge text for a cart, or for one product when `isProduct` is set. Empty when the eligibility is unknown or `regular`.
 * Amounts are placeholders such as `{total}`; {@link formatAmounts} fills them in.
 */
export function eligibilityText(
  strings: Strings,
  { eligibility, eligibleCents, lmnCents, totalCents }: CartEligibility,
  isProduct?: boolean,
): string {
  if (eligibility === 'eligible') return isProduct ? strings.eligible : strings.allEligible;
  if (eligibility === 'lmn') return strings.lmn;
  // Without amounts, the texts of a split cart cannot say that its whole eligible part needs a letter, so none is shown.
  const isConditional = totalCents === undefined && eligibleCents === 0;
  if (eligibility !== 'split' || isConditional) return '';
  return [
    totalCents ? eligibleCents && strings.split : strings.splitSome,
    lmnCents && strings.splitLmn,
    strings.splitRest,
  ]
    .filter(Boolean)
    .join(' ');
}

/**
 * Replaces the placeholders of a text with amounts, formatted for the locale, or for English when the browser does not support
 * the locale. American English is formatted by hand: the first use of `Intl` in a page can take longer than the rest of the
 * button's start.
 */
export function formatAmounts(
  text: string,
  cents: { eligibleCents?: number; lmnCents?: number; totalCents?: number },
  locale = 'en',
): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const dollars = cents[`${name}Cents` as keyof typeof cents]! / 100;
    if (!/^en(.US)?$/i.test(locale))
      try {
        // `Intl` rejects the POSIX notation "en_US", which some pages use.
        return dollars.toLocaleString([locale.replaceAll('_', '-'), 'en'], {
          style: 'currency',
          currency: 'USD',
        });
      } catch {
        // The locale is not a valid language tag.
      }
    return '$' + dollars.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',');
  });
}

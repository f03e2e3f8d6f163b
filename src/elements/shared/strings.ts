import type { CartEligibility, CheckoutError } from '../../core/index.js';
import type { Strings } from '../locales/en.js';

/** What a shopper is told of a failure. */
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
 * What may be said of a cart, or of one product where `isProduct`; nothing for what is unknown or not eligible. Amounts
 * stand in it by name: {@link formatAmounts} fills them in.
 */
export function eligibilityText(
  strings: Strings,
  { eligibility, eligibleCents, lmnCents, totalCents }: CartEligibility,
  isProduct?: boolean,
): string {
  if (eligibility === 'eligible') return isProduct ? strings.eligible : strings.allEligible;
  if (eligibility === 'lmn') return strings.lmn;
  // Without amounts, the words do not say that all of it needs a letter.
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
 * Fills the amounts into a text, as a language writes dollars; in English where the browser does not know it. American English
 * is written by hand: the first use of `Intl` in a page can take longer than all else that a button does until it is there.
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
        // POSIX writes "en_US".
        return dollars.toLocaleString([locale.replaceAll('_', '-'), 'en'], {
          style: 'currency',
          currency: 'USD',
        });
      } catch {
        // It names no language.
      }
    return '$' + dollars.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',');
  });
}

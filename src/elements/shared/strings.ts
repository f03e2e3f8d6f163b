import type { CartEligibility, Eligibility } from '../../core/index.js';
import type { Strings } from '../locales/en.js';

/**
 * The badge text for a cart, or for one product when `isProduct` is set. Empty when the eligibility is unknown or `regular`,
 * or when the badge shows {@link eligibilityLines}.
 */
export function eligibilityText(
  strings: Strings,
  { eligibility, eligibleCents, totalCents }: CartEligibility,
  isProduct?: boolean,
): string {
  if (eligibility === 'eligible') return isProduct ? strings.eligible : strings.allEligible;
  if (eligibility === 'lmn') return strings.lmn;
  // Without amounts, the texts of a split cart cannot say that its whole eligible part needs a letter, so none is shown.
  const isConditional = totalCents === undefined && eligibleCents === 0;
  return eligibility !== 'split' || isConditional ? '' : strings.splitSome;
}

/** A line of the badge: its text, its amount in cents, and the eligibility of its part; none for the total. */
export type EligibilityLine = [text: string, cents: number, part?: Eligibility];

/** A line for each part of a mixed cart, and their total. Empty for other carts, and when the amounts are unknown. */
export function eligibilityLines(
  strings: Strings,
  { eligibility, eligibleCents = 0, lmnCents = 0, totalCents }: CartEligibility,
): EligibilityLine[] {
  const isMixed = eligibility === 'split' || (eligibility === 'lmn' && eligibleCents);
  const lines: EligibilityLine[] = [
    [strings.partEligible, eligibleCents, 'eligible'],
    [strings.lmn, lmnCents, 'lmn'],
    [strings.partRest, totalCents! - eligibleCents - lmnCents, 'regular'],
    [strings.partTotal, totalCents!],
  ];
  return isMixed && totalCents ? lines.filter(([, cents]) => cents) : [];
}

/** Formats a number for a language, or for English when the browser does not support the language. */
export function formatNumber(value: number, language: string, options: Intl.NumberFormatOptions): string {
  try {
    // `Intl` rejects the POSIX notation "en_US", which some pages use.
    return value.toLocaleString([language.replaceAll('_', '-'), 'en'], options);
  } catch {
    // The language is not a valid language tag.
    return value.toLocaleString('en', options);
  }
}

/**
 * An amount of cents in US dollars. American English is formatted by hand: the first use of `Intl` in a page can take longer
 * than the rest of the button's start.
 */
export function formatMoney(cents: number, language = 'en'): string {
  const dollars = cents / 100;
  return /^en(.US)?$/i.test(language)
    ? '$' + dollars.toFixed(2).replace(/\B(?=(\d{3})+\.)/g, ',')
    : formatNumber(dollars, language, { style: 'currency', currency: 'USD' });
}

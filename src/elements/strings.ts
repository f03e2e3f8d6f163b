import type { CartEligibility, CheckoutError } from '../core/index.js';

/** English, the words of copy-rules included: what may be claimed is law here, not taste. */
export const en = {
  /** The button. */
  pay: 'Pay with HSA/FSA',
  /** The button, for a cart without eligible items; and the link to a payment page that did not open by itself. */
  continue: 'Continue to checkout',
  /** The button while a session is being made, and while the page is being left. */
  creating: 'Opening secure checkout…',
  /** The button when that takes over five seconds. */
  waiting: 'Still working…',
  /** The badge of one product that is approved automatically. */
  eligible: 'HSA/FSA eligible',
  /** The badge of a cart of which every line is known to be eligible. */
  allEligible: 'All items are HSA/FSA eligible',
  /** The badge of a product, or of a cart, that needs a Letter of Medical Necessity. */
  lmn: 'May be HSA/FSA eligible with a Letter of Medical Necessity',
  /** The badge of a mixed cart: what is eligible, what needs a letter, and the rest; a sentence each. */
  split: '{eligible} of {total} may be paid with HSA/FSA.',
  splitLmn: '{lmn} may be HSA/FSA eligible with a Letter of Medical Necessity.',
  splitRest: 'You’ll use another card for the rest.',
  /** The first of them where the amounts are not known. */
  splitSome: 'Some items may be paid with HSA/FSA.',
  /** The button behind the badge that explains it. */
  learnMore: 'Learn more',
  /** Errors, by code; `error` is said for every code that has no words of its own. */
  error: 'Something went wrong on our side. Please try again.',
  offline: 'You appear to be offline. Check your connection and try again.',
  network: 'We couldn’t reach checkout. Please try again.',
  timeout: 'This is taking longer than expected. You haven’t been charged. Please try again.',
  rate_limited: 'Too many requests. Please try again in a minute.',
  rejected: 'Some cart details need attention. Please review your cart.',
  too_large: 'Your cart is too large for this payment method. Please remove some items.',
  empty_cart: 'Your cart is empty. Add an item to check out.',
  unavailable: 'HSA/FSA checkout isn’t available for this cart. Please use another payment method.',
  session_expired: 'That checkout link expired. Please try again.',
  session_closed: 'This order is already paid.',
  navigation_blocked: 'The payment page didn’t open by itself.',
  aborted: 'Your cart changed. Please try again.',
  /** The button after a paid session. */
  buyAgain: 'Buy again',
  /** Where the server asks for more than the page stated. The button then says `continue`. */
  repriced: 'The total is now {total}. Continue?',
  /** Behind the busy words, where no real money moves. */
  test: 'test mode',
};

/** Every text that a shopper can meet. Replace any of them with `.strings`. */
export type Strings = typeof en;

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
 * stand in it by name: {@link inDollars} fills them in.
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
export function inDollars(
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

/** What HSA/FSA money can do for one product. `lmn`: eligible only with a Letter of Medical Necessity. */
export type LineEligibility = 'eligible' | 'lmn' | 'regular' | 'unknown';

/** What HSA/FSA money can do for a whole cart. */
export type Eligibility = LineEligibility | 'split';

/**
 * A cart's eligibility and the amounts behind it. The amounts are missing when any line's price is, and when something is taken
 * off the whole cart: the lines then do not add up to what is paid.
 */
export interface CartEligibility {
  eligibility: Eligibility;
  /** Sum of the lines that are eligible without condition, in cents, before shipping and tax. */
  eligibleCents?: number;
  /** Sum of the lines that need a Letter of Medical Necessity, in cents. */
  lmnCents?: number;
  /** Sum of all lines, in cents. */
  totalCents?: number;
  /** True where a line needs a Letter of Medical Necessity and amounts are missing. */
  hasLmn?: boolean;
}

/** What a line says of itself. A need for a letter outweighs a plain yes: providers answer both for dual-purpose products. */
export function lineEligibility(line: {
  hsa_fsa_eligible?: boolean;
  requires_lmn?: boolean;
}): LineEligibility {
  if (line.requires_lmn) return 'lmn';
  if (line.hsa_fsa_eligible === undefined) return 'unknown';
  return line.hsa_fsa_eligible ? 'eligible' : 'regular';
}

/** The eligibility of a cart from that of its lines: the table "Eligibility of a cart" of the contract. */
export function cartEligibility(
  lines: readonly { eligibility: LineEligibility; price?: number; quantity: number }[],
): CartEligibility {
  const sum = (word?: LineEligibility) => {
    let cents = 0;
    // Not `reduce`, which Prototype 1.6 replaces by something else.
    for (const { eligibility, price, quantity } of lines)
      if (!word || eligibility === word) cents += price! * quantity;
    return cents;
  };
  const has = (word: LineEligibility) => lines.some((line) => line.eligibility === word);
  const eligibility: Eligibility =
    !lines.length || has('unknown')
      ? 'unknown'
      : !has('regular')
        ? has('lmn')
          ? 'lmn'
          : 'eligible'
        : has('eligible') || has('lmn')
          ? 'split'
          : 'regular';
  // Not a number where a price is missing.
  const totalCents = sum();
  if (eligibility !== 'unknown' && Number.isSafeInteger(totalCents))
    return { eligibility, eligibleCents: sum('eligible'), lmnCents: sum('lmn'), totalCents };
  if (eligibility !== 'split') return { eligibility };
  // The sum of no lines is known without any price.
  return { eligibility, ...(!has('eligible') && { eligibleCents: 0 }), ...(has('lmn') && { hasLmn: true }) };
}

/**
 * What is said of a cart: the session's word, else the page's, else the cart's; with the cart's amounts where they belong to
 * that word. A provider has no word for a Letter of Medical Necessity, and calls such carts eligible: the condition stays.
 */
export function displayedEligibility(
  resolved: CartEligibility,
  ofSession: Eligibility | undefined,
  ofPage: Eligibility | undefined,
): CartEligibility {
  let eligibility = ofSession || ofPage || resolved.eligibility;
  const needsLetter =
    ofPage === 'lmn' || resolved.eligibility === 'lmn' || resolved.lmnCents || resolved.hasLmn;
  if (needsLetter && eligibility === 'eligible') eligibility = 'lmn';
  return eligibility === resolved.eligibility ? resolved : { eligibility };
}

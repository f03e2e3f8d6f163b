/** Whether HSA/FSA money can pay for one product. `lmn`: only with a Letter of Medical Necessity. */
export type LineEligibility = 'eligible' | 'lmn' | 'regular' | 'unknown';

/** Whether HSA/FSA money can pay for a whole cart. `split`: for a part. */
export type Eligibility = LineEligibility | 'split';

/**
 * A cart's eligibility and its amounts. The amounts are missing if the price of a line is, or if the cart has a discount: the
 * lines then do not add up to the amount that is paid.
 */
export interface CartEligibility {
  eligibility: Eligibility;
  /** Sum of the lines that are eligible without a condition, in cents, before shipping and tax. */
  eligibleCents?: number;
  /** Sum of the lines that need a Letter of Medical Necessity, in cents. */
  lmnCents?: number;
  /** Sum of all lines, in cents. */
  totalCents?: number;
  /** True if a line needs a Letter of Medical Necessity and amounts are missing. */
  hasLmn?: boolean;
}

/** The eligibility that a line states. `requires_lmn` wins: providers also set `hsa_fsa_eligible` for dual-purpose products. */
export function lineEligibility(line: {
  hsa_fsa_eligible?: boolean;
  requires_lmn?: boolean;
}): LineEligibility {
  if (line.requires_lmn) return 'lmn';
  if (line.hsa_fsa_eligible === undefined) return 'unknown';
  return line.hsa_fsa_eligible ? 'eligible' : 'regular';
}

/** The eligibility of a cart from that of its lines. It is `unknown` if there are no lines, or if that of any line is unknown. */
export function cartEligibility(
  lines: readonly { eligibility: LineEligibility; price?: number; quantity: number }[],
): CartEligibility {
  const sum = (kind?: LineEligibility) => {
    let cents = 0;
    // `reduce` is not used, because the library Prototype 1.6 replaces it by another function.
    for (const { eligibility, price, quantity } of lines)
      if (!kind || eligibility === kind) cents += price! * quantity;
    return cents;
  };
  const has = (kind: LineEligibility) => lines.some((line) => line.eligibility === kind);
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
  // NaN if a price is missing.
  const totalCents = sum();
  if (eligibility !== 'unknown' && Number.isSafeInteger(totalCents))
    return { eligibility, eligibleCents: sum('eligible'), lmnCents: sum('lmn'), totalCents };
  if (eligibility !== 'split') return { eligibility };
  // Without eligible lines their sum is 0, even if prices are missing.
  return { eligibility, ...(!has('eligible') && { eligibleCents: 0 }), ...(has('lmn') && { hasLmn: true }) };
}

/**
 * The eligibility to display: the session's, or else the one that the page sets, or else the cart's. It has the cart's amounts
 * only if it equals the cart's eligibility. The provider has no session type for a Letter of Medical Necessity and calls such
 * carts `eligible`, so `eligible` becomes `lmn` if the page or a line of the cart requires the letter.
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

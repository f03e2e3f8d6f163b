/** What HSA/FSA money can do for one product. `lmn`: eligible only with a Letter of Medical Necessity. */
export type LineEligibility = 'eligible' | 'lmn' | 'regular' | 'unknown';

/** What HSA/FSA money can do for a whole cart. */
export type Eligibility = LineEligibility | 'split';

/** A cart's eligibility and the amounts behind it; an amount is missing when any line's price is. */
export interface CartEligibility {
  eligibility: Eligibility;
  /** Sum of the lines that are eligible without condition, in cents, before shipping, tax and discount. */
  eligibleCents?: number;
  /** Sum of the lines that need a Letter of Medical Necessity, in cents. */
  lmnCents?: number;
  /** Sum of all lines, in cents. */
  totalCents?: number;
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
  const sums = { eligible: 0, lmn: 0, regular: 0, unknown: 0 };
  const seen = new Set<LineEligibility>();
  for (const { eligibility, price, quantity } of lines) {
    seen.add(eligibility);
    sums[eligibility] += (price ?? NaN) * quantity;
  }
  const total = sums.eligible + sums.lmn + sums.regular + sums.unknown;
  const eligibility: Eligibility =
    !lines.length || seen.has('unknown')
      ? 'unknown'
      : !seen.has('regular')
        ? seen.has('lmn')
          ? 'lmn'
          : 'eligible'
        : seen.size > 1
          ? 'split'
          : 'regular';
  if (eligibility === 'unknown' || !Number.isSafeInteger(total)) return { eligibility };
  return { eligibility, eligibleCents: sums.eligible, lmnCents: sums.lmn, totalCents: total };
}

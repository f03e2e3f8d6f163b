import type { ProblemCode, Violation } from '../../core/index.js';

/**
 * Tells the page what is wrong with a cart; thrown by `resolveCart`. Each entry names a path (`line_items[0].quantity`), a
 * code and a sentence, all of which reach the page. The codes `details_required`, `unknown_product`,
 * `unsupported_currency` and `price_changed` become the code of the whole answer.
 */
export class CartProblem extends Error {
  override readonly name = 'CartProblem';
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[]) {
    super('the cart cannot be bought as it is');
    this.violations = violations;
  }
}

const ANSWER_CODES = [
  'details_required',
  'unknown_product',
  'unsupported_currency',
  'price_changed',
] as const;

/** The code of the answer: that of the first entry which has one of the answer's own, else `validation_error`. */
export function cartProblemCode({ violations }: CartProblem): ProblemCode {
  for (const { code } of violations) {
    const found = ANSWER_CODES.find((known) => known === code);
    if (found) return found;
  }
  return 'validation_error';
}

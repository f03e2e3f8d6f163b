import type { ProblemCode, Violation } from '../../core/index.js';

/**
 * Thrown by `resolveCart` when a cart cannot be bought. Each violation has a path (`line_items[0].quantity`), a code and a
 * sentence, which all reach the page. The codes `details_required`, `unknown_product`, `unsupported_currency` and
 * `price_changed` become the code of the response.
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

/** The code of the response: the first violation's code that is a response code, else `validation_error`. */
export function cartProblemCode({ violations }: CartProblem): ProblemCode {
  for (const { code } of violations) {
    const found = ANSWER_CODES.find((known) => known === code);
    if (found) return found;
  }
  return 'validation_error';
}

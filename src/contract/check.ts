import type { Violation } from '../core/index.js';
import {
  CENTS,
  CURRENCY,
  EMAIL,
  FLAG,
  fits,
  FREE_TEXT,
  ID,
  LINES,
  MAX_LINES,
  OBJECT,
  QUANTITY,
  TEXT,
  WEB_URL,
  type Rule,
} from './fields.js';
import type { CheckoutCart } from './request.js';
import type { Checked } from './violations.js';

export type { CheckoutCart } from './request.js';

/** The rule of a single value; the fields of an object; or, for an array, a list with the fields of each of its lines. */
type Field = Rule | Fields | [Fields];
interface Fields {
  [name: string]: Field;
}

const ADDRESS: Fields = {
  address_line_1: TEXT,
  address_line_2: FREE_TEXT,
  city: TEXT,
  state: TEXT,
  postal_code: TEXT,
  country: TEXT,
};

const CART: Fields = {
  reference_id: ID,
  customer: { email: EMAIL, first_name: TEXT, last_name: TEXT, phone: FREE_TEXT },
  line_items: [
    {
      product_id: ID,
      name: TEXT,
      image_url: WEB_URL,
      price: CENTS,
      quantity: QUANTITY,
      currency: CURRENCY,
      hsa_fsa_eligible: FLAG,
      requires_lmn: FLAG,
    },
  ],
  shipping_info: ADDRESS,
  billing_info: ADDRESS,
  shipping: CENTS,
  tax: CENTS,
  discount: CENTS,
};

const { hasOwnProperty } = Object.prototype;

const REQUIRED = /^(line_items|product_id|quantity)$/;

/** The code of the violation of a value that is not missing; false if the value fits its rule. */
function violationCode(rule: Rule, value: unknown): string | false {
  const { pattern, min, max } = rule;
  if (pattern) return typeof value !== 'string' ? 'invalid_type' : !fits(rule, value) && 'invalid_format';
  if (!max) return typeof value !== 'boolean' && 'invalid_type';
  if (!Number.isInteger(value)) return 'invalid_type';
  const whole = value as number;
  return whole < min! || Object.is(whole, -0) ? 'too_small' : whole > max && 'too_big';
}

/**
 * Checks a page's cart as the schema `CheckoutCart` does, but without zod, for the browser. Property tests prove that both agree.
 * Reports every violation at once. A valid cart is returned as a copy with the known fields only, in the order of the contract,
 * so that equal carts have equal JSON.
 * @param maxLines the maximum number of lines. Default: 500.
 * @param isAllowed returns true for a violation to allow. Default: none. A cart with no other violations counts as valid, and is
 *   returned with its invalid values.
 */
export function checkCart(
  cart: unknown,
  maxLines = MAX_LINES,
  isAllowed = (_: Violation) => false,
): Checked<CheckoutCart> {
  const violations: Violation[] = [];

  const fail = (value: unknown, path: string, code: string, expected: string): void => {
    violations.push({
      path: path.slice(1) || '$',
      code: value == null ? 'required' : code,
      message: `expected ${expected}`,
    });
  };

  /** Copies the fields of an object, or of each line, and reports every violation. */
  const read = (value: unknown, field: Fields | [Fields], path: string): unknown => {
    if (Array.isArray(field)) {
      if (!Array.isArray(value)) fail(value, path, 'invalid_type', LINES);
      else if (!value.length || value.length > maxLines)
        fail(value, path, value.length ? 'too_big' : 'too_small', LINES);
      else {
        const copies: unknown[] = [];
        // `Array.from` is not used, because that of the libraries Prototype and MooTools ignores its second argument.
        for (const line of value as unknown[]) copies.push(read(line, field[0], `${path}[${copies.length}]`));
        return copies;
      }
      return;
    }
    if (typeof value !== 'object' || !value || Array.isArray(value))
      return fail(value, path, 'invalid_type', OBJECT);
    const copy: Record<string, unknown> = {};
    for (const name in field) {
      // Some pages add properties to `Object.prototype`, and some replace `Object.keys` by one that returns these, too.
      if (!hasOwnProperty.call(field, name)) continue;
      const fieldValue = (value as Record<string, unknown>)[name];
      // Null is a missing value, as backends write it.
      if (fieldValue == null && !REQUIRED.test(name)) continue;
      const part = field[name]!;
      const { expected } = part as Partial<Rule>;
      // Only an object and a violation need a path. Writing one for every field would take longer than the check.
      const code = expected && violationCode(part as Rule, fieldValue);
      if (code) fail(fieldValue, `${path}.${name}`, code, expected);
      const copied = expected ? fieldValue : read(fieldValue, part as Fields, `${path}.${name}`);
      if (copied !== undefined) copy[name] = copied;
    }
    return copy;
  };

  const value = read(cart, CART, '') as CheckoutCart;
  return violations.every(isAllowed) ? { value, violations: [] } : { violations };
}

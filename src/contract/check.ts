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

/** A field's rule, or the fields of an object, or in brackets those of every line. */
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

/** The code of what is wrong with a value that is there, or nothing. */
function faultOf(rule: Rule, value: unknown): string | false {
  const { pattern, min, max } = rule;
  if (pattern) return typeof value !== 'string' ? 'invalid_type' : !fits(rule, value) && 'invalid_format';
  if (!max) return typeof value !== 'boolean' && 'invalid_type';
  if (!Number.isInteger(value)) return 'invalid_type';
  const whole = value as number;
  return whole < min! || Object.is(whole, -0) ? 'too_small' : whole > max && 'too_big';
}

/**
 * Checks a page's cart as `CheckoutCart` does, without zod: the browser's half of the contract, proven equal to the schema
 * by property tests. Reports every violation at once; a good cart comes back as a copy with known fields only, in the
 * order of the contract, so that equal carts make equal JSON.
 * @param maxLines the most lines a cart may have, 500 unless told.
 * @param isBearable which violations are let pass, nothing unless told: where there are only such, the cart comes back with
 * them in it.
 */
export function checkCart(
  cart: unknown,
  maxLines = MAX_LINES,
  isBearable = (_: Violation) => false,
): Checked<CheckoutCart> {
  const violations: Violation[] = [];

  const fail = (value: unknown, path: string, code: string, expected: string): void => {
    violations.push({
      path: path.slice(1) || '$',
      code: value == null ? 'required' : code,
      message: `expected ${expected}`,
    });
  };

  /** The copy of an object's fields, or of every line's; whatever does not fit is reported. */
  const read = (value: unknown, field: Fields | [Fields], path: string): unknown => {
    if (Array.isArray(field)) {
      if (!Array.isArray(value)) fail(value, path, 'invalid_type', LINES);
      else if (!value.length || value.length > maxLines)
        fail(value, path, value.length ? 'too_big' : 'too_small', LINES);
      else {
        const copies: unknown[] = [];
        // Not `Array.from`, whose second argument is ignored in the one of Prototype and MooTools.
        for (const line of value as unknown[]) copies.push(read(line, field[0], `${path}[${copies.length}]`));
        return copies;
      }
      return;
    }
    if (typeof value !== 'object' || !value || Array.isArray(value))
      return fail(value, path, 'invalid_type', OBJECT);
    const copy: Record<string, unknown> = {};
    for (const name in field) {
      // Some pages add to `Object.prototype`, and some replace `Object.keys` by one that returns these names, too.
      if (!hasOwnProperty.call(field, name)) continue;
      const given = (value as Record<string, unknown>)[name];
      // Null is a missing value: a page's backend writes one so.
      if (given == null && !REQUIRED.test(name)) continue;
      const part = field[name]!;
      const { expected } = part as Partial<Rule>;
      // A path is written for an object or a fault only: one for every field would take longer than the check.
      const fault = expected && faultOf(part as Rule, given);
      if (fault) fail(given, `${path}.${name}`, fault, expected);
      const kept = expected ? given : read(given, part as Fields, `${path}.${name}`);
      if (kept !== undefined) copy[name] = kept;
    }
    return copy;
  };

  const value = read(cart, CART, '') as CheckoutCart;
  return violations.every(isBearable) ? { value, violations: [] } : { violations };
}

import type { Violation } from '../core/index.js';
import { CURRENCY, EMAIL, EXPECTED, isWebUrl, MAX_LINES, MAX_QUANTITY } from './fields.js';
import type { CheckoutCart } from './request.js';
import type { Checked } from './violations.js';

type Leaf = 'text' | 'free' | 'email' | 'url' | 'currency' | 'cents' | 'quantity' | 'boolean';
/** A field's kind, with `!` where it is required; or the fields of an object. */
type Field = Leaf | `${Leaf}!` | Fields;
interface Fields {
  [name: string]: Field;
}

const ADDRESS: Fields = {
  address_line_1: 'text',
  address_line_2: 'free',
  city: 'text',
  state: 'text',
  postal_code: 'text',
  country: 'text',
};

const CART: Fields = {
  reference_id: 'text',
  customer: { email: 'email', first_name: 'text', last_name: 'text', phone: 'free' },
  shipping_info: ADDRESS,
  billing_info: ADDRESS,
  shipping: 'cents',
  tax: 'cents',
  discount: 'cents',
};

const LINE: Fields = {
  product_id: 'text!',
  name: 'text',
  image_url: 'url',
  price: 'cents',
  quantity: 'quantity!',
  currency: 'currency',
  hsa_fsa_eligible: 'boolean',
  requires_lmn: 'boolean',
};

/** The code of what is wrong with a value that is there, or nothing. */
function faultOf(kind: Leaf, value: unknown): string | false {
  if (kind === 'boolean') return typeof value !== kind && 'invalid_type';
  if (kind === 'cents' || kind === 'quantity') {
    const [min, max] = kind === 'cents' ? [0, Number.MAX_SAFE_INTEGER] : [1, MAX_QUANTITY];
    if (!Number.isInteger(value)) return 'invalid_type';
    const whole = value as number;
    return whole < min || Object.is(whole, -0) ? 'too_small' : whole > max && 'too_big';
  }
  if (typeof value !== 'string') return 'invalid_type';
  if (kind === 'text') return !value && 'too_small';
  const fits =
    kind === 'email'
      ? EMAIL.test(value)
      : kind === 'url'
        ? isWebUrl(value)
        : kind === 'free' || CURRENCY.test(value);
  return !fits && 'invalid_format';
}

/**
 * Checks a page's cart as `CheckoutCart` does, without zod: the browser's half of the contract, proven equal to the schema
 * by property tests. Reports every violation at once; a good cart comes back as a copy with known fields only, in the
 * order of the contract, so that equal carts make equal JSON.
 * @param maxLines the most lines a cart may have, 500 unless told.
 */
export function checkCart(cart: unknown, maxLines = MAX_LINES): Checked<CheckoutCart> {
  const violations: Violation[] = [];
  const report = (path: string, code: string, kind: keyof typeof EXPECTED) =>
    violations.push({ path, code, message: EXPECTED[kind] });
  const isObject = (value: unknown): value is Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);

  const copy = (value: unknown, fields: Fields, path: string) => {
    const result: Record<string, unknown> = {};
    if (!isObject(value)) report(path || '$', value === undefined ? 'required' : 'invalid_type', 'object');
    else
      for (const name in fields) {
        const field = fields[name]!;
        const at = path ? `${path}.${name}` : name;
        const given = value[name];
        if (typeof field === 'object') {
          if (given !== undefined) result[name] = copy(given, field, at);
          continue;
        }
        const kind = field.replace('!', '') as Leaf;
        const fault = given === undefined ? field !== kind && 'required' : faultOf(kind, given);
        if (fault) report(at, fault, kind);
        else if (given !== undefined) result[name] = given;
      }
    return result;
  };

  const result = copy(cart, CART, '');
  if (isObject(cart)) {
    const lines = cart.line_items;
    if (!Array.isArray(lines))
      report('line_items', lines === undefined ? 'required' : 'invalid_type', 'lines');
    else if (!lines.length || lines.length > maxLines)
      report('line_items', lines.length ? 'too_big' : 'too_small', 'lines');
    else result.line_items = Array.from(lines, (line, i) => copy(line, LINE, `line_items[${i}]`));
  }
  return violations.length ? { violations } : { value: result as CheckoutCart, violations: [] };
}

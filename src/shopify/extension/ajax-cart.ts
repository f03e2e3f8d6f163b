import type { CheckoutCart } from '../../contract/check.js';
import { CheckoutError, isCents, type Violation } from '../../core/index.js';

/** The merchant's settings for lines that this checkout does not sell. */
export interface CartRules {
  /** Whether lines with a selling plan are sold. This checkout charges only once, so the whole price must be due today. */
  subscriptions?: boolean;
  /** Handles and product types, in lower case, that are not sold. */
  excluded?: readonly string[];
}

/** `reason` of the error for a cart with a line that is not sold. The button is hidden until the cart can be sold. */
export const NOT_SOLD = 'not_sold_here';

type Line = CheckoutCart['line_items'][number];

/** The used fields of a line of the Ajax cart. */
interface AjaxLine {
  variant_id?: unknown;
  quantity?: unknown;
  title?: unknown;
  final_line_price?: unknown;
  gift_card?: unknown;
  selling_plan_allocation?: {
    price?: unknown;
    checkout_charge_amount?: unknown;
    remaining_balance_charge_amount?: unknown;
    selling_plan?: { checkout_charge?: { value_type?: unknown; value?: unknown } | null } | null;
  } | null;
  handle?: unknown;
  product_type?: unknown;
}

/**
 * Splits the total price of a line into unit prices. The contract has unit prices in whole cents, and a discounted total need
 * not be a multiple of the quantity. The remainder is spread over some units, which cost one cent more and form a line of
 * their own, so that the sum is the total that the shop shows.
 */
export function linesOf(line: Omit<Line, 'price' | 'quantity'>, quantity: number, cents: number): Line[] {
  const price = Math.floor(cents / quantity);
  const remainder = cents - price * quantity;
  return [
    { ...line, price: price + 1, quantity: remainder },
    { ...line, price, quantity: quantity - remainder },
  ].filter((part) => part.quantity);
}

const lowerCase = (value: unknown) => String(value ?? '').toLowerCase();

/** Whether both values are numbers and the first is less. */
const isLess = (part: unknown, whole: unknown) =>
  typeof part === 'number' && typeof whole === 'number' && part < whole;

/**
 * Whether only a part of a line is due today, such as the deposit of a pre-order. The line's price is the full price, so this
 * checkout would charge too much. Shopify documents the amounts of the allocation for Liquid; `cart.js` contains only the
 * selling plan's `checkout_charge`. So both are checked.
 */
function isDeposit(allocation: AjaxLine['selling_plan_allocation']): boolean {
  const price = allocation?.price;
  const charge = allocation?.selling_plan?.checkout_charge;
  return (
    isLess(0, allocation?.remaining_balance_charge_amount) ||
    isLess(allocation?.checkout_charge_amount, price) ||
    isLess(charge?.value, charge?.value_type === 'percentage' ? 100 : price)
  );
}

/** Why a line is not sold through this checkout; undefined when it is sold. */
function notSoldReason(line: AjaxLine, { subscriptions, excluded = [] }: CartRules): string | undefined {
  if (line.gift_card) return 'gift_card';
  if (isDeposit(line.selling_plan_allocation)) return 'deposit';
  if (line.selling_plan_allocation && !subscriptions) return 'subscription';
  return excluded.includes(lowerCase(line.handle)) || excluded.includes(lowerCase(line.product_type))
    ? 'excluded'
    : undefined;
}

/** The error for a cart with lines that are not sold. The whole cart is rejected: no line is dropped without notice. */
export function notSold(fields: Violation[]): CheckoutError {
  const list = fields.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new CheckoutError('invalid_cart', list, { fields, reason: NOT_SOLD });
}

/** The error for a response that is not a cart. */
export const noCart = (actual: string, status?: number): CheckoutError =>
  new CheckoutError('bad_response', `Expected Shopify's cart, got ${actual}`, { status });

/**
 * Converts Shopify's Ajax cart (`cart.js`), whose amounts are whole cents of the shopper's currency, to the contract's cart.
 * `product_id` is the variant's id, because prices belong to variants. A line's price includes its own discounts; a discount on
 * the whole cart becomes the cart's `discount`. Free lines are kept. A bundle is one line of its own variant, whose price
 * includes its parts.
 * @throws {CheckoutError} `bad_response` for a response that is not a cart; `invalid_cart` with every line that is not sold.
 */
export function fromAjaxCart(ajax: unknown, rules: CartRules = {}): CheckoutCart {
  const { items, currency, token, total_price } = Object(ajax) as Record<string, unknown>;
  if (!Array.isArray(items) || typeof currency !== 'string') throw noCart('something else');
  const line_items: Line[] = [];
  const notSoldLines: Violation[] = [];
  let goods = 0;
  items.forEach((item, i) => {
    const line = Object(item) as AjaxLine;
    const { variant_id, quantity, title, final_line_price: cents } = line;
    if (!variant_id || !isCents(quantity) || !quantity || !isCents(cents))
      throw noCart(`items[${i}] without its variant, its quantity or its price`);
    const code = notSoldReason(line, rules);
    if (code)
      notSoldLines.push({ path: `line_items[${i}]`, code, message: 'is not sold through this checkout' });
    const name = typeof title === 'string' && title ? { name: title } : {};
    line_items.push(...linesOf({ product_id: String(variant_id), ...name, currency }, quantity, cents));
    goods += cents;
  });
  if (notSoldLines.length) throw notSold(notSoldLines);
  const discount = isCents(total_price) ? goods - total_price : 0;
  return {
    ...(typeof token === 'string' && token && { reference_id: token }),
    line_items,
    ...(discount > 0 && { discount }),
  };
}

import type { CheckoutCart } from '../../contract/check.js';
import { CheckoutError, isCents, type Violation } from '../../core/index.js';

/** What of a cart is not sold through this checkout, as the merchant has set it. */
export interface CartRules {
  /** Whether lines with a selling plan may be bought. Nothing is charged again, so a line must be due today as a whole. */
  subscriptions?: boolean;
  /** Handles and product types, in small letters, of what is never sold this way. */
  excluded?: readonly string[];
}

/** What is said of a cart with a line that is not sold here: its button goes away, and comes back with the next good cart. */
export const NOT_SOLD = 'not_sold_here';

type Line = CheckoutCart['line_items'][number];

/** What is read of a line of the Ajax cart. It has much more; whatever is not named here is left alone. */
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
 * The lines of `quantity` pieces that cost `cents` together. The contract knows prices of single pieces only, and a discount
 * of a line need not be a multiple of its pieces: what is left over makes some of them a cent dearer, in a line of their own,
 * so that the sum is what the shop shows.
 */
export function linesOf(line: Omit<Line, 'price' | 'quantity'>, quantity: number, cents: number): Line[] {
  const price = Math.floor(cents / quantity);
  const dearer = cents - price * quantity;
  return [
    { ...line, price: price + 1, quantity: dearer },
    { ...line, price, quantity: quantity - dearer },
  ].filter((part) => part.quantity);
}

const wordOf = (value: unknown) => String(value ?? '').toLowerCase();

/** Whether two amounts are readable, and the first is less. */
const isLess = (part: unknown, whole: unknown) =>
  typeof part === 'number' && typeof whole === 'number' && part < whole;

/**
 * Whether only a part of a line is due today, such as the deposit of a pre-order: a line's price is the whole, so it would
 * be paid in full. Liquid documents the amounts of the allocation; `cart.js` sends the selling plan's `checkout_charge` alone.
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

/** Why a line is not sold here, if so. */
function refusalOf(line: AjaxLine, { subscriptions, excluded = [] }: CartRules): string | undefined {
  if (line.gift_card) return 'gift_card';
  if (isDeposit(line.selling_plan_allocation)) return 'deposit';
  if (line.selling_plan_allocation && !subscriptions) return 'subscription';
  return excluded.includes(wordOf(line.handle)) || excluded.includes(wordOf(line.product_type))
    ? 'excluded'
    : undefined;
}

/** The error of a cart with lines that are not sold here. All of it stays: nothing is left out of an order in silence. */
export function notSold(fields: Violation[]): CheckoutError {
  const list = fields.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new CheckoutError('invalid_cart', list, { fields, reason: NOT_SOLD });
}

/** The error of an answer that is no cart. */
export const noCart = (what: string, status?: number): CheckoutError =>
  new CheckoutError('bad_response', `Expected Shopify's cart, got ${what}`, { status });

/**
 * Makes the contract's cart of Shopify's Ajax cart (`cart.js`), whose amounts are whole cents of the currency that the
 * shopper sees. A product is its variant: that is what has a price. A line costs what the shop shows for it, its discounts
 * taken off; what is taken off the cart as a whole is the cart's `discount`. A free line stays, and so does a bundle: it is
 * one line under its own variant, and what it is made of is in its price.
 * @throws {CheckoutError} `bad_response` for what is no cart; `invalid_cart` with every line that is not sold here.
 */
export function fromAjaxCart(ajax: unknown, rules: CartRules = {}): CheckoutCart {
  const { items, currency, token, total_price } = Object(ajax) as Record<string, unknown>;
  if (!Array.isArray(items) || typeof currency !== 'string') throw noCart('something else');
  const line_items: Line[] = [];
  const refused: Violation[] = [];
  let goods = 0;
  items.forEach((item, i) => {
    const line = Object(item) as AjaxLine;
    const { variant_id, quantity, title, final_line_price: cents } = line;
    if (!variant_id || !isCents(quantity) || !quantity || !isCents(cents))
      throw noCart(`items[${i}] without its variant, its quantity or its price`);
    const code = refusalOf(line, rules);
    if (code) refused.push({ path: `line_items[${i}]`, code, message: 'is not sold through this checkout' });
    const name = typeof title === 'string' && title ? { name: title } : {};
    line_items.push(...linesOf({ product_id: String(variant_id), ...name, currency }, quantity, cents));
    goods += cents;
  });
  if (refused.length) throw notSold(refused);
  const discount = isCents(total_price) ? goods - total_price : 0;
  return {
    ...(typeof token === 'string' && token && { reference_id: token }),
    line_items,
    ...(discount > 0 && { discount }),
  };
}

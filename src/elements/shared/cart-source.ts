import { checkCart, type CheckoutCart } from '../../contract/check.js';
import { cartError, CheckoutError, isShopperField, type Violation } from '../../core/index.js';
import { documentValue } from './document-value.js';

/** Where an element may find its cart. */
export type CartSource = CheckoutCart | (() => CheckoutCart | Promise<CheckoutCart>) | null | undefined;

/** An element that holds a cart. */
export interface CartHolder extends HTMLElement {
  cart?: CartSource;
  /** The `cart` attribute. */
  cartJson?: string;
}

/**
 * Whether a shopper can put it right: a text of theirs that is empty or malformed, such as half an e-mail address. To be asked
 * again is kinder than a button that is of no use. Another type than text is a mistake of the page.
 */
function canShopperFix(violation: Violation): boolean {
  return isShopperField(violation) && violation.code === 'invalid_format';
}

/**
 * Parses the JSON of a page. It may begin with a byte order mark, or be wrapped by a CMS in a CDATA section or a comment; the cart
 * is then from the first brace to the last.
 */
export function parseCartJson(text: string): unknown {
  const isWrapped = /^\s*(\/[/*]\s*)?<!/.test(text);
  return JSON.parse(isWrapped ? text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1) : text.trim());
}

/** The text that a framework's server, such as Svelte's, makes of an object or a function where it writes an attribute. */
const PRINTED_VALUE = /^(\[object |(async )?function)|=>/;

function parse(json: string): unknown {
  try {
    return parseCartJson(json);
  } catch {
    // The parser may have brought half of a child so far, or the page's framework sets the property later.
    if (documentValue('readyState') === 'loading' || PRINTED_VALUE.test(json))
      throw new CheckoutError('empty_cart', 'No cart yet: expected JSON');
    throw cartError('invalid_cart', [{ path: '$', code: 'invalid_json', message: 'expected JSON' }]);
  }
}

/**
 * Reads the cart of an element anew, from its property, its attribute or its JSON child, in this order, and checks it. What a
 * shopper can mend is still in it: a press asks for it before anything is sent. Only a function is waited for.
 * @throws {CheckoutError} `empty_cart`, `invalid_cart` with every bad path, or `unsupported_currency`.
 */
export function readCart(element: CartHolder): CheckoutCart | Promise<CheckoutCart> {
  const given =
    element.cart ??
    element.cartJson ??
    element.querySelector(':scope>script[type^="application/json" i]')?.textContent;
  if (typeof given === 'function') return Promise.resolve(given()).then(checkCartValue);
  return checkCartValue(typeof given === 'string' ? parse(given) : given);
}

function checkCartValue(cart: unknown): CheckoutCart {
  if (!cart || (cart as CheckoutCart).line_items?.length === 0)
    throw new CheckoutError('empty_cart', 'The cart is empty');
  const { value, violations } = checkCart(cart, undefined, canShopperFix);
  if (!value) throw cartError('invalid_cart', violations);
  // HSA and FSA are US accounts.
  const i = value.line_items.findIndex(({ currency = 'USD' }) => currency !== 'USD');
  if (i >= 0)
    throw new CheckoutError('unsupported_currency', 'The cart must be in US dollars', {
      fields: [{ path: `line_items[${i}].currency`, code: 'unsupported', message: 'expected "USD"' }],
    });
  return value;
}

import { checkCart, type CheckoutCart } from '../../contract/check.js';
import { cartError, CheckoutError, isShopperField, type Violation } from '../../core/index.js';
import { documentValue } from './document-value.js';

/** The value of an element's `cart` property: the cart, or a function that returns it or a promise for it. */
export type CartSource = CheckoutCart | (() => CheckoutCart | Promise<CheckoutCart>) | null | undefined;

/** An element that holds a cart. */
export interface CartHolder extends HTMLElement {
  cart?: CartSource;
  /** The `cart` attribute. */
  cartJson?: string;
}

/**
 * Whether the shopper can correct this value in the details dialog: a contact or address field that is empty or malformed,
 * such as half an e-mail address. A value of another type than string is a mistake of the page.
 */
function canShopperFix(violation: Violation): boolean {
  return isShopperField(violation) && violation.code === 'invalid_format';
}

/**
 * Parses the JSON of a page. It may begin with a byte order mark. A CMS may wrap it in a CDATA section or a comment; the cart
 * then runs from the first brace to the last.
 */
export function parseCartJson(text: string): unknown {
  const isWrapped = /^\s*(\/[/*]\s*)?<!/.test(text);
  return JSON.parse(isWrapped ? text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1) : text.trim());
}

/** Matches the text that a framework's server, such as Svelte's, renders into the attribute for an object or a function. */
const PRINTED_VALUE = /^(\[object |(async )?function)|=>/;

function parse(json: string): unknown {
  try {
    return parseCartJson(json);
  } catch {
    // While the document loads, the parser may have read only a part of the script child. After a printed value, the framework
    // sets the property during hydration. In both cases the cart is not wrong, but not there yet.
    if (documentValue('readyState') === 'loading' || PRINTED_VALUE.test(json))
      throw new CheckoutError('empty_cart', 'No cart yet: expected JSON');
    throw cartError('invalid_cart', [{ path: '$', code: 'invalid_json', message: 'expected JSON' }]);
  }
}

/**
 * Reads the cart of an element from its property, its attribute or its JSON child, in this order, and validates it. Contact
 * and address values that the shopper can correct are accepted: a press opens the details dialog for them before a request is
 * sent. The result is a promise only when the cart is a function.
 * @throws {CheckoutError} `empty_cart`, `invalid_cart` with every bad path, or `unsupported_currency`.
 */
export function readCart(element: CartHolder): CheckoutCart | Promise<CheckoutCart> {
  const source =
    element.cart ??
    element.cartJson ??
    element.querySelector(':scope>script[type^="application/json" i]')?.textContent;
  if (typeof source === 'function') return Promise.resolve(source()).then(checkCartValue);
  return checkCartValue(typeof source === 'string' ? parse(source) : source);
}

function checkCartValue(cart: unknown): CheckoutCart {
  if (!cart || (cart as CheckoutCart).line_items?.length === 0)
    throw new CheckoutError('empty_cart', 'The cart is empty');
  const { value, violations } = checkCart(cart, undefined, canShopperFix);
  if (!value) throw cartError('invalid_cart', violations);
  // HSA and FSA are US accounts.
  const i = value.line_items.findIndex(({ currency = 'USD' }) => currency !== 'USD');
  if (i >= 0)
    throw new CheckoutError('unsupported_currency', 'The cart is not in US dollars', {
      fields: [{ path: `line_items[${i}].currency`, code: 'unsupported', message: 'expected "USD"' }],
    });
  return value;
}

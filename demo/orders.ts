import { CartProblem, type CreatedOrder, type ResolvedCheckout } from 'hsa-checkout-button/server';
import type { CheckoutCart } from 'hsa-checkout-button/contract';
import { findProduct } from './catalogue.js';
import { priceCart, type PricedCart } from './prices.js';

/** An order whose payment the provider has confirmed. */
export interface ShopOrder {
  reference: string;
  orderId: string;
  status: 'Paid';
  cart: PricedCart;
  /** What each card paid, in cents, as the provider confirmed it. */
  cards: { hsaCents?: number; otherCents?: number };
  at: Date;
}

/** The signed-in shopper. A real shop takes these details from its own session. */
const SHOPPER = {
  customer: { email: 'ada@example.com', first_name: 'Ada', last_name: 'Byron', phone: '+1 555 0100' },
  shipping_info: {
    address_line_1: '12 Elm Street',
    city: 'Chicago',
    state: 'IL',
    postal_code: '60614',
    country: 'US',
  },
};

/** The merchant's part of a checkout. It prices the carts and stores the orders. */
export class Orders {
  readonly #pending = new Map<string, PricedCart>();
  readonly #paid = new Map<string, ShopOrder>();
  readonly #isGuest: boolean;

  /** @param isGuest whether the shopper is not signed in, so that the button asks for the details. */
  constructor(isGuest = false) {
    this.#isGuest = isGuest;
  }

  /** Every paid order, newest first. */
  list(): ShopOrder[] {
    return [...this.#paid.values()].reverse();
  }

  /** Prices a page's cart. Ids and quantities come from the page, all else from the catalogue. */
  resolve(cart: CheckoutCart, idempotencyKey: string): ResolvedCheckout {
    const unknown = cart.line_items.flatMap(({ product_id }, i) =>
      findProduct(product_id)
        ? []
        : [{ path: `line_items[${i}].product_id`, code: 'unknown_product', message: 'We do not sell this.' }],
    );
    if (unknown.length) throw new CartProblem(unknown);
    const priced = priceCart(cart.line_items.map((line) => [line.product_id, line.quantity] as const));
    // Derived from the key, so that a retry does not make a second order.
    const reference = `FF-${idempotencyKey.slice(0, 8).toUpperCase()}`;
    this.#pending.set(reference, priced);
    const { customer, shipping_info } = this.#isGuest ? cart : SHOPPER;
    return {
      customer,
      shipping_info,
      reference_id: reference,
      line_items: priced.lines.map(({ product, quantity }) => ({
        product_id: product.id,
        name: product.name,
        price: product.priceCents,
        quantity,
        currency: 'USD',
      })),
      shipping: priced.shippingCents,
      tax: priced.taxCents,
    };
  }

  /** Stores a paid order. Nothing changes when the order is already stored. */
  book({ orderId, referenceId = '', amounts }: CreatedOrder): void {
    const cart = this.#pending.get(referenceId);
    if (!cart || this.#paid.has(orderId)) return;
    this.#paid.set(orderId, {
      reference: referenceId,
      orderId,
      status: 'Paid',
      cart,
      cards: { hsaCents: amounts?.hsa_amount, otherCents: amounts?.regular_amount },
      at: new Date(),
    });
  }
}

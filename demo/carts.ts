import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { findProduct } from './catalogue.js';
import { priceCart, type PricedCart } from './prices.js';

const COOKIE = 'cart';
/** The largest quantity of one product. */
const MAX_PIECES = 20;

/** The carts of all shoppers. An HttpOnly cookie identifies the shopper's cart. */
export class Carts {
  readonly #byId = new Map<string, Map<string, number>>();

  /** The shopper's cart with prices. Empty for a new shopper. */
  read(c: Context): PricedCart {
    return priceCart(this.#byId.get(idOf(c)) ?? []);
  }

  /** Adds a quantity of a product to the shopper's cart. */
  add(c: Context, productId: string, quantity: number): void {
    this.set(c, productId, (this.#of(c).get(productId) ?? 0) + quantity);
  }

  /** Sets the quantity of a product. Zero removes it. An invalid quantity or product is ignored. */
  set(c: Context, productId: string, quantity: number): void {
    if (!findProduct(productId) || !Number.isInteger(quantity) || quantity < 0) return;
    if (quantity === 0) this.#of(c).delete(productId);
    else this.#of(c).set(productId, Math.min(quantity, MAX_PIECES));
  }

  /** Empties the shopper's cart. */
  clear(c: Context): void {
    this.#of(c).clear();
  }

  #of(c: Context): Map<string, number> {
    const storedCart = this.#byId.get(idOf(c));
    if (storedCart) return storedCart;
    const id = randomUUID();
    const cart = new Map<string, number>();
    this.#byId.set(id, cart);
    setCookie(c, COOKIE, id, { httpOnly: true, sameSite: 'Lax', path: '/' });
    // Later reads in this request find the id here, because the browser sends the cookie only with the next request.
    c.set(COOKIE, id);
    return cart;
  }
}

function idOf(c: Context): string {
  return (c.get(COOKIE) as string | undefined) ?? getCookie(c, COOKIE) ?? '';
}

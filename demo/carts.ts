import { randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import { findProduct } from './catalogue.js';
import { priceCart, type PricedCart } from './prices.js';

const COOKIE = 'cart';
/** The most pieces of one product. */
const MAX_PIECES = 20;

/** The carts of all shoppers, each behind a cookie that no script can read. */
export class Carts {
  readonly #byId = new Map<string, Map<string, number>>();

  /** The shopper's cart with prices; an empty one for a newcomer. */
  read(c: Context): PricedCart {
    return priceCart(this.#byId.get(idOf(c)) ?? []);
  }

  /** Puts so many more pieces of a product into the shopper's cart. */
  add(c: Context, productId: string, quantity: number): void {
    this.set(c, productId, (this.#of(c).get(productId) ?? 0) + quantity);
  }

  /** Sets how many pieces of a product there are; none takes it out. Anything that cannot be is ignored. */
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
    const known = this.#byId.get(idOf(c));
    if (known) return known;
    const id = randomUUID();
    const cart = new Map<string, number>();
    this.#byId.set(id, cart);
    setCookie(c, COOKIE, id, { httpOnly: true, sameSite: 'Lax', path: '/' });
    // For the rest of this request: the cookie itself comes back with the next one.
    c.set(COOKIE, id);
    return cart;
  }
}

function idOf(c: Context): string {
  return (c.get(COOKIE) as string | undefined) ?? getCookie(c, COOKIE) ?? '';
}

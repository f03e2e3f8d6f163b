import type { CheckoutCart } from '../contract/check.js';
import { toJson } from '../core/index.js';

/** Used in place of the cart's JSON if the page has no cart that can be bought. It differs from the JSON of every cart. */
const NO_CART = 'none';

/**
 * Compares the cart of a checkout with the page's latest cart. Reads of the page's cart can finish in any order: a read
 * counts only if no read that began later has finished before it.
 */
export class CartFreshness {
  /** The cart of the checkout as JSON; empty until it is known. */
  #sent = '';
  /** The page's latest cart as JSON; empty until a read has finished since the checkout began. */
  #latest = '';
  /** The sequence number of the newest read. */
  #sequence = 0;
  /** The results of reads with a lower sequence number are ignored. */
  #applied = 0;
  /** The newest refresh since the checkout began. */
  #refresh?: Promise<unknown>;

  /** Whether both carts are known and differ. */
  get isOutdated(): boolean {
    return !!this.#sent && !!this.#latest && !this.isUnchanged;
  }

  /** Whether the page's latest cart equals the cart of the checkout, or is the one that `acceptLatest` accepted. */
  get isUnchanged(): boolean {
    return this.#latest === this.#sent;
  }

  /** Begins a checkout. It ignores the reads that are under way, because the checkout reads the cart itself. */
  beginCheckout(): void {
    this.discardReads();
    this.#refresh = undefined;
    this.#sent = this.#latest = '';
  }

  /** Sets the cart of the checkout. */
  setSent(cart: CheckoutCart): void {
    this.#sent = toJson(cart);
  }

  /** Ignores the results of all reads that are under way. */
  discardReads(): void {
    this.#applied = ++this.#sequence;
  }

  /**
   * Begins a read of the page's cart. Call the returned function with the cart, or with undefined if there is no cart to buy.
   * It returns false, and ignores the cart, if a later read has finished before.
   */
  beginRead(): (cart?: CheckoutCart) => boolean {
    const sequence = ++this.#sequence;
    return (cart) => {
      if (sequence < this.#applied) return false;
      this.#applied = sequence;
      this.#latest = cart ? toJson(cart) : NO_CART;
      return true;
    };
  }

  /** Treats the page's latest cart as the one that was sent, so that reading it again changes nothing. */
  acceptLatest(): void {
    this.#sent = this.#latest;
  }

  /** Registers a refresh that `whenRefreshed` waits for. */
  track<T>(refresh: Promise<T>): Promise<T> {
    this.#refresh = refresh;
    return refresh;
  }

  /**
   * Resolves when the newest refresh since the checkout began has succeeded or failed. If another one begins during the wait,
   * it waits for that one too.
   */
  async whenRefreshed(): Promise<void> {
    for (let awaited; awaited !== this.#refresh;) await (awaited = this.#refresh)?.catch(() => {});
  }
}

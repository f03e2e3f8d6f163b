import type { CheckoutCart } from '../contract/check.js';
import { toJson } from '../core/index.js';

/** Stands for the page's cart if it cannot be bought. No cart has this JSON. */
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
  /** Sequence numbers of the newest read and of the newest one that counts. Later reads win. */
  #sequence = 0;
  #applied = 0;
  /** The newest refresh since the checkout began. */
  #refresh?: Promise<unknown>;

  /** Whether both carts are known and differ. */
  get isOutdated(): boolean {
    return !!this.#sent && !!this.#latest && !this.isUnchanged;
  }

  /** Whether the page's latest cart is the one that was sent, or whose change was accepted. */
  get isUnchanged(): boolean {
    return this.#latest === this.#sent;
  }

  /** Begins a checkout. Its own read is newer than all that are under way. */
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
   * Begins a read of the page's cart. Returns the function that takes its result, undefined if there is no cart to buy. That
   * function returns false, and ignores the result, if the read is out of date.
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

  /** Resolves when no refresh is under way that began since the checkout did. Another one may begin in the meantime. */
  async whenRefreshed(): Promise<void> {
    for (let awaited; awaited !== this.#refresh;) await (awaited = this.#refresh)?.catch(() => {});
  }
}

import { observeCartRequests } from './cart-requests.js';

/** Shopify's standard events, which themes fire before they change the lines or the discounts of the cart. */
const EVENTS = ['shopify:cart:lines-update', 'shopify:cart:discount-update'];
/** Longest wait of a press for a change of the cart, in milliseconds. */
const MAX_WAIT_MS = 5000;

/** A standard event of Shopify. The theme fires it before the change, with a promise that settles after the change. */
interface ChangeEvent extends Event {
  promise?: PromiseLike<unknown>;
}

/** Observes changes of the shopper's cart: standard events of the theme, and requests of the page. */
export class CartChanges {
  readonly #pending = new Set<Promise<unknown>>();
  readonly #onChange: () => void;

  /** @param onChange is called when all pending changes have ended. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
    for (const type of EVENTS) document.addEventListener(type, this);
    observeCartRequests((response) => this.#add(response));
  }

  /** Resolves when all pending changes have ended. A change that takes longer than 5 seconds counts as ended. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  /** @internal */
  handleEvent({ promise }: ChangeEvent): void {
    this.#add(Promise.resolve(promise));
  }

  #add(pending: Promise<unknown>): void {
    const timeout = new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS));
    // A change that failed may have changed the cart in part, so it counts too.
    const change = Promise.race([pending.catch(() => {}), timeout]).then(() => {
      this.#pending.delete(change);
      // One change can cause a standard event and a request, which end together. So the cart is read only once, after both.
      if (!this.#pending.size) this.#onChange();
    });
    this.#pending.add(change);
  }
}

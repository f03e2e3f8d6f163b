import { observeCartRequests } from './cart-requests.js';

/** Events that themes fire before they change the cart, or what it costs. */
const EVENTS = ['shopify:cart:lines-update', 'shopify:cart:discount-update'];
/** The longest that a press waits for a change, in milliseconds. */
const MAX_WAIT_MS = 5000;

/** An event of a theme: it comes before the change, with a promise of it. */
interface ChangeEvent extends Event {
  promise?: PromiseLike<unknown>;
}

/** Observes all changes of the shopper's cart: those that a theme announces by Shopify's standard events, and the page's requests. */
export class CartChanges {
  readonly #pending = new Set<Promise<unknown>>();
  readonly #onChange: () => void;

  /** @param onChange is called when no change is under way any more. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
    for (const type of EVENTS) document.addEventListener(type, this);
    observeCartRequests((answer) => this.#add(answer));
  }

  /** Resolves when the changes that are under way are over, or have been for too long. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  /** @internal */
  handleEvent({ promise }: ChangeEvent): void {
    this.#add(Promise.resolve(promise));
  }

  #add(answer: Promise<unknown>): void {
    const timeout = new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS));
    // A refused change may have changed something all the same.
    const change = Promise.race([answer.catch(() => {}), timeout]).then(() => {
      this.#pending.delete(change);
      // An announced change and its request end together: the cart is read once.
      if (!this.#pending.size) this.#onChange();
    });
    this.#pending.add(change);
  }
}

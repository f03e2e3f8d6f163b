/** What themes say when they are about to change the cart, or what it costs. */
const EVENTS = ['shopify:cart:lines-update', 'shopify:cart:discount-update'];
/** The requests of Shopify's Ajax API that change the cart. */
const REQUEST = /\/cart\/(add|change|clear|update)(\.js|\.json)?$/;
/** The longest that a change which a theme has announced is waited for, in milliseconds. */
const MAX_WAIT_MS = 5000;

/** An event of a theme: it comes before the change, with a promise of it. */
interface ChangeEvent extends Event {
  promise?: PromiseLike<unknown>;
}

/**
 * Hears of every change of the shopper's cart: from themes that send Shopify's standard events, when what they promised is
 * there, was refused or failed; from all others when a request that changes the cart has been answered. No theme's code is
 * patched for it.
 */
export class CartChanges {
  readonly #pending = new Set<Promise<unknown>>();
  readonly #tell: () => void;
  /** When the last announced change was over, by the clock of the page. */
  #toldAt = 0;

  /** @param tell is called after each change. */
  constructor(tell: () => void) {
    this.#tell = tell;
    for (const type of EVENTS) document.addEventListener(type, this);
    new PerformanceObserver((list) => this.#look(list.getEntries())).observe({ type: 'resource' });
  }

  /** Settles when no announced change is under way any more, or has been for too long. */
  async settled(): Promise<void> {
    await Promise.all(this.#pending);
  }

  /** @internal */
  handleEvent({ promise }: ChangeEvent): void {
    // Whatever comes of it, the cart is read anew: a refused change may have changed something all the same.
    const end = Promise.resolve(promise).catch(() => {});
    const change = Promise.race([end, new Promise((resolve) => setTimeout(resolve, MAX_WAIT_MS))]).then(
      () => {
        this.#pending.delete(change);
        this.#toldAt = performance.now();
        this.#tell();
      },
    );
    this.#pending.add(change);
  }

  /** One word for one change: what an announced one did is told when it is over. */
  #look(entries: PerformanceEntryList): void {
    const isNews = ({ name, startTime, duration }: PerformanceEntry) =>
      startTime + duration > this.#toldAt && REQUEST.test(new URL(name).pathname);
    if (!this.#pending.size && entries.some(isNews)) this.#tell();
  }
}

import { DeadlineError, inTime } from './deadline.js';
import type { Store } from './store.js';

/** What a store can be asked. */
export type StoreOperation = keyof Store;

/** How long a store may take over one thing, in milliseconds: one that hangs is as good as none. */
export const STORE_TIMEOUT_MS = 1000;

/**
 * A {@link Store} that never fails, for one checkout: when the real one does, everything looks new and free, and the
 * provider's own idempotency key alone keeps sessions from doubling.
 */
export class TolerantStore implements Store {
  readonly #store: Store;
  readonly #onFailure: (operation: StoreOperation, cause: unknown) => void;
  #failed = false;
  #hangs = false;

  constructor(store: Store, onFailure: (operation: StoreOperation, cause: unknown) => void) {
    this.#store = store;
    this.#onFailure = onFailure;
  }

  /** Whether the store has failed since the beginning of this checkout. */
  get failed(): boolean {
    return this.#failed;
  }

  claim(key: string, leaseMs: number): Promise<boolean> {
    return this.#try('claim', (store) => store.claim(key, leaseMs), true);
  }

  complete(key: string, value: string): Promise<void> {
    return this.#try('complete', (store) => store.complete(key, value), undefined);
  }

  release(key: string): Promise<void> {
    return this.#try('release', (store) => store.release(key), undefined);
  }

  read(key: string): Promise<string | undefined> {
    return this.#try('read', (store) => store.read(key), undefined);
  }

  async #try<T>(operation: StoreOperation, work: (store: Store) => Promise<T>, otherwise: T): Promise<T> {
    try {
      const result = inTime(STORE_TIMEOUT_MS, () => work(this.#store));
      if (!this.#hangs) return await result;
      // The shopper has waited for it once. A client that keeps its commands until it is connected may still send this one.
      result.catch(() => {});
      return otherwise;
    } catch (cause) {
      this.#failed = true;
      this.#hangs = cause instanceof DeadlineError;
      this.#onFailure(operation, cause);
      return otherwise;
    }
  }
}

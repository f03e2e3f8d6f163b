import { bestEffort, DeadlineError, withTimeout } from '../deadline.js';
import type { Store } from './store.js';

/** A method of {@link Store}. */
export type StoreOperation = keyof Store;

/** The longest that one store operation may take, in milliseconds. */
export const STORE_TIMEOUT_MS = 1000;

/** The lease of a key that is completed immediately, in milliseconds. */
const SHORT_LEASE_MS = 5 * STORE_TIMEOUT_MS;

/**
 * Result of a write. `kept`: the value is stored. `lapsed`: it is not, because the lease had ended, and another request may
 * hold the key. `unknown`: the store failed, so the value may be stored or not.
 */
export type WriteResult = 'kept' | 'lapsed' | 'unknown';

/**
 * A claim on a key. When the store failed at the claim, its methods do nothing, so that the checkout continues without the
 * store.
 */
export interface Claim {
  /** Stores the value. After two failures the claim is released, so that a retry finds the key free. */
  complete(value: string): Promise<WriteResult>;
  release(): Promise<void>;
}

type Outcome<T> = { value: T } | undefined;

/**
 * A {@link Store} for one checkout that never throws. When the real store fails, every key looks free, and only the
 * provider's idempotency key prevents a second session. A key that was not claimed is never changed.
 */
export class TolerantStore {
  readonly #store: Store;
  readonly #onFailure: (operation: StoreOperation, cause: unknown) => void;
  #failed = false;
  #hangs = false;

  constructor(store: Store, onFailure: (operation: StoreOperation, cause: unknown) => void) {
    this.#store = store;
    this.#onFailure = onFailure;
  }

  /** Whether the store has failed during this checkout. */
  get failed(): boolean {
    return this.#failed;
  }

  /** Claims a key. Undefined when it is claimed or completed. */
  async claim(key: string, leaseMs: number): Promise<Claim | undefined> {
    const outcome = await this.#claim(key, leaseMs);
    if (!outcome) return { complete: async () => 'unknown', release: async () => {} };
    return outcome.value === undefined ? undefined : this.resume(key, outcome.value);
  }

  /** Claims a key for a value that is completed immediately. Returns the token, or undefined when the claim failed. */
  async claimBriefly(key: string): Promise<string | undefined> {
    return (await this.#claim(key, SHORT_LEASE_MS))?.value;
  }

  async #claim(key: string, leaseMs: number): Promise<Outcome<string | undefined>> {
    const claimed = (async () => this.#store.claim(key, leaseMs))();
    const outcome = await this.#try('claim', () => claimed);
    if (!outcome)
      // A store's client that queues commands while it is disconnected may still claim the key later. Such a claim is
      // released, because this request no longer waits for it.
      bestEffort(async () => {
        const late = await claimed;
        if (late) await this.#store.release(key, late);
      });
    return outcome;
  }

  /** Returns the claim of a token that claimed or completed the key before. */
  resume(key: string, token: string): Claim {
    const release = async () => {
      await this.#try('release', (store) => store.release(key, token));
    };
    return {
      release,
      complete: async (value) => {
        for (let attempt = 0; attempt < 2; attempt++) {
          const outcome = await this.#try('complete', (store) => store.complete(key, token, value));
          if (outcome) return outcome.value ? 'kept' : 'lapsed';
        }
        await release();
        return 'unknown';
      },
    };
  }

  /** Stores a constant value under a key that has no other writer. */
  async write(key: string, value: string): Promise<void> {
    const token = await this.claimBriefly(key);
    if (token !== undefined) await this.resume(key, token).complete(value);
  }

  async read(key: string): Promise<string | undefined> {
    return (await this.#try('read', (store) => store.read(key)))?.value;
  }

  async #try<T>(operation: StoreOperation, work: (store: Store) => Promise<T>): Promise<Outcome<T>> {
    try {
      const result = withTimeout(STORE_TIMEOUT_MS, () => work(this.#store));
      if (!this.#hangs) return { value: await result };
      // The store has timed out during this checkout, and the shopper must not wait for it again. The command is sent, but
      // its result is ignored.
      result.catch(() => {});
      return undefined;
    } catch (cause) {
      this.#failed = true;
      this.#hangs = cause instanceof DeadlineError;
      this.#onFailure(operation, cause);
      return undefined;
    }
  }
}

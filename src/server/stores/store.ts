/**
 * Stores what must survive a request: idempotency keys, their sessions, and fulfilled orders. Keys and values are strings;
 * a null result counts as undefined. Several processes share one store: {@link createRedisStore}. Any method may reject or
 * take more than a second: a checkout then continues without the store, and an order is left to the next webhook delivery.
 *
 * A claim has an owner: `claim` returns a token, and `complete` and `release` change a key only while it holds that token. Each
 * method must compare and change in one atomic step. `hsa-checkout-button/server/testing` has checks for a store of your own.
 */
export interface Store {
  /**
   * Claims a key for `leaseMs` milliseconds. Returns a unique token, or undefined when the key is claimed or completed.
   */
  claim(key: string, leaseMs: number): Promise<string | undefined>;
  /**
   * Stores a value for at least 48 hours if the key holds this token: as a claim whose lease has not ended, or with a value
   * that the same token stored before. Returns whether it did.
   */
  complete(key: string, token: string, value: string): Promise<boolean>;
  /** Releases a claim if the key still holds it. A completed value stays. */
  release(key: string, token: string): Promise<void>;
  /** Returns the value of a completed key. Undefined when the key is free or claimed. */
  read(key: string): Promise<string | undefined>;
}

/** The names of a store's methods. */
export const STORE_METHODS = ['claim', 'complete', 'release', 'read'] as const satisfies (keyof Store)[];

const wrongResult = (method: keyof Store, expected: string): never => {
  throw new TypeError(`store.${method} must return ${expected}`);
};

/**
 * Wraps a store and checks its results. Null becomes undefined, because clients of databases return null for a missing
 * value, and a null from `claim` would count as a token. A result of another type is a failure of the store.
 */
export function withCheckedResults(store: Store): Store {
  const toString = (method: keyof Store, result: unknown): string | undefined => {
    if (result === undefined || result === null) return undefined;
    return typeof result === 'string' ? result : wrongResult(method, 'a string or undefined');
  };
  return {
    claim: async (key, leaseMs) => toString('claim', await store.claim(key, leaseMs)),
    async complete(key, token, value) {
      const result: unknown = await store.complete(key, token, value);
      // A Redis script returns a number.
      if (typeof result !== 'boolean' && typeof result !== 'number') wrongResult('complete', 'true or false');
      return Boolean(result);
    },
    release: async (key, token) => store.release(key, token),
    read: async (key) => toString('read', await store.read(key)),
  };
}

/** Parses a stored object. Undefined when the text is no JSON object: a damaged value must not fail every later request. */
export function parseStored(text: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value ? value : undefined;
  } catch {
    return undefined;
  }
}

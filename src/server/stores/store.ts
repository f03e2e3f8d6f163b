import { assertDurationMs } from '../deadline.js';

/**
 * Keeps what must outlive one request: idempotency keys, the sessions behind them, and orders that were handled. Keys and
 * values are strings; a null in an answer is the same as undefined. Several processes share one store: {@link createRedisStore}. Any method may reject, or take more than a
 * second: a checkout then goes on without the store, and an order is tried again later.
 *
 * A claim is owned. `claim` returns a token, and `complete` and `release` change a key only while it holds that token. Each
 * method must do its comparison and its change in one atomic step. `hsa-checkout-button/server/testing` has the checks that
 * prove it of a store of your own.
 */
export interface Store {
  /**
   * Takes a key for `leaseMs` milliseconds. Returns a token that no other claim ever gets, or undefined where the key is
   * claimed or completed.
   */
  claim(key: string, leaseMs: number): Promise<string | undefined>;
  /**
   * Keeps a value under a key for 48 hours or more, if the key still holds this token: as a claim whose lease has not
   * lapsed, or as a value that the same token completed before. Returns whether it did. A value can be completed again by
   * its own token only.
   */
  complete(key: string, token: string, value: string): Promise<boolean>;
  /** Gives a claim back, if the key still holds it. A completed value stays, whoever completed it. */
  release(key: string, token: string): Promise<void>;
  /** The value of a completed key. Undefined where the key is free or claimed. */
  read(key: string): Promise<string | undefined>;
}

/** The names of a store's methods. */
export const STORE_METHODS = ['claim', 'complete', 'release', 'read'] as const satisfies (keyof Store)[];

const wrongAnswer = (method: keyof Store, expected: string): never => {
  throw new TypeError(`store.${method} must return ${expected}`);
};

/**
 * The same store with its answers checked: null is taken as undefined, as clients write it, and an answer of another type is
 * a failure of the store. Taken as it is, null would be a claim, and a value without an end.
 */
export function withCheckedResults(store: Store): Store {
  const textOf = (method: keyof Store, answer: unknown): string | undefined => {
    if (answer === undefined || answer === null) return undefined;
    return typeof answer === 'string' ? answer : wrongAnswer(method, 'a text or undefined');
  };
  return {
    claim: async (key, leaseMs) => textOf('claim', await store.claim(key, leaseMs)),
    async complete(key, token, value) {
      const answer: unknown = await store.complete(key, token, value);
      // A script of Redis answers with a number.
      if (typeof answer !== 'boolean' && typeof answer !== 'number') wrongAnswer('complete', 'true or false');
      return Boolean(answer);
    },
    release: async (key, token) => store.release(key, token),
    read: async (key) => textOf('read', await store.read(key)),
  };
}

/** The object that a kept text holds. Undefined where it holds none: a text that was cut off or changed must not fail for ever. */
export function parseStored(text: string | undefined): object | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return typeof value === 'object' && value ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Options of {@link createMemoryStore}. */
export interface MemoryStoreOptions {
  /** How long a completed value is kept, in milliseconds. Default: 48 hours: sessions and provider keys live for 24. */
  keepMs?: number;
  /** The most values that are kept; the oldest go first. Default: 100,000. */
  maxEntries?: number;
  /** The most memory that keys and values may take, in bytes; the oldest values go first. Default: 64 MiB. */
  maxBytes?: number;
  /** The clock, in milliseconds. */
  now?: () => number;
}

interface Lease {
  token: string;
  expiresAt: number;
}
interface Value extends Lease {
  value: string;
  bytes: number;
}

/** Removes the entries that have lapsed, oldest first. No timer runs in between. */
function removeExpired(entries: Map<string, { expiresAt: number }>, now: number): void {
  for (const [key, { expiresAt }] of entries) {
    if (expiresAt > now) return;
    entries.delete(key);
  }
}

/**
 * Creates a {@link Store} in the memory of this process. It is right for development, tests and a single process. Where
 * several processes answer, or one that must survive a restart, use a shared store.
 * @throws {TypeError} when `keepMs` is no duration, or `maxEntries` or `maxBytes` no number above zero.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const {
    keepMs = 48 * 3_600_000,
    maxEntries = 100_000,
    maxBytes = 64 * 1024 * 1024,
    now = () => Date.now(),
  } = options;
  assertDurationMs('createMemoryStore: keepMs', keepMs, Number.MAX_SAFE_INTEGER);
  for (const [name, most] of Object.entries({ maxEntries, maxBytes }))
    if (!(most > 0)) throw new TypeError(`createMemoryStore: ${name} must be a number above zero`);
  // Two maps, so that the oldest entry of each is also the first to lapse.
  const leases = new Map<string, Lease>();
  const values = new Map<string, Value>();
  let bytes = 0;
  const current = <T extends Lease>(entry: T | undefined) =>
    entry && entry.expiresAt > now() ? entry : undefined;
  const remove = (key: string) => {
    bytes -= values.get(key)?.bytes ?? 0;
    values.delete(key);
  };

  return {
    async claim(key, leaseMs) {
      removeExpired(leases, now());
      if (current(leases.get(key)) ?? current(values.get(key))) return undefined;
      const token = crypto.randomUUID();
      leases.delete(key);
      leases.set(key, { token, expiresAt: now() + leaseMs });
      return token;
    },
    async complete(key, token, value) {
      const held = current(leases.get(key)) ?? current(values.get(key));
      if (held?.token !== token) return false;
      leases.delete(key);
      remove(key);
      // JavaScript keeps a text in two bytes a character at most.
      const entry = { token, value, expiresAt: now() + keepMs, bytes: 2 * (key.length + value.length) };
      values.set(key, entry);
      bytes += entry.bytes;
      for (const [oldest, { expiresAt }] of values) {
        if (expiresAt > now() && values.size <= maxEntries && bytes <= maxBytes) break;
        remove(oldest);
      }
      return true;
    },
    async release(key, token) {
      if (leases.get(key)?.token === token) leases.delete(key);
    },
    async read(key) {
      return current(values.get(key))?.value;
    },
  };
}

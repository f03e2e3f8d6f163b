import { checkTimeMs } from './deadline.js';

/**
 * Keeps what must outlive one request: idempotency keys and orders already handled. Strings in, strings out. Several
 * processes share one: {@link createRedisStore}. Any method may throw, or take more than a
 * second: a checkout goes on without it, and an order is tried again later.
 */
export interface Store {
  /** Takes a key for `leaseMs` milliseconds, atomically. False when it is taken, or completed. */
  claim(key: string, leaseMs: number): Promise<boolean>;
  /** Keeps a value under a key, claimed or not, for 48 hours or more. */
  complete(key: string, value: string): Promise<void>;
  /** Forgets a key, whatever it holds. A claim is released by its claimant, and only while its lease lasts. */
  release(key: string): Promise<void>;
  /** The value of a completed key. */
  read(key: string): Promise<string | undefined>;
}

/** What {@link createMemoryStore} may be told. */
export interface MemoryStoreOptions {
  /** How long a completed value is kept, in milliseconds. Default 48 hours: sessions and provider keys live for 24. */
  keepMs?: number;
  /** The most values that are kept; the oldest go first. Default 100,000. */
  maxEntries?: number;
  /** The clock, in milliseconds. */
  now?: () => number;
}

/** Drops the entries that are over, from the oldest on; nothing ticks in between. */
function dropLapsed(entries: Map<string, { until: number }>, now: number): void {
  for (const [key, { until }] of entries) {
    if (until > now) return;
    entries.delete(key);
  }
}

/**
 * Makes a {@link Store} in this process's memory. It is right for development, tests and one single process; where
 * several processes answer, or one that must survive a restart, use a shared store.
 * @throws {TypeError} when `keepMs` is no time.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const { keepMs = 48 * 3_600_000, maxEntries = 100_000, now = () => Date.now() } = options;
  checkTimeMs('createMemoryStore: keepMs', keepMs, Number.MAX_SAFE_INTEGER);
  // Two maps, so that the oldest entry of each is also the first to lapse.
  const leases = new Map<string, { until: number }>();
  const values = new Map<string, { until: number; value: string }>();
  const alive = <T extends { until: number }>(entry: T | undefined) =>
    entry && entry.until > now() ? entry : undefined;

  return {
    async claim(key, leaseMs) {
      dropLapsed(leases, now());
      if (alive(leases.get(key)) || alive(values.get(key))) return false;
      leases.delete(key);
      leases.set(key, { until: now() + leaseMs });
      return true;
    },
    async complete(key, value) {
      dropLapsed(values, now());
      leases.delete(key);
      values.delete(key);
      values.set(key, { until: now() + keepMs, value });
      for (const oldest of values.keys()) {
        if (values.size <= maxEntries) break;
        values.delete(oldest);
      }
    },
    async release(key) {
      leases.delete(key);
      values.delete(key);
    },
    async read(key) {
      return alive(values.get(key))?.value;
    },
  };
}

import { assertDurationMs } from '../deadline.js';
import type { Store } from './store.js';

/** Options of {@link createMemoryStore}. */
export interface MemoryStoreOptions {
  /** Lifetime of a completed value, in milliseconds. Default: 48 hours, because sessions and provider keys live for 24. */
  keepMs?: number;
  /** The most values; the oldest are removed first. Default: 100,000. */
  maxEntries?: number;
  /** The most memory of keys and values, in bytes; the oldest values are removed first. Default: 64 MiB. */
  maxBytes?: number;
  /** The clock, in milliseconds. Default: `Date.now`. */
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

/** Removes expired entries, oldest first. It runs at each claim, so no timer is needed. */
function removeExpired(entries: Map<string, { expiresAt: number }>, now: number): void {
  for (const [key, { expiresAt }] of entries) {
    if (expiresAt > now) return;
    entries.delete(key);
  }
}

/**
 * Creates a {@link Store} in the memory of this process, for development, tests and a single process. Use a shared store for
 * several processes, or for one that must survive a restart.
 * @throws {TypeError} when `keepMs` is not a duration, or `maxEntries` or `maxBytes` is not a number above zero.
 */
export function createMemoryStore(options: MemoryStoreOptions = {}): Store {
  const {
    keepMs = 48 * 3_600_000,
    maxEntries = 100_000,
    maxBytes = 64 * 1024 * 1024,
    now = () => Date.now(),
  } = options;
  assertDurationMs('createMemoryStore: keepMs', keepMs, Number.MAX_SAFE_INTEGER);
  for (const [name, limit] of Object.entries({ maxEntries, maxBytes }))
    if (!(limit > 0)) throw new TypeError(`createMemoryStore: ${name} must be a number above zero`);
  // Two maps, so that the oldest entry of each also expires first.
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
      // JavaScript stores a string in at most two bytes a character.
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

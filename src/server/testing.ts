/**
 * Checks for a store of your own. They need no test runner: each is a name and a function that rejects when the store is
 * wrong.
 *
 * ```ts
 * import { test } from 'node:test';
 * import { storeChecks } from 'hsa-checkout-button/server/testing';
 * const store = createMyStore();
 * for (const { name, run } of storeChecks) test(name, () => run(() => store));
 * ```
 */
import type { Store } from './stores/store.js';

/** Opens a connection to the store. Each check opens two, as two processes do; both must reach the same data. */
export type OpenStore = () => Store | Promise<Store>;

/** One check of a store. */
export interface StoreCheck {
  name: string;
  /**
   * @param open opens a connection. Every check uses new keys, so that all of them can run on the same data.
   * @throws {Error} with the expected and the actual result.
   */
  run(open: OpenStore): Promise<void>;
}

const LEASE_MS = 60_000;
/** A lease that ends during a check, and the longest wait for its end, in milliseconds. */
const SHORT_MS = 150;
const MAX_WAIT_MS = 5000;

function expect(what: string, actual: unknown, expected: unknown): void {
  if (actual !== expected)
    throw new Error(`${what}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(actual)}`);
}

async function claimed(store: Store, key: string, leaseMs = LEASE_MS): Promise<string> {
  const token = await store.claim(key, leaseMs);
  if (typeof token !== 'string' || !token)
    throw new Error(`claim of a free key: expected a token, got ${JSON.stringify(token)}`);
  return token;
}

/** Claims a key as soon as its lease has ended. */
async function claimedAfterLapse(store: Store, key: string): Promise<string> {
  for (const end = Date.now() + MAX_WAIT_MS; ;) {
    const token = await store.claim(key, LEASE_MS);
    if (token !== undefined) return token;
    if (Date.now() > end) throw new Error(`a lease of ${SHORT_MS} ms has not lapsed after ${MAX_WAIT_MS} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const VALUES = ['', ':', 'a:b', 'null', '{"a":[1,"\\n"]}', 'día ✓ 🩺', 'x'.repeat(100_000)];

type Check = (store: Store, key: string, other: Store) => Promise<void>;

const CHECKS: Record<string, Check> = {
  'gives a key to one of fifty claims at once': async (store, key, other) => {
    const all = Array.from({ length: 50 }, (_, i) => (i % 2 ? store : other).claim(key, LEASE_MS));
    const tokens = (await Promise.all(all)).filter((token) => token !== undefined);
    expect('claims that got the key', tokens.length, 1);
  },
  'gives every claim a token of its own': async (store, key) => {
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, i) => claimed(store, `${key}-${i}`)));
    expect('different tokens', new Set(tokens).size, tokens.length);
  },
  'keeps keys apart': async (store, key) => {
    for (const each of [key, `${key}:b`, key.toUpperCase(), `${key}ä`]) await claimed(store, each);
  },
  'reads nothing from a key that is free or claimed': async (store, key, other) => {
    expect('read of a free key', await store.read(key), undefined);
    await claimed(store, key);
    expect('read of a claimed key', await other.read(key), undefined);
  },
  'takes a lease that is no whole number of milliseconds': async (store, key) => {
    await claimed(store, key, LEASE_MS + 0.5);
  },
  'completes a claim, once and for every process': async (store, key, other) => {
    const token = await claimed(store, key);
    expect('complete', await store.complete(key, token, 'done'), true);
    expect('read', await other.read(key), 'done');
    expect('claim of a completed key', await other.claim(key, LEASE_MS), undefined);
  },
  'completes again with the same token, because an answer may be lost': async (store, key) => {
    const token = await claimed(store, key);
    await store.complete(key, token, 'first');
    expect('second complete', await store.complete(key, token, 'second'), true);
    expect('read', await store.read(key), 'second');
  },
  'completes nothing without the claim': async (store, key) => {
    expect('complete of a free key', await store.complete(key, 'no-token', 'forged'), false);
    expect('read of a free key', await store.read(key), undefined);
    const token = await claimed(store, key);
    expect('complete with another token', await store.complete(key, `${token}x`, 'forged'), false);
    expect(
      'complete with a part of the token',
      await store.complete(key, token.slice(0, -1), 'forged'),
      false,
    );
    expect('read of a claimed key', await store.read(key), undefined);
    expect('complete with the token', await store.complete(key, token, 'done'), true);
    expect('complete of a completed key', await store.complete(key, `${token}x`, 'forged'), false);
    expect('read of a completed key', await store.read(key), 'done');
  },
  'gives a released key to the next claim': async (store, key, other) => {
    await store.release(key, await claimed(store, key));
    await claimed(other, key);
  },
  'releases nothing without the claim': async (store, key, other) => {
    const token = await claimed(store, key);
    await other.release(key, `${token}x`);
    expect('claim of a claimed key', await other.claim(key, LEASE_MS), undefined);
    await other.release(`${key}-free`, token);
  },
  'keeps a completed value when its own claim is released late': async (store, key, other) => {
    const token = await claimed(store, key);
    await store.complete(key, token, 'done');
    await other.release(key, token);
    expect('read', await store.read(key), 'done');
  },
  'gives a key away when its lease has lapsed, and drops what the first owner still sends': async (
    store,
    key,
    other,
  ) => {
    const late = await claimed(store, key, SHORT_MS);
    const token = await claimedAfterLapse(other, key);
    expect('complete of the first owner', await store.complete(key, late, 'late'), false);
    await store.release(key, late);
    expect('claim after the late release', await store.claim(key, LEASE_MS), undefined);
    expect('complete of the second owner', await other.complete(key, token, 'done'), true);
    expect('complete of the first owner, later', await store.complete(key, late, 'late'), false);
    await store.release(key, late);
    expect('read', await store.read(key), 'done');
  },
  'keeps a value after the lease of its claim': async (store, key, other) => {
    const token = await claimed(store, key, SHORT_MS);
    expect('complete', await store.complete(key, token, 'done'), true);
    // Another key with the same lease tells when it has lapsed.
    await claimed(store, `${key}-clock`, SHORT_MS);
    await claimedAfterLapse(store, `${key}-clock`);
    expect('read', await other.read(key), 'done');
  },
  'gives back every text as it was': async (store, key, other) => {
    for (const [i, value] of VALUES.entries()) {
      const token = await claimed(store, `${key}-${i}`);
      expect('complete', await store.complete(`${key}-${i}`, token, value), true);
      expect('read', await other.read(`${key}-${i}`), value);
    }
  },
};

/** A check for each requirement of {@link Store}. */
export const storeChecks: readonly StoreCheck[] = Object.entries(CHECKS).map(([name, check]) => ({
  name,
  run: async (open) => {
    const [store, other] = [await open(), await open()];
    await check(store, `check-${crypto.randomUUID()}`, other);
  },
}));

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { createMemoryStore, createRedisStore, type Store } from '../../../../src/server/index.js';
import { storeChecks } from '../../../../src/server/testing.js';
import { CLIENTS, connectClient } from './clients.js';
import { startRedis } from '../../../support/redis-server.js';

const KEEP_MS = 48 * 3_600_000;

/** Two connections to one empty store, as two processes have, and control of its clock. */
interface Subject {
  stores: readonly [Store, Store];
  /** Advances the clock of the store alone. */
  advance(ms: number): Promise<void>;
}

const redis = await startRedis();
const admin = new Redis(redis.url);
const cleanups: (() => void)[] = [() => admin.disconnect()];
after(async () => {
  for (const cleanup of cleanups) cleanup();
  await redis.close();
});

/** Shortens the remaining time of every key in Redis. */
async function advanceRedis(ms: number): Promise<void> {
  for (const key of await admin.keys('*')) {
    const leftMs = await admin.pttl(key);
    assert.ok(leftMs > 0, `${key} has no expiry`);
    await admin.pexpire(key, Math.max(leftMs - ms, 0));
  }
}

const subjects: Record<string, () => Promise<Subject>> = {
  async memory() {
    let skippedMs = 0;
    const store = createMemoryStore({ now: () => Date.now() + skippedMs });
    return { stores: [store, store], advance: async (ms) => void (skippedMs += ms) };
  },
};
for (const kind of CLIENTS) {
  const clients = await Promise.all([connectClient(kind, redis.url), connectClient(kind, redis.url)]);
  cleanups.push(...clients.map(({ disconnect }) => disconnect));
  const [one, other] = clients.map(({ client }) => createRedisStore(client));
  subjects[`Redis through ${kind}`] = async () => {
    await admin.flushall();
    return { stores: [one!, other!], advance: advanceRedis };
  };
}

for (const [name, open] of Object.entries(subjects))
  describe(`store in ${name}`, () => {
    for (const { name, run } of storeChecks)
      it(name, async () => {
        const { stores } = await open();
        let connections = 0;
        await run(() => stores[connections++ % 2]!);
      });

    it('holds a claim for its lease, and a value for 48 hours', async () => {
      const { stores, advance } = await open();
      const [one, other] = stores;
      assert.ok(await one.claim('a', 60_000));
      await advance(50_000);
      assert.equal(await other.claim('a', 60_000), undefined);
      await advance(10_000);
      const token = await other.claim('a', 60_000);
      assert.ok(token);
      await other.complete('a', token, 'done');
      await advance(KEEP_MS - 60_000);
      assert.equal(await one.read('a'), 'done');
      assert.equal(await one.claim('a', 60_000), undefined);
      await advance(60_000);
      assert.equal(await one.read('a'), undefined);
      assert.ok(await one.claim('a', 60_000));
    });
  });

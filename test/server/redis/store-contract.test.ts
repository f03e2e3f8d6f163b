import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { createMemoryStore, createRedisStore, type Store } from '../../../src/server/index.js';
import { CLIENTS, connectClient } from './clients.js';
import { startRedis } from '../../support/redis-server.js';

const KEEP_MS = 48 * 3_600_000;

/** Two views of one empty store, as two processes have, and its time. */
interface Subject {
  stores: readonly [Store, Store];
  /** Lets so many milliseconds pass, for the store alone. */
  pass(ms: number): Promise<void>;
}

const redis = await startRedis();
const admin = new Redis(redis.url);
const ends: (() => void)[] = [() => admin.disconnect()];
after(async () => {
  for (const end of ends) end();
  await redis.close();
});

/** Takes so many milliseconds from what every key has left. */
async function passInRedis(ms: number): Promise<void> {
  for (const key of await admin.keys('*')) {
    const leftMs = await admin.pttl(key);
    assert.ok(leftMs > 0, `${key} stays for ever`);
    await admin.pexpire(key, Math.max(leftMs - ms, 0));
  }
}

const subjects: Record<string, () => Promise<Subject>> = {
  async memory() {
    let now = 0;
    const store = createMemoryStore({ now: () => now });
    return { stores: [store, store], pass: async (ms) => void (now += ms) };
  },
};
for (const kind of CLIENTS) {
  const clients = await Promise.all([connectClient(kind, redis.url), connectClient(kind, redis.url)]);
  ends.push(...clients.map(({ disconnect }) => disconnect));
  const [one, other] = clients.map(({ client }) => createRedisStore(client));
  subjects[`Redis through ${kind}`] = async () => {
    await admin.flushall();
    return { stores: [one!, other!], pass: passInRedis };
  };
}

for (const [name, open] of Object.entries(subjects))
  describe(`the store in ${name}`, () => {
    it('gives a key to one of fifty claimants at once', async () => {
      const { stores } = await open();
      const claims = Array.from({ length: 50 }, (_, i) => stores[i % 2]!.claim('a', 60_000));
      assert.equal((await Promise.all(claims)).filter(Boolean).length, 1);
    });

    it('keeps keys apart', async () => {
      const [store] = (await open()).stores;
      for (const key of ['a', 'a:b', 'A', 'ä', '']) assert.equal(await store.claim(key, 60_000), true, key);
    });

    it('gives a claimed key away when its lease has lapsed, and not before', async () => {
      const { stores, pass } = await open();
      const [one, other] = stores;
      assert.equal(await one.claim('a', 60_000), true);
      await pass(50_000);
      assert.equal(await other.claim('a', 60_000), false);
      await pass(10_000);
      assert.equal(await other.claim('a', 60_000), true);
      assert.equal(await one.claim('a', 60_000), false);
    });

    it('takes a lease that is no whole number of milliseconds', async () => {
      const [store] = (await open()).stores;
      assert.equal(await store.claim('a', 60_000.5), true);
    });

    it('reads nothing from a key that is unknown or claimed', async () => {
      const [one, other] = (await open()).stores;
      assert.equal(await one.read('a'), undefined);
      await one.claim('a', 60_000);
      assert.equal(await one.read('a'), undefined);
      assert.equal(await other.read('a'), undefined);
    });

    it('gives a completed value to everyone for 48 hours, and nobody can claim it', async () => {
      const { stores, pass } = await open();
      const [one, other] = stores;
      await one.claim('a', 60_000);
      await one.complete('a', 'done');
      await pass(KEEP_MS - 60_000);
      assert.equal(await other.read('a'), 'done');
      assert.equal(await one.claim('a', 60_000), false);
      await pass(60_000);
      assert.equal(await other.read('a'), undefined);
      assert.equal(await other.claim('a', 60_000), true);
    });

    it('completes a key that nobody claimed, and completes it again', async () => {
      const [one, other] = (await open()).stores;
      await one.complete('a', 'first');
      await other.complete('a', 'second');
      assert.equal(await one.read('a'), 'second');
    });

    for (const value of ['', 'claim:', 'value:x', '{"a":[1,"\\n"]}', 'día ✓ 🩺', 'x'.repeat(100_000)])
      it(`gives back the text ${JSON.stringify(value).slice(0, 20)} as it was`, async () => {
        const [one, other] = (await open()).stores;
        await one.complete('a', value);
        assert.equal(await other.read('a'), value);
        assert.equal(await other.claim('a', 60_000), false);
      });

    it('forgets a released key, whether it was claimed, completed or unknown', async () => {
      const [one, other] = (await open()).stores;
      await one.release('a');
      await one.claim('a', 60_000);
      await one.release('a');
      assert.equal(await other.claim('a', 60_000), true);
      await other.complete('a', 'done');
      await other.release('a');
      assert.equal(await one.read('a'), undefined);
      assert.equal(await one.claim('a', 60_000), true);
    });
  });

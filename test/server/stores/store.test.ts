import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore, type Store } from '../../../src/server/index.js';

/** Claims a key and completes it. */
async function complete(store: Store, key: string, value: string): Promise<void> {
  const token = await store.claim(key, 1000);
  assert.equal(await store.complete(key, token!, value), true);
}

describe('createMemoryStore', () => {
  it('gives a key to one claim until it is released or its lease ends', async () => {
    let now = 0;
    const store = createMemoryStore({ now: () => now });
    assert.ok(await store.claim('a', 1000));
    assert.equal(await store.claim('a', 1000), undefined);
    now = 1000;
    const token = await store.claim('a', 1000);
    assert.ok(token);
    await store.release('a', token);
    assert.ok(await store.claim('a', 1000));
    assert.equal(await store.read('a'), undefined);
  });

  it('keeps a value for keepMs, and refuses claims for its key until then', async () => {
    let now = 0;
    const store = createMemoryStore({ now: () => now, keepMs: 5000 });
    await complete(store, 'a', 'done');
    now = 4999;
    assert.equal(await store.read('a'), 'done');
    assert.equal(await store.claim('a', 1000), undefined);
    now = 5000;
    assert.equal(await store.read('a'), undefined);
    assert.ok(await store.claim('a', 1000));
  });

  it('throws for a keepMs that is not a duration', () => {
    for (const keepMs of [0, -1, NaN, Infinity, '48h' as never])
      assert.throws(() => createMemoryStore({ keepMs }), /createMemoryStore: keepMs must be/);
  });

  it('removes the oldest value when it has more than maxEntries', async () => {
    const store = createMemoryStore({ maxEntries: 2 });
    for (const key of ['a', 'b', 'c']) await complete(store, key, key);
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((key) => store.read(key))), [undefined, 'b', 'c']);
  });

  it('removes the oldest value when the values take more than maxBytes', async () => {
    const store = createMemoryStore({ maxBytes: 2_000 });
    await complete(store, 'large', 'x'.repeat(800));
    await complete(store, 'small', 'x');
    assert.equal(await store.read('large'), 'x'.repeat(800));
    await complete(store, 'larger', 'x'.repeat(900));
    assert.equal(await store.read('large'), undefined);
    assert.equal(await store.read('larger'), 'x'.repeat(900));
  });

  it('throws for a maxEntries or maxBytes that is not above zero', () => {
    for (const options of [{ maxEntries: 0 }, { maxBytes: -1 }, { maxBytes: NaN }])
      assert.throws(
        () => createMemoryStore(options),
        /createMemoryStore: max\w+ must be a number above zero/,
      );
  });
});

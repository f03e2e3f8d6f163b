import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore } from '../../src/server/index.js';

describe('createMemoryStore', () => {
  it('gives a key to one claimant until it is released or its lease lapses', async () => {
    let now = 0;
    const store = createMemoryStore({ now: () => now });
    assert.equal(await store.claim('a', 1000), true);
    assert.equal(await store.claim('a', 1000), false);
    now = 1000;
    assert.equal(await store.claim('a', 1000), true);
    await store.release('a');
    assert.equal(await store.claim('a', 1000), true);
    assert.equal(await store.read('a'), undefined);
  });

  it('keeps a value for its time, and nobody claims it meanwhile', async () => {
    let now = 0;
    const store = createMemoryStore({ now: () => now, keepMs: 5000 });
    await store.claim('a', 1000);
    await store.complete('a', 'done');
    now = 4999;
    assert.equal(await store.read('a'), 'done');
    assert.equal(await store.claim('a', 1000), false);
    now = 5000;
    assert.equal(await store.read('a'), undefined);
    assert.equal(await store.claim('a', 1000), true);
  });

  it('refuses to start with a time that is none', () => {
    for (const keepMs of [0, -1, NaN, Infinity, '48h' as never])
      assert.throws(() => createMemoryStore({ keepMs }), /createMemoryStore: keepMs must be/);
  });

  it('forgets the oldest value when it is full', async () => {
    const store = createMemoryStore({ maxEntries: 2 });
    for (const key of ['a', 'b', 'c']) await store.complete(key, key);
    assert.deepEqual(await Promise.all(['a', 'b', 'c'].map((key) => store.read(key))), [undefined, 'b', 'c']);
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runInSlices } from '../../src/client/index.js';

/** Waits for everything that needs no timer. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('work in slices', () => {
  test('runs at once if the queue is empty', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let isDone = false;
    runInSlices(() => (isDone = true));
    assert.ok(isDone);
    t.mock.timers.tick(1);
    await settle();
  });

  test('runs in order, in slices of 10 ms with a task for each', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    let nowMs = 0;
    t.mock.method(performance, 'now', () => nowMs);
    const done: number[] = [];
    for (let i = 0; i < 100; i++)
      runInSlices(() => {
        nowMs += 2;
        done.push(i);
      });
    assert.deepEqual(done, [0]);
    const sizes: number[] = [];
    while (done.length < 100 && sizes.length < 100) {
      const before = done.length;
      t.mock.timers.tick(1);
      await settle();
      sizes.push(done.length - before);
    }
    assert.deepEqual(done, [...Array(100).keys()]);
    assert.deepEqual(sizes, [...Array<number>(19).fill(5), 4]);
    t.mock.timers.tick(1);
    await settle();
  });

  test('continues after work that throws', async (t) => {
    const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
    const listeners = process.listeners('uncaughtException').slice(0, -1);
    for (const listener of listeners) process.off('uncaughtException', listener);
    t.after(() => listeners.forEach((listener) => process.on('uncaughtException', listener)));
    const last = new Promise<void>((resolve) => {
      runInSlices(() => undefined);
      runInSlices(() => {
        throw new Error('of one element');
      });
      runInSlices(resolve);
    });
    await last;
    assert.match(String(await thrown), /of one element/);
  });
});

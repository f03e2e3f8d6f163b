import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { runInSlices } from '../../src/client/index.js';

/** Blocks the thread, as the work of an element does. */
function workFor(ms: number): void {
  for (const end = performance.now() + ms; performance.now() < end;);
}

describe('work in slices', () => {
  test('runs at once if the queue is empty', async () => {
    let isDone = false;
    runInSlices(() => (isDone = true));
    assert.ok(isDone);
    await new Promise((resolve) => setTimeout(resolve));
  });

  test('runs in order, and leaves the page time for other tasks', async () => {
    const done: number[] = [];
    let others = 0;
    const other = setInterval(() => others++, 1);
    await new Promise<void>((resolve) => {
      for (let i = 0; i < 100; i++)
        runInSlices(() => {
          workFor(2);
          done.push(i);
          if (i === 99) resolve();
        });
      assert.deepEqual(done, [0]);
    });
    clearInterval(other);
    assert.deepEqual(done, [...Array(100).keys()]);
    assert.ok(others >= 10, `other work came in ${others} times`);
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

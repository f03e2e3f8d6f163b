import assert from 'node:assert/strict';
import { test } from 'node:test';
import { percentile, ratio, takeTurns } from './interleave.js';

test('contenders run in turn, and their warm-up does not count', async () => {
  const order: string[] = [];
  const times = { a: [0, 3, 1, 2], b: [0, 30, 20, 10] };
  const run = (name: 'a' | 'b') => () => {
    order.push(name);
    return { ms: times[name].shift()! };
  };
  const results = await takeTurns('a test', { a: run('a'), b: run('b') }, { rounds: 3, warmUp: 1 });
  assert.deepEqual(order, ['a', 'b', 'a', 'b', 'a', 'b', 'a', 'b']);
  assert.deepEqual(results, { a: { ms: 2 }, b: { ms: 20 } });
});

test('a percentile is one of the figures, and does not change their list', () => {
  const list = [5, 1, 4, 2, 3];
  assert.equal(percentile(list, 0.5), 3);
  assert.equal(percentile(list, 1), 5);
  assert.deepEqual(list, [5, 1, 4, 2, 3]);
});

test('a ratio has two significant digits, and is empty without a figure to compare with', () => {
  assert.deepEqual(
    [ratio(1, 20), ratio(3, 2), ratio(25, 2), ratio(1000, 3), ratio(1, 0)],
    ['0.050', '1.50', '12.5', '333', '–'],
  );
});

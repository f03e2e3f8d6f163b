import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createSession } from '../../src/client/index.js';
import { networkFailure, problem, session, stuckAnswer, type Step } from './endpoint.js';
import { openPage, settle, type Page } from './fixtures.js';

/** Asserts that it took 30 seconds, and at most one more, because the clock is read every second. */
function assertPatience(ms: number): void {
  assert.ok(ms >= 30_000 && ms <= 31_000, `${ms} ms`);
}

/** Asserts that all requests have the same key. */
function assertOneKey({ endpoint: { keys } }: Page): void {
  assert.ok(keys[0], 'no key was sent');
  assert.equal(new Set(keys).size, 1, 'the idempotency key changed');
}

describe('thirty seconds', () => {
  for (const [what, steps] of [
    ['no answer', ['silence']],
    ['an answer that starts and never ends', [stuckAnswer('{"checkout_id":')]],
    ['a second try without an answer', [problem(503), 'silence']],
    ['a third try whose answer never ends', [networkFailure(), problem(502), stuckAnswer('{')]],
  ] as [string, Step[]][])
    test(`${what} is a timeout after 30 s, at most a second late, and a later press has the same key`, async (t) => {
      const page = openPage(t, ...steps);
      const startMs = Date.now();
      const { retryable } = await page.fails(createSession(page.purchase), 'timeout');
      assert.equal(retryable, true);
      assertPatience(Date.now() - startMs);
      page.endpoint.steps = [session()];
      await page.run(createSession(page.purchase));
      assertOneKey(page);
    });

  test('the time of a slow response is not available for the retries', async (t) => {
    const { promise, resolve } = deferred<Response>();
    const page = openPage(t, promise, 'silence');
    const startMs = Date.now();
    const done = assert.rejects(createSession(page.purchase), { code: 'timeout' });
    await page.pass(27_000);
    resolve(problem(429, undefined, { 'retry-after': '2' }));
    await page.run(done);
    assertPatience(Date.now() - startMs);
    assert.deepEqual(page.endpoint.waitsMs, [29_000]);
  });

  test('the deadline also ends a wait for a retry, and no request follows', async (t) => {
    const { promise, resolve } = deferred<Response>();
    const page = openPage(t, promise);
    const done = assert.rejects(createSession(page.purchase), { code: 'timeout' });
    await page.pass(29_000);
    resolve(problem(429, undefined, { 'retry-after': '5' }));
    await page.pass(1000);
    assert.equal(page.pendingTimers, 0);
    await done;
    assert.equal(page.endpoint.requests.length, 1);
  });

  test('a response after the deadline is ignored', async (t) => {
    const { promise, resolve } = deferred<Response>();
    const page = openPage(t, promise);
    await page.fails(createSession(page.purchase), 'timeout');
    resolve(session());
    await settle();
    assert.equal(page.endpoint.requests.length, 1);
  });

  test('a response after 25 seconds is accepted, after one request', async (t) => {
    const { promise, resolve } = deferred<Response>();
    const page = openPage(t, promise);
    const opened = createSession(page.purchase);
    await page.pass(25_000);
    resolve(session());
    assert.equal((await page.run(opened)).checkoutId, 'chk_1');
    assert.equal(page.endpoint.requests.length, 1);
  });

  test('an expired session and its replacement share the thirty seconds', async (t) => {
    const { promise, resolve } = deferred<Response>();
    const page = openPage(t, promise, 'silence');
    const startMs = Date.now();
    const done = assert.rejects(createSession(page.purchase), { code: 'timeout' });
    await page.pass(20_000);
    resolve(session({ expires_in: 0 }));
    await page.run(done);
    assertPatience(Date.now() - startMs);
    assert.equal(new Set(page.endpoint.keys).size, 2);
  });
});

describe('a frozen page', () => {
  test('times out within a second after an hour, and keeps its key', async (t) => {
    const page = openPage(t, 'silence', session());
    const failed = assert.rejects(createSession(page.purchase), { code: 'timeout' });
    await page.pass(5000);
    await page.freeze(3_600_000);
    await page.pass(1000);
    assert.equal(page.pendingTimers, 0);
    await failed;
    await page.run(createSession(page.purchase));
    assertOneKey(page);
  });

  test('times out also if it was frozen between two attempts', async (t) => {
    const page = openPage(t, problem(429, undefined, { 'retry-after': '5' }));
    const failed = assert.rejects(createSession(page.purchase), { code: 'timeout' });
    await page.pass(1500);
    await page.freeze(3_600_000);
    await page.pass(1000);
    assert.equal(page.pendingTimers, 0);
    await failed;
    assert.equal(page.endpoint.requests.length, 1);
  });

  test('accepts a response that arrived while it was frozen', async (t) => {
    const { promise, resolve } = deferred<Response>();
    const page = openPage(t, promise);
    const opened = createSession(page.purchase);
    await page.freeze(3_600_000);
    resolve(session());
    await page.pass(0);
    assert.equal((await opened).checkoutId, 'chk_1');
  });

  test('goes on waiting after a short time, until the same deadline', async (t) => {
    const page = openPage(t, 'silence');
    const startMs = Date.now();
    const failed = assert.rejects(createSession(page.purchase), { code: 'timeout' });
    await page.freeze(19_500);
    await page.pass(9000);
    assert.notEqual(page.pendingTimers, 0);
    await page.run(failed);
    assertPatience(Date.now() - startMs);
  });
});

function deferred<T>() {
  let resolve!: (value: T) => void;
  const promise = new Promise<T>((done) => (resolve = done));
  return { promise, resolve };
}

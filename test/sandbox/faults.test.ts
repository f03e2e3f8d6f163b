import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { CheckoutSession } from '../../src/contract/index.js';
import { call, open, requestFor, start } from './fixtures.js';

const key = { 'idempotency-key': '7f9c24e5-2b1a-4f0e-9c55-0d4be2f9f6aa' };

describe('the faults of the sandbox', () => {
  it('return a status with Retry-After to one call, as often as `times` says', async () => {
    const sandbox = start();
    sandbox.faults.add({ on: 'POST /checkout', kind: 'status', status: 429, retryAfter: 2, times: 2 });
    for (let i = 0; i < 2; i++) {
      const response = await call(sandbox, 'POST', '/checkout', requestFor());
      assert.deepEqual([response.status, response.headers.get('retry-after')], [429, '2']);
    }
    assert.equal((await call(sandbox, 'GET', '/products')).status, 200);
    assert.equal((await call(sandbox, 'POST', '/checkout', requestFor())).ok, true);
  });

  it('give no response until the caller aborts', async () => {
    const sandbox = start();
    sandbox.faults.add({ on: '*', kind: 'timeout' });
    const controller = new AbortController();
    const request = new Request('https://sandbox.example/v2/products', { signal: controller.signal });
    const answer = sandbox.fetch(request);
    controller.abort(new DOMException('late', 'TimeoutError'));
    await assert.rejects(answer, { name: 'TimeoutError' });
    await assert.rejects(sandbox.fetch(new Request(request, { signal: AbortSignal.abort() })), {
      name: 'AbortError',
    });
  });

  it('break a connection before the call takes effect', async () => {
    const sandbox = start();
    sandbox.faults.add({ on: 'POST /checkout', kind: 'reset', times: 1 });
    await assert.rejects(call(sandbox, 'POST', '/checkout', requestFor(), key), TypeError);
    const other = requestFor(['monitor']);
    assert.equal((await call(sandbox, 'POST', '/checkout', other, key)).ok, true);
  });

  it('lose only the response with afterEffect, so that the key returns the same session', async () => {
    const sandbox = start();
    sandbox.faults.add({ on: 'POST /checkout', kind: 'reset', times: 1, afterEffect: true });
    await assert.rejects(call(sandbox, 'POST', '/checkout', requestFor(), key), TypeError);
    const other = await call(sandbox, 'POST', '/checkout', requestFor(['monitor']), key);
    assert.equal(other.status, 409);
    assert.equal((await call(sandbox, 'POST', '/checkout', requestFor(), key)).ok, true);
  });

  it('cut JSON in the middle, or return a page instead', async () => {
    const sandbox = start();
    sandbox.faults.add({ on: 'GET /products', kind: 'truncated', times: 1 });
    await assert.rejects((await call(sandbox, 'GET', '/products')).json(), SyntaxError);
    sandbox.faults.add({ on: 'GET /products', kind: 'html', times: 1 });
    const response = await call(sandbox, 'GET', '/products');
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type')!, /^text\/html/);
  });

  it('delay the right response', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const sandbox = start();
    sandbox.faults.add({ on: 'POST /checkout', kind: 'slow', delayMs: 2000 });
    let isAnswered = false;
    const answer = call(sandbox, 'POST', '/checkout', requestFor()).finally(() => (isAnswered = true));
    // Not mocked: lets the sandbox do its work up to the delay.
    await setImmediate();
    t.mock.timers.tick(1999);
    await setImmediate();
    assert.equal(isAnswered, false);
    t.mock.timers.tick(1);
    const session = (await (await answer).json()) as CheckoutSession;
    assert.equal(session.status, 'open');
  });

  it('affect a share of the calls', async () => {
    const draws = [0.1, 0.9, 0.2];
    const sandbox = start({ random: () => draws.shift()! });
    sandbox.faults.add({ on: 'GET /products', kind: 'status', rate: 0.25 });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await call(sandbox, 'GET', '/products')).status);
    assert.deepEqual(statuses, [500, 200, 500]);
  });

  it('can be removed one by one, or all at once', async () => {
    const sandbox = start();
    const remove = sandbox.faults.add({ on: 'POST /checkout', kind: 'status' });
    sandbox.faults.add({ on: 'GET /products', kind: 'status' });
    remove();
    assert.equal((await open(sandbox)).status, 'open');
    assert.equal((await call(sandbox, 'GET', '/products')).status, 500);
    sandbox.faults.clear();
    assert.equal((await call(sandbox, 'GET', '/products')).status, 200);
  });
});

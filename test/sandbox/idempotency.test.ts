import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ProviderError, validate, type CheckoutSession } from '../../src/contract/index.js';
import { call, DAY_MS, requestFor, start } from './fixtures.js';

describe('an idempotency key', () => {
  const key = { 'idempotency-key': '7f9c24e5-2b1a-4f0e-9c55-0d4be2f9f6aa' };

  it('repeats the first response, also after the session has expired', async () => {
    const sandbox = start();
    const first = await (await call(sandbox, 'POST', '/checkout', requestFor(), key)).json();
    await sandbox.advance(DAY_MS - 1);
    assert.deepEqual(await (await call(sandbox, 'POST', '/checkout', requestFor(), key)).json(), first);
  });

  it('opens a new session after 24 hours', async () => {
    const sandbox = start();
    const first = (await (
      await call(sandbox, 'POST', '/checkout', requestFor(), key)
    ).json()) as CheckoutSession;
    await sandbox.advance(DAY_MS);
    const second = (await (
      await call(sandbox, 'POST', '/checkout', requestFor(), key)
    ).json()) as CheckoutSession;
    assert.notEqual(second.checkout_id, first.checkout_id);
  });

  it('refuses another body with a conflict', async () => {
    const sandbox = start();
    await call(sandbox, 'POST', '/checkout', requestFor(), key);
    const response = await call(sandbox, 'POST', '/checkout', requestFor(['monitor']), key);
    assert.equal(response.status, 409);
    assert.equal(validate(ProviderError, await response.json()).value!.code, 'conflict');
  });

  it('can be used again after a refusal', async () => {
    const sandbox = start();
    await call(sandbox, 'POST', '/checkout', requestFor(['ghost']), key);
    assert.equal((await call(sandbox, 'POST', '/checkout', requestFor(), key)).ok, true);
  });
});

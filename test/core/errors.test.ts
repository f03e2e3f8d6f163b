import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CheckoutError, type CheckoutErrorCode } from '../../src/core/index.js';

const RETRYABLE: Record<CheckoutErrorCode, boolean> = {
  invalid_config: false,
  invalid_cart: false,
  empty_cart: false,
  unsupported_currency: false,
  offline: true,
  network: true,
  timeout: true,
  rate_limited: true,
  server_error: true,
  unauthorized: false,
  not_found: false,
  rejected: false,
  details_required: false,
  conflict: true,
  bad_response: true,
  unsafe_url: false,
  session_expired: true,
  session_closed: false,
  navigation_blocked: true,
  aborted: true,
};
for (const [code, retryable] of Object.entries(RETRYABLE))
  test(`${code} ${retryable ? 'may pass when the shopper presses again' : 'stays until something changes'}`, () => {
    const error = new CheckoutError(code as CheckoutErrorCode, 'message');
    assert.equal(error.code, code);
    assert.equal(error.retryable, retryable);
  });

test('an error keeps its message, its cause and its details', () => {
  const cause = new TypeError('down');
  const details = {
    status: 429,
    requestId: 'req_1',
    fields: [{ path: '$', code: 'required', message: 'expected an object' }],
    retryAfterMs: 2000,
    reason: 'csp',
  };
  const error = new CheckoutError('rate_limited', 'too many', details, cause);
  assert.ok(error instanceof Error);
  assert.equal(error.name, 'CheckoutError');
  assert.equal(error.message, 'too many');
  assert.equal(error.cause, cause);
  assert.deepEqual(error.details, details);
});

test('an error without details and cause has empty details and no cause', () => {
  const error = new CheckoutError('network', 'down');
  assert.deepEqual(error.details, {});
  assert.equal(error.cause, undefined);
});

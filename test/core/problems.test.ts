import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  errorCodeFor,
  PROBLEM_STATUS,
  type CheckoutErrorCode,
  type ProblemCode,
} from '../../src/core/index.js';

const TABLE: Record<ProblemCode, [number, CheckoutErrorCode]> = {
  bad_request: [400, 'rejected'],
  validation_error: [422, 'rejected'],
  details_required: [422, 'details_required'],
  unknown_product: [422, 'rejected'],
  unsupported_currency: [422, 'unsupported_currency'],
  price_changed: [409, 'rejected'],
  forbidden_origin: [403, 'unauthorized'],
  unsupported_media_type: [415, 'rejected'],
  too_large: [413, 'rejected'],
  method_not_allowed: [405, 'not_found'],
  not_found: [404, 'not_found'],
  idempotency_key_missing: [400, 'rejected'],
  idempotency_key_reused: [422, 'conflict'],
  request_in_progress: [409, 'conflict'],
  session_closed: [409, 'session_closed'],
  rate_limited: [429, 'rate_limited'],
  provider_auth: [502, 'server_error'],
  provider_contract: [502, 'server_error'],
  provider_timeout: [504, 'server_error'],
  provider_unavailable: [502, 'server_error'],
  hook_failed: [500, 'server_error'],
};

describe('each problem of the handler has one status and one code', () => {
  test('the list is closed', () => {
    assert.deepEqual(Object.keys(PROBLEM_STATUS), Object.keys(TABLE));
  });
  for (const [problem, [status, code]] of Object.entries(TABLE))
    test(`${problem} is ${status} and becomes ${code}`, () => {
      assert.equal(PROBLEM_STATUS[problem as ProblemCode], status);
      assert.equal(errorCodeFor(status, problem), code);
    });
});

/** The code of a status without a problem code. The hundred decides for every other status. */
const BARE: Record<number, CheckoutErrorCode> = {
  401: 'unauthorized',
  403: 'unauthorized',
  404: 'not_found',
  405: 'not_found',
  408: 'timeout',
  409: 'conflict',
  410: 'not_found',
  425: 'rate_limited',
  429: 'rate_limited',
  501: 'not_found',
};

test('every status from 100 to 599 has a code without a problem code', () => {
  const byHundred = [, 'bad_response', 'bad_response', 'bad_response', 'rejected', 'server_error'] as const;
  for (let status = 100; status < 600; status++)
    for (const problem of [undefined, null, '', 'unheard_of', 42, {}, 'constructor'])
      assert.equal(
        errorCodeFor(status, problem),
        BARE[status] ?? byHundred[Math.floor(status / 100)],
        `${status}`,
      );
});

test('a problem code does not change the meaning of an unambiguous status', () => {
  for (const problem of [...Object.keys(TABLE), 'session_expired'])
    for (const status of [401, 403, 404, 405, 408, 410, 425, 429, 500, 501, 502, 503, 504, 200, 302])
      assert.equal(errorCodeFor(status, problem), errorCodeFor(status), `${status} ${problem}`);
});

test('a problem code decides the meaning of an ambiguous status', () => {
  for (const status of [400, 409, 422]) {
    for (const problem of ['details_required', 'unsupported_currency', 'session_closed', 'session_expired'])
      assert.equal(errorCodeFor(status, problem), problem);
    assert.equal(errorCodeFor(status, 'idempotency_key_reused'), 'conflict');
    assert.equal(errorCodeFor(status, 'price_changed'), 'rejected');
  }
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import {
  backoffMs,
  CheckoutError,
  endpointRetryMs,
  isTransientSyncFailure,
  MAX_RETRY_AFTER_MS,
  productSyncRetryMs,
  productSyncWaitMs,
  providerRetryMs,
  reportedWaitMs,
  retryAfterMs,
  shopCartRetryMs,
  type CheckoutErrorCode,
  type CheckoutErrorDetails,
} from '../../src/core/index.js';

// Not GMT, so that a date that is read as local time fails the test.
process.env.TZ = 'America/New_York';
const NOW = Date.UTC(2026, 10, 23, 12, 0, 0);

describe('Retry-After', () => {
  test('reads whole seconds', () => {
    assert.equal(retryAfterMs('0', NOW), 0);
    assert.equal(retryAfterMs('2', NOW), 2000);
    assert.equal(retryAfterMs('007', NOW), 7000);
  });

  test('reads each of the three forms of an HTTP date, all of them as GMT', () => {
    assert.notEqual(new Date(NOW).getTimezoneOffset(), 0);
    for (const date of [
      'Mon, 23 Nov 2026 12:01:30 GMT',
      'Monday, 23-Nov-26 12:01:30 GMT',
      'Mon Nov 23 12:01:30 2026',
    ])
      assert.equal(retryAfterMs(date, NOW), 90_000, date);
  });

  test('reads a date in the past as no wait', () => {
    assert.equal(retryAfterMs('Mon, 23 Nov 2026 11:59:59 GMT', NOW), 0);
  });

  test('limits the wait to ten minutes', () => {
    assert.equal(MAX_RETRY_AFTER_MS, 600_000);
    for (const long of ['601', '1000000000', '9'.repeat(400), 'Tue, 24 Nov 2026 12:00:00 GMT'])
      assert.equal(retryAfterMs(long, NOW), 600_000, long);
    assert.equal(retryAfterMs('600', NOW), 600_000);
    assert.equal(retryAfterMs('599', NOW), 599_000);
  });

  const UNREADABLE = [
    ...['', ' ', '-5', '+5', '1.5', '1e9', '0x10', 'NaN', 'Infinity', 'soon', '5s', '5 seconds', ' 5', '5\n'],
    ...['Foo 1', 'Mon', 'Mon, 99 Xyz 2026 12:00:00 GMT', '2026-11-23T12:01:30Z', '12:01:30', '٥', '2, 3'],
  ];
  for (const header of UNREADABLE)
    test(`makes nothing of ${JSON.stringify(header)}`, () => {
      assert.equal(retryAfterMs(header, NOW), undefined);
    });

  test('makes nothing of a missing header', () => {
    assert.equal(retryAfterMs(null, NOW), undefined);
  });

  test('reads every number of seconds as milliseconds, up to the limit', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seconds) =>
        assert.equal(retryAfterMs(`${seconds}`, NOW), Math.min(seconds, 600) * 1000),
      ),
    );
  });

  test('reads every date as its distance from now, between zero and the limit', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), (seconds) => {
        const header = new Date(NOW + seconds * 1000).toUTCString();
        assert.equal(retryAfterMs(header, NOW), Math.min(Math.max(seconds, 0), 600) * 1000);
      }),
    );
  });

  test('every text gives nothing or a wait from zero to ten minutes', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const wait = retryAfterMs(header, NOW);
        assert.equal(wait === undefined, !/^\d+$/.test(header), header);
        if (wait !== undefined) assert.ok(wait >= 0 && wait <= 600_000);
      }),
    );
  });
});

describe('the wait without a Retry-After', () => {
  test('starts at half a second, doubles, and stops at five', () => {
    const longest = [0, 1, 2, 3, 4, 5, 1000].map((attempt) => backoffMs(attempt, 1));
    assert.deepEqual(longest, [500, 1000, 2000, 4000, 5000, 5000, 5000]);
  });

  test('subtracts a random part of at most a half', () => {
    assert.equal(backoffMs(0, 0), 250);
    assert.equal(backoffMs(0, 0.5), 375);
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(60), chance, chance, (attempt, one, other) => {
        const full = Math.min(500 * 2 ** attempt, 5000);
        const wait = backoffMs(attempt, one);
        assert.ok(wait >= full / 2 && wait <= full, `${wait}`);
        // A larger random number never gives a shorter wait.
        assert.equal(wait < backoffMs(attempt, other), wait !== backoffMs(attempt, other) && one < other);
      }),
    );
  });
});

/** Half of the random part: the waits without a Retry-After are 375, 750, 1500 and 3000 ms. */
const RANDOM = 0.5;

describe('the wait that a page reports for a failed response', () => {
  const responseWith = (status: number, retryAfter?: string) =>
    new Response(null, { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } });
  const ROWS: [status: number, retryAfter: string | undefined, waitMs: number | undefined][] = [
    [429, '2', 2_000],
    [429, undefined, 30_000],
    [429, 'soon', 30_000],
    [503, '2', 2_000],
    [503, undefined, undefined],
  ];
  for (const [status, retryAfter, waitMs] of ROWS)
    test(`${status} with Retry-After ${retryAfter}: ${waitMs}`, () => {
      assert.equal(reportedWaitMs(responseWith(status, retryAfter), NOW), waitMs);
    });
});

describe('a page’s request to the merchant’s endpoint', () => {
  const ROWS: [code: CheckoutErrorCode, details: CheckoutErrorDetails, attempt: number, waitMs?: number][] = [
    ['network', {}, 0, 375],
    ['network', {}, 1, 750],
    ['network', {}, 2],
    ['network', { reason: 'csp' }, 0],
    ['offline', {}, 0],
    ['timeout', { status: 408 }, 0, 375],
    ['rate_limited', { status: 425 }, 0, 375],
    ['rate_limited', { status: 429, retryAfterMs: 5_000 }, 1, 5_000],
    ['rate_limited', { status: 429, retryAfterMs: 5_001 }, 0],
    ['server_error', { status: 502 }, 0, 375],
    ['server_error', { status: 503, retryAfterMs: 0 }, 0, 0],
    ['server_error', { status: 504 }, 1, 750],
    ['server_error', { status: 500 }, 0],
    ['conflict', { status: 409 }, 0, 375],
    ['session_closed', { status: 409 }, 0],
    ['conflict', { status: 422 }, 0],
    ['rejected', { status: 422 }, 0],
    ['unauthorized', { status: 401 }, 0],
    ['not_found', { status: 404 }, 0],
    ['bad_response', { status: 200 }, 0],
  ];
  for (const [code, details, attempt, waitMs] of ROWS)
    test(`${code} ${JSON.stringify(details)} after ${attempt} retries: ${waitMs ?? 'final'}`, () => {
      assert.equal(endpointRetryMs(new CheckoutError(code, code, details), attempt, RANDOM), waitMs);
    });
});

describe('a page’s request for the shop’s cart', () => {
  const ROWS: [code: CheckoutErrorCode, details: CheckoutErrorDetails, attempt: number, waitMs?: number][] = [
    ['network', {}, 0, 500],
    ['network', {}, 1],
    ['offline', {}, 0, 500],
    ['server_error', { status: 500 }, 0, 500],
    ['rate_limited', { status: 429, retryAfterMs: 3_000 }, 0, 3_000],
    ['rate_limited', { status: 429, retryAfterMs: 3_001 }, 0],
    ['rejected', { status: 422 }, 0],
    ['not_found', { status: 404 }, 0],
  ];
  for (const [code, details, attempt, waitMs] of ROWS)
    test(`${code} ${JSON.stringify(details)} after ${attempt} retries: ${waitMs ?? 'final'}`, () => {
      assert.equal(shopCartRetryMs(new CheckoutError(code, code, details), attempt), waitMs);
    });
});

interface ServerRow {
  kind: string;
  status?: number;
  retryAfterMs?: number;
  attempt: number;
  waitMs?: number;
}
const titleOf = ({ attempt, waitMs, ...failure }: ServerRow) =>
  `${JSON.stringify(failure)} after ${attempt} retries: ${waitMs ?? 'final'}`;

describe('the server’s request to the provider', () => {
  const ROWS: ServerRow[] = [
    { kind: 'unavailable', attempt: 0, waitMs: 375 },
    { kind: 'unavailable', attempt: 1 },
    { kind: 'unavailable', status: 502, attempt: 0, waitMs: 375 },
    { kind: 'unavailable', status: 503, retryAfterMs: 1_000, attempt: 0, waitMs: 1_000 },
    { kind: 'unavailable', status: 503, retryAfterMs: 1_001, attempt: 0 },
    { kind: 'unavailable', status: 504, retryAfterMs: 0, attempt: 0, waitMs: 0 },
    { kind: 'unavailable', status: 500, attempt: 0 },
    { kind: 'unavailable', status: 409, attempt: 0 },
    { kind: 'unavailable', status: 408, attempt: 0 },
    { kind: 'rate_limited', status: 429, attempt: 0 },
    { kind: 'rate_limited', status: 429, retryAfterMs: 1_000, attempt: 0, waitMs: 1_000 },
    { kind: 'rate_limited', status: 429, retryAfterMs: 2_000, attempt: 0 },
    { kind: 'timeout', attempt: 0 },
    { kind: 'invalid', status: 422, retryAfterMs: 0, attempt: 0 },
    { kind: 'contract', status: 200, attempt: 0 },
  ];
  for (const row of ROWS)
    test(titleOf(row), () => {
      assert.equal(providerRetryMs(row, row.attempt, RANDOM), row.waitMs);
    });
});

describe('the server’s sync of one product', () => {
  const ROWS: ServerRow[] = [
    { kind: 'unavailable', status: 500, attempt: 0, waitMs: 375 },
    { kind: 'unavailable', status: 503, retryAfterMs: 600_000, attempt: 1, waitMs: 600_000 },
    { kind: 'timeout', attempt: 3, waitMs: 3_000 },
    { kind: 'timeout', attempt: 4 },
    { kind: 'rate_limited', status: 429, attempt: 0, waitMs: 15_000 },
    { kind: 'rate_limited', status: 429, retryAfterMs: 2_000, attempt: 3, waitMs: 2_000 },
    { kind: 'rate_limited', status: 429, attempt: 4 },
    { kind: 'contract', status: 200, attempt: 0 },
    { kind: 'invalid', status: 422, attempt: 0 },
    { kind: 'auth', status: 401, attempt: 0 },
    { kind: 'not_found', status: 404, attempt: 0 },
  ];
  for (const row of ROWS)
    test(titleOf(row), () => {
      assert.equal(productSyncRetryMs(row, row.attempt, RANDOM), row.waitMs);
    });

  test('a rate limit has its wait also after the last attempt, for the other products', () => {
    assert.equal(productSyncWaitMs({ kind: 'rate_limited' }, 4, RANDOM), 15_000);
  });

  test('only a rate limit, a timeout and an unavailable provider may pass', () => {
    const kinds = [
      'auth',
      'not_found',
      'invalid',
      'rate_limited',
      'timeout',
      'unavailable',
      'contract',
      'duplicate',
    ];
    assert.deepEqual(kinds.filter(isTransientSyncFailure), ['rate_limited', 'timeout', 'unavailable']);
  });
});

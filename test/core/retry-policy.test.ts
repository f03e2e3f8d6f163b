import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { backoffMs, MAX_RETRY_AFTER_MS, retryAfterMs } from '../../src/core/index.js';

// Far from Greenwich, so that a date read as local time shows.
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

  test('a date that has passed means now', () => {
    assert.equal(retryAfterMs('Mon, 23 Nov 2026 11:59:59 GMT', NOW), 0);
  });

  test('never waits longer than ten minutes', () => {
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

  test('makes nothing of a header that is not there', () => {
    assert.equal(retryAfterMs(null, NOW), undefined);
  });

  test('every number of seconds comes out as itself in milliseconds, up to the ceiling', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), (seconds) =>
        assert.equal(retryAfterMs(`${seconds}`, NOW), Math.min(seconds, 600) * 1000),
      ),
    );
  });

  test('every date comes out as its distance from now, between zero and the ceiling', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2000, max: 2000 }), (seconds) => {
        const header = new Date(NOW + seconds * 1000).toUTCString();
        assert.equal(retryAfterMs(header, NOW), Math.min(Math.max(seconds, 0), 600) * 1000);
      }),
    );
  });

  test('any text at all gives nothing or a wait from zero to ten minutes', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const wait = retryAfterMs(header, NOW);
        assert.equal(wait === undefined, !/^\d+$/.test(header), header);
        if (wait !== undefined) assert.ok(wait >= 0 && wait <= 600_000);
      }),
    );
  });
});

describe('backoff', () => {
  test('starts at half a second, doubles, and stops at five', () => {
    const longest = [0, 1, 2, 3, 4, 5, 1000].map((attempt) => backoffMs(attempt, 1));
    assert.deepEqual(longest, [500, 1000, 2000, 4000, 5000, 5000, 5000]);
  });

  test('takes away at most half, by chance', () => {
    assert.equal(backoffMs(0, 0), 250);
    assert.equal(backoffMs(0, 0.5), 375);
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(60), chance, chance, (attempt, one, other) => {
        const full = Math.min(500 * 2 ** attempt, 5000);
        const wait = backoffMs(attempt, one);
        assert.ok(wait >= full / 2 && wait <= full, `${wait}`);
        // More chance is never a shorter wait.
        assert.equal(wait < backoffMs(attempt, other), wait !== backoffMs(attempt, other) && one < other);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { createSession, readStatus, type Session } from '../../src/client/index.js';
import { CheckoutError, errorCodeFor, isCents, type CheckoutErrorCode } from '../../src/core/index.js';
import { answer, problem, sessionAnswer } from './endpoint.js';
import { fixChance, openPage, type Page } from './fixtures.js';

/** The codes that a request may fail with. The type requires an entry for every code. */
const CODES: Record<CheckoutErrorCode, boolean> = {
  invalid_config: false,
  invalid_cart: false,
  empty_cart: false,
  unsupported_currency: true,
  offline: true,
  network: true,
  timeout: true,
  rate_limited: true,
  server_error: true,
  unauthorized: true,
  not_found: true,
  rejected: true,
  details_required: true,
  conflict: true,
  bad_response: true,
  unsafe_url: false,
  session_expired: true,
  session_closed: true,
  navigation_blocked: false,
  aborted: true,
};

/** Any JSON value, and values that cannot be converted to a text. */
const any = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown[]>(
    { toString: 1, valueOf: 1 },
    [{ toString: 1 }],
    [[['x']]],
    { length: -1 },
    '',
    null,
  ),
);
/** An object with some of these members, with values of the right type or of any. */
const some = (members: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record(
    Object.fromEntries(Object.entries(members).map(([name, value]) => [name, fc.oneof(value, any)])),
    { requiredKeys: [] },
  );
const word = fc.constantFrom(
  ...['session_closed', 'session_expired', 'price_changed', 'request_in_progress', 'details_required'],
  ...['idempotency_key_reused', 'unsupported_currency', 'validation_error', 'constructor', '__proto__'],
);
const row = some({
  path: fc.string(),
  pointer: fc.constantFrom('#/line_items/0/price', '/a/b', '#', '#/', ''),
  code: word,
  message: fc.string(),
  detail: fc.string(),
});
/** An error in one of the known envelopes, or in a similar one. */
const refusal = fc.oneof(
  any,
  some({
    code: word,
    error: some({ code: word }),
    error_code: word,
    errors: fc.array(fc.oneof(row, any)),
    details: some({ field_errors: fc.dictionary(fc.string(), fc.oneof(fc.array(fc.string()), any)) }),
  }),
);
/** Every status that a response with a body can have. */
const status = fc.integer({ min: 200, max: 599 }).filter((code) => ![204, 205, 304].includes(code));

/** The result of some work: a session, or a `CheckoutError`. */
async function outcome<T>(page: Page, work: Promise<T>): Promise<T | CheckoutError> {
  const end = await page.run(work.catch((error: unknown) => error as CheckoutError));
  page.endpoint.steps = [];
  if (!(end instanceof Error)) return end;
  assert.ok(end instanceof CheckoutError, String(end.stack));
  assert.ok(CODES[end.code], end.code);
  return end;
}

describe('every response of an endpoint', () => {
  test('a failure has a code of the closed list, by its status, and fields that are texts', async (t) => {
    fixChance(t, 0);
    const page = openPage(t);
    await fc.assert(
      fc.asyncProperty(status, refusal, fc.boolean(), async (status, body, isJson) => {
        const text = isJson ? JSON.stringify(body) : String(JSON.stringify(body)).slice(1);
        // At most two keys are used, three times each.
        page.endpoint.steps = Array.from({ length: 6 }, () => answer(text, 'application/json', status));
        const end = await outcome(page, createSession(page.purchase));
        assert.ok(end instanceof CheckoutError, 'this is no session');
        const { code, details, message } = end;
        assert.equal(typeof message, 'string');
        if (status < 300) return;
        assert.equal(code, errorCodeFor(status, details.reason));
        assert.equal(details.status, status);
        assert.match(typeof details.reason, /^(string|undefined)$/);
        assert.notEqual(details.reason, '');
        assert.ok(Array.isArray(details.fields), 'fields are a list');
        for (const field of details.fields) {
          assert.deepEqual(Object.keys(field), ['path', 'code', 'message']);
          assert.deepEqual(
            Object.values(field).map((value) => typeof value),
            ['string', 'string', 'string'],
          );
          assert.ok(field.path && field.code, 'a path and a code are never empty');
        }
      }),
    );
  });

  test('a JSON pointer to any member becomes its path', async (t) => {
    const page = openPage(t);
    const name = fc.stringMatching(/^[a-z_]{1,9}$/);
    const steps = fc.tuple(name, fc.array(fc.oneof(name, fc.nat(999)), { maxLength: 5 }));
    await fc.assert(
      fc.asyncProperty(steps, fc.constantFrom('#/', '/'), async ([first, others], root) => {
        const pointer = root + [first, ...others].join('/');
        const path = others.reduce<string>(
          (text, step) => text + (typeof step === 'number' ? `[${step}]` : `.${step}`),
          first,
        );
        page.endpoint.steps = [problem(422, 'validation_error', {}, { errors: [{ pointer }] })];
        const { details } = await page.fails(createSession(page.purchase), 'rejected');
        assert.deepEqual(details.fields, [{ path, code: 'invalid', message: '' }]);
      }),
    );
  });

  test('Retry-After is read as seconds or as a date, up to ten minutes', async (t) => {
    const page = openPage(t);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 6, max: 5000 }), fc.boolean(), async (seconds, isDate) => {
        const header = isDate ? new Date(Date.now() + seconds * 1000).toUTCString() : `${seconds}`;
        page.endpoint.steps = [problem(429, 'rate_limited', { 'retry-after': header })];
        const { details } = await page.fails(createSession(page.purchase), 'rate_limited');
        assert.equal(details.retryAfterMs, Math.min(seconds, 600) * 1000);
      }),
    );
  });
});

describe('every successful response', () => {
  const answers = some({
    checkout_id: fc.constantFrom('chk_1', 'a', '<b>', ''),
    checkout_url: fc.webUrl(),
    status: fc.constantFrom('open', 'paid', 'expired', 'requires_action'),
    type: fc.constantFrom('eligible', 'split', 'regular', 'lmn'),
    expires_at: fc.oneof(
      fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
      fc.constantFrom(
        '2026-11-24T12:00:00',
        '2026-11-24T12:00:00+02:00',
        'soonT Z',
        '2026-13-40T99:00:00Z',
        'TZ',
      ),
    ),
    expires_in: fc.oneof(fc.integer({ min: -2, max: 90_000 }), fc.double()),
    amounts: some({ subtotal: fc.integer(), total: fc.double() }),
    status_token: fc.string(),
    test: fc.boolean(),
  });

  test('is a session of well-formed fields, or a failure of the closed list', async (t) => {
    fixChance(t, 0);
    const page = openPage(t);
    await fc.assert(
      fc.asyncProperty(fc.oneof(any, answers, answers.map(sessionAnswer)), async (body) => {
        page.endpoint.steps = Array.from({ length: 2 }, () => Response.json(body ?? null));
        const end = await outcome(page, createSession(page.purchase));
        const given = Object(body) as Record<string, unknown>;
        if (end instanceof CheckoutError) {
          assert.match(end.code, /^(bad_response|session_expired|session_closed)$/);
          return;
        }
        const session: Session = end;
        assert.match(session.checkoutId, /^[\w-]{1,128}$/);
        assert.ok(!['paid', 'expired'].includes(given['status'] as string), 'this session is over');
        assert.ok(
          [undefined, 'eligible', 'split', 'regular'].includes(session.checkoutType),
          session.checkoutType,
        );
        if (session.expiresInS !== undefined) assert.ok(session.expiresInS > 0, `${session.expiresInS} s`);
        if (session.expiresAt !== undefined) {
          assert.equal(session.expiresAt, given['expires_at']);
          assert.match(session.expiresAt, /(Z|[+-]\d\d:\d\d)$/);
          assert.ok(!Number.isNaN(Date.parse(session.expiresAt)), session.expiresAt);
        }
        for (const cents of [session.subtotalCents, session.totalCents])
          assert.ok(cents === undefined || isCents(cents), `${cents} cents`);
        assert.match(typeof session.statusToken, /^(string|undefined)$/);
        assert.equal(session.test, given['test'] === true);
      }),
    );
  });

  test('has one of the three statuses, or is a failure of the closed list', async (t) => {
    const page = openPage(t);
    const reading = some({
      checkout_id: fc.string(),
      status: fc.constantFrom('open', 'paid', 'expired', 'unpaid'),
      reason: fc.constantFrom('failed', 'cancelled', 'refunded', 'paid'),
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(any, reading), async (body) => {
        page.endpoint.steps = [Response.json(body ?? null)];
        const end = await outcome(page, readStatus({ endpoint: page.endpoint.url, token: 'v1.token' }));
        if (end instanceof CheckoutError) return assert.equal(end.code, 'bad_response');
        assert.equal(typeof end.checkoutId, 'string');
        assert.ok(['open', 'paid', 'expired'].includes(end.status), end.status);
        assert.equal(end.status === 'paid', (body as { status?: unknown }).status === 'paid');
        assert.ok([undefined, 'failed', 'cancelled', 'refunded'].includes(end.reason), end.reason);
      }),
    );
  });
});

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { createSession, readStatus } from '../../src/client/index.js';
import {
  nothingListens,
  notMounted,
  originNotListed,
  describeProblem,
  type CheckoutErrorCode,
} from '../../src/core/index.js';
import {
  answer,
  droppedAnswer,
  networkFailure,
  problem,
  session,
  sessionAnswer,
  stuckAnswer,
  type Step,
} from './endpoint.js';
import { fixChance, openPage, settle, type Page } from './fixtures.js';

const JSON_TYPE = 'application/json';
/** A text in a body that must appear nowhere else. */
const SENTINEL = 'SENTINEL-7f3a';

/** Asserts that all requests have the same key. */
function assertOneKey({ endpoint: { keys } }: Page): void {
  assert.ok(keys[0], 'no key was sent');
  assert.equal(new Set(keys).size, 1, 'the idempotency key changed');
}

describe('a retry', () => {
  const TRANSIENT: [string, () => Step, CheckoutErrorCode][] = [
    ['a request that fails below HTTP', networkFailure, 'network'],
    ['a connection that drops in the answer', () => droppedAnswer('{"checkout_id":"c'), 'network'],
    ['502', () => problem(502, 'provider_unavailable'), 'server_error'],
    ['503', () => problem(503), 'server_error'],
    ['504', () => problem(504, 'provider_timeout'), 'server_error'],
    ['408', () => problem(408), 'timeout'],
    ['425', () => problem(425), 'rate_limited'],
    ['409 request_in_progress', () => problem(409, 'request_in_progress'), 'conflict'],
    ['409 of a backend that says no more', () => problem(409), 'conflict'],
  ];
  for (const [what, step, code] of TRANSIENT) {
    test(`${what} is retried twice, after 375 and 750 ms, with the same key, and then is ${code}`, async (t) => {
      fixChance(t);
      const page = openPage(t, step(), step(), step());
      const { retryable } = await page.fails(createSession(page.purchase), code);
      assert.equal(retryable, true);
      assert.deepEqual(page.endpoint.waitsMs, [375, 750]);
      assertOneKey(page);
    });
    test(`${what} passes if the next attempt succeeds`, async (t) => {
      const page = openPage(t, step(), session());
      assert.equal((await page.run(createSession(page.purchase))).checkoutId, 'chk_1');
      assertOneKey(page);
    });
  }

  test('sends the same request in every part', async (t) => {
    const page = openPage(t, problem(503), networkFailure(), session());
    await page.run(createSession(page.purchase));
    const [first, ...others] = page.endpoint.requests.map(({ atMs: _, headers, ...rest }) => ({
      ...rest,
      headers: [...headers],
    }));
    assert.deepEqual(others, [first, first]);
  });

  test('waits for a random part of 0.5 and 1 second, at least a half', async (t) => {
    for (const [random, waitsMs] of [
      [0, [250, 500]],
      [0.999999, [500, 1000]],
    ] as const)
      await t.test(`${random}`, async (t) => {
        fixChance(t, random);
        const page = openPage(t, problem(503), problem(503), problem(503));
        await page.fails(createSession(page.purchase), 'server_error');
        assert.deepEqual(page.endpoint.waitsMs.map(Math.round), waitsMs);
      });
  });

  test('happens twice at most, for all reasons together', async (t) => {
    const page = openPage(
      t,
      networkFailure(),
      problem(429, 'rate_limited', { 'retry-after': '1' }),
      problem(502),
    );
    await page.fails(createSession(page.purchase), 'server_error');
    assertOneKey(page);
  });

  const FINAL: [number, string | undefined, CheckoutErrorCode][] = [
    [500, undefined, 'server_error'],
    [500, 'hook_failed', 'server_error'],
    [400, 'bad_request', 'rejected'],
    [422, 'validation_error', 'rejected'],
    [422, 'details_required', 'details_required'],
    [422, 'unsupported_currency', 'unsupported_currency'],
    [401, undefined, 'unauthorized'],
    [403, 'forbidden_origin', 'unauthorized'],
    [404, 'not_found', 'not_found'],
    [405, undefined, 'not_found'],
    [410, undefined, 'not_found'],
    [501, undefined, 'not_found'],
    [409, 'price_changed', 'rejected'],
    [409, 'session_closed', 'session_closed'],
    [413, 'too_large', 'rejected'],
    [415, 'unsupported_media_type', 'rejected'],
    [418, undefined, 'rejected'],
    [505, undefined, 'server_error'],
    [520, undefined, 'server_error'],
    [302, undefined, 'bad_response'],
  ];
  for (const [status, problemCode, code] of FINAL)
    test(`${status} ${problemCode ?? 'without a code'} is ${code} and is not retried`, async (t) => {
      const page = openPage(t, problem(status, problemCode));
      const { details } = await page.fails(createSession(page.purchase), code);
      assert.equal(details.status, status);
      assert.equal(details.reason, problemCode);
      assert.equal(page.endpoint.requests.length, 1);
    });

  test('a press after a 500 sends the same key', async (t) => {
    const page = openPage(t, problem(500, 'hook_failed', { 'x-request-id': 'req_9' }), session());
    const { details } = await page.fails(createSession(page.purchase), 'server_error');
    assert.equal(details.requestId, 'req_9');
    await page.run(createSession(page.purchase));
    assertOneKey(page);
  });

  test('a browser that knows it is offline sends nothing and reports offline at once', async (t) => {
    const page = openPage(t);
    page.onLine = false;
    const { retryable } = await page.fails(createSession(page.purchase), 'offline');
    assert.equal(retryable, true);
    assert.equal(page.endpoint.requests.length, 0);
  });

  test('a browser that goes offline between two attempts reports offline, and a later press has the same key', async (t) => {
    const page = openPage(t, networkFailure(), session());
    const first = page.fails(createSession(page.purchase), 'offline');
    page.onLine = false;
    await first;
    page.onLine = true;
    await page.run(createSession(page.purchase));
    assertOneKey(page);
  });

  test('a browser that repeats a request by itself repeats its key', async (t) => {
    const page = openPage(t, networkFailure(), session());
    const fetch = globalThis.fetch;
    // Chromium does this after a 408 on a reused connection: the page sees one request, the server two.
    t.mock.method(globalThis, 'fetch', (...request: Parameters<typeof fetch>) =>
      fetch(...request).catch(() => fetch(...request)),
    );
    await page.run(createSession(page.purchase));
    assert.equal(page.endpoint.requests.length, 2);
    assert.deepEqual(page.endpoint.waitsMs, [0]);
    assertOneKey(page);
  });

  for (const [status, code] of [
    [401, 'unauthorized'],
    [403, 'unauthorized'],
  ] as const)
    test(`the message of a ${status} names the endpoint, by its attribute`, async (t) => {
      const page = openPage(t, problem(status));
      const { message } = await page.fails(createSession(page.purchase), code);
      assert.equal(message, `endpoint="${page.endpoint.url}" answered ${status}`);
    });

  for (const status of [404, 405])
    test(`the message of another server's ${status} says that the request does not reach the handler, and names the line to write`, async (t) => {
      const page = openPage(t, problem(status));
      const { message } = await page.fails(createSession(page.purchase), 'not_found');
      const { pathname } = new URL(page.endpoint.url);
      assert.equal(
        message,
        `endpoint="${page.endpoint.url}" answered ${status}: ${describeProblem(notMounted(pathname))}`,
      );
    });

  test('the message of a refused origin has the sentence of the handler', async (t) => {
    const detail = describeProblem(originNotListed('https://www.shop.example'));
    const page = openPage(t, problem(403, 'forbidden_origin', {}, { detail: SENTINEL }));
    const { message } = await page.fails(createSession(page.purchase), 'unauthorized');
    assert.equal(message, `endpoint="${page.endpoint.url}" answered 403: ${detail}`);
  });

  test('the message without a response names the possible causes, and the line to write for each', async (t) => {
    const page = openPage(t, networkFailure(), networkFailure(), networkFailure());
    const { message } = await page.fails(createSession(page.purchase), 'network');
    assert.ok(message.includes(describeProblem(nothingListens(new URL(page.endpoint.url).host))), message);
    assert.ok(message.includes(describeProblem(originNotListed('https://www.shop.example'))), message);
  });

  test('the message without a response does not mention CORS on the endpoint’s own origin', async (t) => {
    const page = openPage(t, networkFailure(), networkFailure(), networkFailure());
    location = { origin: new URL(page.endpoint.url).origin } as Location;
    const { message } = await page.fails(createSession(page.purchase), 'network');
    assert.match(message, /nothing listens at/);
    assert.doesNotMatch(message, /origins/);
  });

  test('a message has no query of the endpoint, because that of a status request has a token', async (t) => {
    const page = openPage(t, problem(404), problem(404));
    const asked = readStatus({ endpoint: page.endpoint.url, token: SENTINEL });
    const { message } = await page.fails(asked, 'server_error');
    assert.equal(
      message,
      `endpoint="${page.endpoint.url}/status" answered 404: ${describeProblem(notMounted(new URL(page.endpoint.url).pathname))}`,
    );
    const endpoint = `${page.endpoint.url}?key=${SENTINEL}`;
    const error = await page.fails(createSession({ ...page.purchase, endpoint }), 'not_found');
    assert.ok(!error.message.includes(SENTINEL), error.message);
  });

  test('a failure without details has its code as the message', async (t) => {
    const page = openPage(t, 'silence');
    for (const [onLine, code] of [
      [true, 'timeout'],
      [false, 'offline'],
    ] as const) {
      page.onLine = onLine;
      assert.equal((await page.fails(createSession(page.purchase), code)).message, code);
    }
  });
});

describe('Retry-After', () => {
  for (const [what, status] of [
    ['a 429', 429],
    ['a 503', 503],
  ] as const)
    test(`${what} with Retry-After: 2 waits two seconds, then tries again with the same key`, async (t) => {
      const page = openPage(t, problem(status, undefined, { 'retry-after': '2' }), session());
      await page.run(createSession(page.purchase));
      assert.deepEqual(page.endpoint.waitsMs, [2000]);
      assertOneKey(page);
    });

  test('a wait until an HTTP date is as long', async (t) => {
    const page = openPage(t);
    const date = new Date(Date.now() + 4000).toUTCString();
    page.endpoint.steps = [problem(429, undefined, { 'retry-after': date }), session()];
    await page.run(createSession(page.purchase));
    assert.deepEqual(page.endpoint.waitsMs, [4000]);
  });

  test('waits for five seconds, but not for any longer time', async (t) => {
    const page = openPage(t, problem(429, undefined, { 'retry-after': '5' }), session());
    await page.run(createSession(page.purchase));
    assert.deepEqual(page.endpoint.waitsMs, [5000]);
    page.endpoint.steps = [problem(429, undefined, { 'retry-after': '6' })];
    await page.fails(createSession(page.purchase), 'rate_limited');
    assert.equal(page.endpoint.requests.length, 3);
  });

  const TOLD: [string | undefined, number][] = [
    ['6', 6000],
    ['600', 600_000],
    ['1000000000', 600_000],
    ['Mon, 23 Nov 2026 12:01:30 GMT', 90_000],
    ['Fri, 31 Dec 2100 00:00:00 GMT', 600_000],
    ...['-5', '', 'soon', '1e9', '1.5', 'NaN'].map((header): [string, number] => [header, 30_000]),
    [undefined, 30_000],
  ];
  for (const [header, waitMs] of TOLD)
    test(`429 with Retry-After ${JSON.stringify(header)} is reported as ${waitMs} ms, without a retry`, async (t) => {
      const headers: Record<string, string> = header === undefined ? {} : { 'retry-after': header };
      const page = openPage(t, problem(429, 'rate_limited', headers));
      const { details } = await page.fails(createSession(page.purchase), 'rate_limited');
      assert.equal(details.retryAfterMs, waitMs);
      assert.equal(page.endpoint.requests.length, 1);
    });

  test('for every Retry-After, a wait is five seconds at most and a reported one ten minutes at most', async (t) => {
    const page = openPage(t);
    const value = fc.oneof(
      fc.integer({ min: -10, max: 2000 }).map(String),
      fc.maxSafeNat().map(String),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
      fc.stringMatching(/^[\x21-\x7e ]*$/),
    );
    await fc.assert(
      fc.asyncProperty(value, async (header) => {
        const busy = () => problem(429, 'rate_limited', { 'retry-after': header });
        page.endpoint.requests.length = 0;
        page.endpoint.steps = [busy(), busy(), busy()];
        const { details } = await page.fails(createSession(page.purchase), 'rate_limited');
        assert.ok(
          details.retryAfterMs! >= 0 && details.retryAfterMs! <= 600_000,
          `${details.retryAfterMs} ms`,
        );
        const { length } = page.endpoint.requests;
        assert.ok(length === 3 || (length === 1 && details.retryAfterMs! > 5000), `${length} requests`);
        assert.ok(
          page.endpoint.waitsMs.every((waitMs) => waitMs <= 5000),
          `${page.endpoint.waitsMs}`,
        );
        page.endpoint.steps = [];
      }),
    );
  });

  test('a 503 with a wait of more than five seconds is reported at once', async (t) => {
    const page = openPage(t, problem(503, undefined, { 'retry-after': '60' }));
    const { details } = await page.fails(createSession(page.purchase), 'server_error');
    assert.equal(details.retryAfterMs, 60_000);
  });
});

describe('an abort', () => {
  for (const [when, steps, ms] of [
    ['before the answer', ['silence'], 100],
    ['in the middle of the answer', [stuckAnswer('{')], 100],
    ['in the wait before a retry', [problem(503)], 100],
    ['during a retry', [problem(503), 'silence'], 1000],
  ] as [string, Step[], number][])
    test(`an abort ${when} is aborted at once: no further request, no timer, no listener`, async (t) => {
      const page = openPage(t, ...steps);
      const control = new AbortController();
      const sent = steps.length;
      const done = assert.rejects(createSession({ ...page.purchase, signal: control.signal }), {
        code: 'aborted',
      });
      await page.pass(ms);
      assert.equal(page.endpoint.requests.length, sent);
      control.abort();
      await settle();
      assert.equal(page.pendingTimers, 0);
      await done;
      assert.equal(page.endpoint.requests.length, sent);
      assert.deepEqual(getEventListeners(control.signal, 'abort'), []);
    });

  test('before the request sends nothing', async (t) => {
    const page = openPage(t);
    await page.fails(createSession({ ...page.purchase, signal: AbortSignal.abort() }), 'aborted');
    assert.equal(page.endpoint.requests.length, 0);
  });

  test('is followed by a press with the same key, because the first request may have arrived', async (t) => {
    const page = openPage(t, 'silence', session());
    const control = new AbortController();
    const done = assert.rejects(createSession({ ...page.purchase, signal: control.signal }), {
      code: 'aborted',
    });
    await settle();
    control.abort();
    await done;
    await page.run(createSession(page.purchase));
    assertOneKey(page);
  });

  test('that never happens leaves no listener on the signal', async (t) => {
    const page = openPage(t, session());
    const { signal } = new AbortController();
    await page.run(createSession({ ...page.purchase, signal }));
    assert.deepEqual(getEventListeners(signal, 'abort'), []);
  });
});

describe('the body of a response', () => {
  const page200 = `<!doctype html><title>Log in</title><p>${SENTINEL}</p>`;
  for (const [what, response] of [
    ['an HTML page', () => answer(page200, 'text/html; charset=utf-8')],
    ['an HTML page that says it is JSON', () => answer(page200, JSON_TYPE)],
    ['an HTML page without a type', () => answer(page200)],
    ['a session that says it is HTML', () => answer(JSON.stringify(sessionAnswer()), 'text/html')],
    ['a session that says it is HTML, aloud', () => answer(JSON.stringify(sessionAnswer()), 'TEXT/HTML')],
  ] as const)
    test(`${what}, with status 200, is bad_response, and no part of it is in the error`, async (t) => {
      const page = openPage(t, response());
      const error = await page.fails(createSession(page.purchase), 'bad_response');
      assert.equal(error.details.status, 200);
      const { message, stack, cause, details } = error;
      assert.doesNotMatch(JSON.stringify({ message, stack, cause, details }), new RegExp(SENTINEL));
      assert.equal(page.endpoint.requests.length, 1);
    });

  for (const status of [400, 403, 500])
    test(`an HTML page with status ${status} is an error by its status, and no part of it is in the error`, async (t) => {
      const page = openPage(t, answer(page200, 'text/html', status));
      const code = status === 400 ? 'rejected' : status === 403 ? 'unauthorized' : 'server_error';
      const { message, stack, cause, details } = await page.fails(createSession(page.purchase), code);
      assert.doesNotMatch(JSON.stringify({ message, stack, cause, details }), new RegExp(SENTINEL));
    });

  test('the message has only the type and the length of the body', async (t) => {
    const page = openPage(t, answer(page200, 'text/html; charset=utf-8'));
    const { message } = await page.fails(createSession(page.purchase), 'bad_response');
    const got = `Expected JSON, got text/html; charset=utf-8, ${page200.length} characters`;
    assert.equal(message, `${got}: ${describeProblem(notMounted(new URL(page.endpoint.url).pathname))}`);
  });

  for (const type of [JSON_TYPE, 'application/json; charset=utf-8', 'application/vnd.shop+json', undefined])
    test(`a session with the content type ${type} is accepted`, async (t) => {
      const page = openPage(t, answer(JSON.stringify(sessionAnswer()), type));
      assert.equal((await page.run(createSession(page.purchase))).checkoutId, 'chk_1');
    });

  test('JSON that is cut off is bad_response, is not retried, and keeps its key', async (t) => {
    const whole = JSON.stringify(sessionAnswer());
    const page = openPage(t);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        page.endpoint.requests.length = 0;
        page.endpoint.steps = [answer(whole.slice(0, length), JSON_TYPE), session()];
        const { retryable } = await page.fails(createSession(page.purchase), 'bad_response');
        assert.equal(retryable, true);
        assert.equal(page.endpoint.requests.length, 1);
        await page.run(createSession(page.purchase));
        assertOneKey(page);
      }),
    );
  });

  test('characters of several bytes are read when the network splits them', async (t) => {
    const bytes = new TextEncoder().encode(JSON.stringify(sessionAnswer({ status_token: 'ü€😀' })));
    let sent = 0;
    const pull = (control: ReadableStreamDefaultController<Uint8Array>) =>
      sent < bytes.length ? control.enqueue(bytes.subarray(sent, ++sent)) : control.close();
    const page = openPage(t, new Response(new ReadableStream({ pull })));
    assert.equal((await page.run(createSession(page.purchase))).statusToken, 'ü€😀');
  });

  test('64 KB are read, one more byte is bad_response', async (t) => {
    const room = 65_536 - JSON.stringify(sessionAnswer({ more: '' })).length;
    const page = openPage(t, session({ more: 'x'.repeat(room) }), session({ more: 'x'.repeat(room + 1) }));
    await page.run(createSession(page.purchase));
    await page.fails(createSession(page.purchase), 'bad_response');
  });

  for (const [status, code] of [
    [200, 'bad_response'],
    [404, 'not_found'],
    [500, 'server_error'],
  ] as const)
    test(`a ${status} without an end is cut off at 64 KB, cancelled, and is an error by its status`, async (t) => {
      let pulled = 0;
      let isCancelled = false;
      const body = new ReadableStream<Uint8Array>({
        pull(control) {
          pulled += 4096;
          control.enqueue(new Uint8Array(4096).fill(0x20));
        },
        cancel() {
          isCancelled = true;
        },
      });
      const page = openPage(t, new Response(body, { status }));
      await page.fails(createSession(page.purchase), code);
      assert.equal(page.endpoint.requests.length, 1);
      await settle();
      assert.ok(isCancelled, 'the stream was not cancelled');
      assert.ok(pulled < 100_000, `${pulled} bytes were pulled`);
    });
});

describe('the body of an error', () => {
  test('errors[] of RFC 9457 become fields; the problem’s own sentence is left out', async (t) => {
    const errors = [
      { path: 'line_items[0].product_id', code: 'unknown_product', message: 'not in the catalogue' },
      { path: 'customer.email', code: 'required', message: 'expected an e-mail address' },
    ];
    const page = openPage(
      t,
      problem(422, 'validation_error', { 'x-request-id': 'req_1' }, { errors, detail: SENTINEL }),
    );
    const { message, details } = await page.fails(createSession(page.purchase), 'rejected');
    assert.deepEqual(details, {
      status: 422,
      reason: 'validation_error',
      requestId: 'req_1',
      fields: errors,
      retryAfterMs: undefined,
    });
    assert.equal(message, `endpoint="${page.endpoint.url}" answered 422`);
  });

  test('JSON pointers and the fields of the older envelope become paths of the cart', async (t) => {
    const page = openPage(
      t,
      problem(
        422,
        'validation_error',
        {},
        { errors: [{ pointer: '#/line_items/2/price', detail: 'too low' }, null, 7] },
      ),
      Response.json(
        {
          success: false,
          error_code: 'VALIDATION',
          details: { field_errors: { 'customer.email': ['Wrong', 'Really'] } },
        },
        { status: 422 },
      ),
    );
    const first = await page.fails(createSession(page.purchase), 'rejected');
    assert.deepEqual(first.details.fields, [
      { path: 'line_items[2].price', code: 'invalid', message: 'too low' },
      { path: '$', code: 'invalid', message: '' },
      { path: '$', code: 'invalid', message: '' },
    ]);
    const second = await page.fails(createSession(page.purchase), 'rejected');
    assert.deepEqual(second.details.fields, [
      { path: 'customer.email', code: 'invalid', message: 'Wrong Really' },
    ]);
  });

  test('a code that is not a text is not a reason', async (t) => {
    const page = openPage(t);
    for (const code of [{ email: SENTINEL }, { toString: 1 }, 7, null, ['session_closed']]) {
      page.endpoint.steps = [Response.json({ code }, { status: 422 })];
      const { details } = await page.fails(createSession(page.purchase), 'rejected');
      assert.equal(details.reason, undefined);
    }
  });

  const ENVELOPES: [string, (word: string) => unknown][] = [
    ['RFC 9457', (code) => ({ type: 'about:blank', title: 'No', code })],
    ['{error: {code, message}}', (code) => ({ error: { code, message: 'No' } })],
    ['{success: false, error_code}', (error_code) => ({ success: false, error_code, error_type: 'x' })],
    ['a plain string', (word) => word],
    ['null', () => null],
    ['an array', (word) => [word]],
    ['{error: null}', () => ({ error: null })],
    ['{error: "…"}', (error) => ({ error })],
  ];
  const CLASSES: [number, string, CheckoutErrorCode][] = [
    [400, 'invalid_request', 'rejected'],
    [401, 'unauthorized', 'unauthorized'],
    [404, 'not_found', 'not_found'],
    [413, 'session_closed_soon', 'rejected'],
    [429, 'session_closed', 'rate_limited'],
    [500, 'request_is_late', 'server_error'],
  ];
  for (const [what, envelope] of ENVELOPES)
    test(`${what} is an error by its status first`, async (t) => {
      const page = openPage(t);
      for (const [status, word, code] of CLASSES) {
        page.endpoint.steps = [Response.json(envelope(word), { status })];
        await page.fails(createSession(page.purchase), code);
      }
    });

  for (const [what, envelope] of ENVELOPES.slice(0, 3))
    test(`the code of ${what} decides if its status is ambiguous`, async (t) => {
      const page = openPage(t);
      for (const [status, word, code] of [
        [409, 'session_closed', 'session_closed'],
        [409, 'price_changed', 'rejected'],
        [422, 'details_required', 'details_required'],
      ] as const) {
        page.endpoint.steps = [Response.json(envelope(word), { status })];
        await page.fails(createSession(page.purchase), code);
      }
    });
});

describe('the response of another implementation of fetch', () => {
  /** A response of a polyfill or a wrapper, without a stream. */
  const without = (text: string, more: object = {}) =>
    ({
      ok: true,
      status: 200,
      headers: new Headers({ 'content-type': JSON_TYPE }),
      ...more,
      text: async () => text,
    }) as Response;
  const SESSION = JSON.stringify(sessionAnswer());

  test('is read as text if it has no stream', async (t) => {
    const page = openPage(t, without(SESSION));
    assert.equal((await page.run(createSession(page.purchase))).checkoutId, 'chk_1');
  });

  test('is bad_response if its text is longer than 64 KB', async (t) => {
    const page = openPage(t, without(SESSION + ' '.repeat(65_536)));
    await page.fails(createSession(page.purchase), 'bad_response');
    assert.equal(page.endpoint.requests.length, 1);
  });

  test('is read as a whole if its length is known, so that a browser does not report it as aborted', async (t) => {
    const headers = { 'content-type': JSON_TYPE, 'content-length': String(SESSION.length) };
    const body = {
      getReader: () => assert.fail('the stream was read'),
    };
    const page = openPage(t);
    t.mock.method(globalThis, 'fetch', async () => without(SESSION, { body, headers: new Headers(headers) }));
    assert.equal((await page.run(createSession(page.purchase))).checkoutId, 'chk_1');
  });

  for (const [what, use] of [
    ['has been read', (response: Response) => response.json()],
    ['is being read', (response: Response) => response.body!.getReader()],
  ] as const)
    test(`is requested once, and the error names the cause, if its body ${what} by a wrapper of fetch`, async (t) => {
      const page = openPage(t);
      const asked: string[] = [];
      t.mock.method(globalThis, 'fetch', async (url: string) => {
        asked.push(url);
        const response = session();
        await use(response);
        return response;
      });
      const { message, details } = await page.fails(createSession(page.purchase), 'bad_response');
      assert.match(message, /body .* already read/);
      assert.equal(details.status, 200);
      assert.equal(asked.length, 1);
    });

  test('is an error by its status if its body has been read', async (t) => {
    const page = openPage(t);
    t.mock.method(globalThis, 'fetch', async () => {
      const response = problem(401, 'forbidden_origin');
      await response.text();
      return response;
    });
    await page.fails(createSession(page.purchase), 'unauthorized');
  });
});

describe('a redirect that makes a POST a GET', () => {
  const TO = 'https://shop.example/api/hsa/';
  const redirected = (response: Response) =>
    Object.defineProperties(response, {
      redirected: { value: true },
      url: { value: `${TO}?key=${SENTINEL}` },
    });

  for (const [what, code, response] of [
    ['another JSON', 'bad_response', () => Response.json({ ok: true })],
    ['a page', 'bad_response', () => answer('<p>', 'text/html')],
    ['405', 'not_found', () => problem(405)],
  ] as [string, CheckoutErrorCode, () => Response][])
    test(`is named with both URLs if the response is ${what}`, async (t) => {
      const page = openPage(t);
      t.mock.method(globalThis, 'fetch', async () => redirected(response()));
      const endpoint = `${page.endpoint.url}?key=${SENTINEL}`;
      const { message } = await page.fails(createSession({ ...page.purchase, endpoint }), code);
      assert.match(message, /redirect/);
      assert.ok(message.includes(`"${page.endpoint.url}"`) && message.includes(`"${TO}"`), message);
      assert.ok(!message.includes(SENTINEL), message);
    });

  test('is not an error if a session is returned, as after a 308', async (t) => {
    const page = openPage(t);
    t.mock.method(globalThis, 'fetch', async () => redirected(session()));
    assert.equal((await page.run(createSession(page.purchase))).checkoutId, 'chk_1');
  });
});

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fc } from '../support/property-runs.js';
import { createSession, type Session } from '../../src/client/index.js';
import { CheckoutError, checkoutUrl } from '../../src/core/index.js';
import { minimalCart } from '../support/fixtures.js';
import { answer, problem, session, sessionAnswer } from './endpoint.js';
import { openPage } from './fixtures.js';

const UUID_V4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

describe('the request for a session', () => {
  test('is one POST of the cart as JSON, with a UUID v4 as its idempotency key', async (t) => {
    const page = openPage(t, session());
    await page.run(createSession(page.purchase));
    const [request, ...others] = page.endpoint.requests;
    assert.deepEqual(others, []);
    assert.equal(request!.method, 'POST');
    assert.equal(request!.url, page.endpoint.url);
    assert.deepEqual(request!.body, minimalCart());
    assert.deepEqual([...request!.headers.keys()], ['content-type', 'idempotency-key']);
    assert.equal(request!.headers.get('content-type'), 'application/json');
    assert.match(request!.headers.get('idempotency-key')!, UUID_V4);
  });

  test('is never cached', async (t) => {
    const page = openPage(t, session());
    await page.run(createSession(page.purchase));
    assert.equal(page.endpoint.requests[0]!.cache, 'no-store');
  });
});

describe('the session of a response', () => {
  const SESSION = {
    checkoutId: 'chk_1',
    checkoutUrl: 'https://checkout.withgale.com/c/chk_1',
    checkoutType: 'split',
    expiresAt: '2026-11-24T12:00:00Z',
    expiresInS: 86_400,
    subtotalCents: 8993,
    totalCents: 9903,
    hsaCents: undefined,
    regularCents: undefined,
    statusToken: 'v1.token',
    test: true,
  };

  /** The session without the page's own key. */
  const answered = ({ key: _key, keyName: _keyName, ...rest }: Session) => rest;

  test('has the idempotency key of its request, and the name that the key is stored under', async (t) => {
    const page = openPage(t, session());
    const { key, keyName } = await page.run(createSession(page.purchase));
    assert.equal(key, page.endpoint.requests[0]!.headers.get('idempotency-key'));
    assert.match(sessionStorage.getItem(`hsa-checkout:${keyName}`) ?? '', new RegExp(`^${key} `));
  });

  test('unknown fields are left out', async (t) => {
    const page = openPage(
      t,
      session({ wallet: { apple: true }, amounts: { subtotal: 8993, total: 9903, tip: 1 } }),
    );
    const opened = await page.run(createSession(page.purchase));
    assert.deepEqual(answered(opened), SESSION);
  });

  test('needs only an id', async (t) => {
    const page = openPage(t, Response.json({ checkout_id: 'A-z_0' }));
    assert.deepEqual(answered(await page.run(createSession(page.purchase))), {
      checkoutId: 'A-z_0',
      checkoutUrl: undefined,
      checkoutType: undefined,
      expiresAt: undefined,
      expiresInS: undefined,
      subtotalCents: undefined,
      totalCents: undefined,
      hsaCents: undefined,
      regularCents: undefined,
      statusToken: undefined,
      test: false,
    });
  });

  test('is in test mode only if `test` is true', async (t) => {
    const page = openPage(t);
    for (const word of ['true', 1, {}, null, undefined, false]) {
      page.endpoint.steps = [session({ test: word })];
      const opened = await page.run(createSession(page.purchase));
      assert.equal(opened.test, false, JSON.stringify(word));
    }
  });

  test('an unknown cart type stays unknown', async (t) => {
    const page = openPage(t);
    for (const type of [
      'lmn',
      'ineligible',
      'ELIGIBLE',
      'eligible ',
      'eligible\nsplit',
      'hsa',
      '',
      null,
      7,
      {},
    ]) {
      page.endpoint.steps = [session({ type })];
      const opened = await page.run(createSession(page.purchase));
      assert.equal(opened.checkoutType, undefined, JSON.stringify(type));
    }
    for (const type of ['eligible', 'split', 'regular']) {
      page.endpoint.steps = [session({ type })];
      const opened = await page.run(createSession(page.purchase));
      assert.equal(opened.checkoutType, type);
    }
  });

  test('an unknown status does not stop a session', async (t) => {
    const page = openPage(t);
    for (const status of ['requires_action', 'OPEN', '', null, 7, undefined]) {
      page.endpoint.steps = [session({ status })];
      assert.deepEqual(answered(await page.run(createSession(page.purchase))), SESSION);
    }
  });

  const STRANGE_EXPIRIES: unknown[] = [
    ...[
      undefined,
      null,
      '',
      'soon',
      '2026-11-24T12:00:00',
      '2026-13-40T99:00:00Z',
      'soonTZ',
      0,
      -1,
      1.7e12,
      {},
    ],
    ...[['2026-11-24T12:00:00Z'], { toString: 1 }],
  ];
  for (const expires_at of STRANGE_EXPIRIES)
    test(`expires_at ${JSON.stringify(expires_at)} does not stop a session, and is left out`, async (t) => {
      const page = openPage(t, session({ expires_at, expires_in: undefined }));
      const opened = await page.run(createSession(page.purchase));
      assert.equal(opened.checkoutId, 'chk_1');
      assert.equal(opened.expiresAt, undefined);
    });

  for (const days of [-1, 1, 400])
    test(`a device whose clock is wrong by ${days} days opens a session, and sends the same key again`, async (t) => {
      const page = openPage(t);
      t.mock.timers.setTime(Date.now() + days * 86_400_000);
      const expires_at = new Date(Date.now() - days * 86_400_000 + 3_600_000).toISOString();
      page.endpoint.steps = [session({ expires_at }), session({ expires_at, expires_in: undefined })];
      for (let press = 0; press < 2; press++) {
        const opened = await page.run(createSession(page.purchase));
        assert.equal(opened.checkoutId, 'chk_1');
      }
      assert.equal(new Set(page.endpoint.keys).size, 1);
    });

  for (const expires_in of [0, -1, -86_400, -0.5])
    test(`a session that has expired by the server’s clock (${expires_in} s left) is replaced once, without a message, under a new key`, async (t) => {
      const page = openPage(t, session({ expires_in }), session());
      assert.equal((await page.run(createSession(page.purchase))).checkoutId, 'chk_1');
      assert.equal(new Set(page.endpoint.keys).size, 2);
    });

  test('a second expired session is session_expired, and the next press has a third key', async (t) => {
    const page = openPage(t, session({ expires_in: 0 }), session({ expires_in: 0 }), session());
    const { retryable } = await page.fails(createSession(page.purchase), 'session_expired');
    assert.equal(retryable, true);
    await page.run(createSession(page.purchase));
    assert.equal(new Set(page.endpoint.keys).size, 3);
  });

  for (const status of ['expired', 'failed', 'CANCELLED', 'refunded'])
    test(`a session that is ${status} is not opened: another one is requested`, async (t) => {
      const page = openPage(t, session({ status }), session({ checkout_id: 'chk_2' }));
      assert.equal((await page.run(createSession(page.purchase))).checkoutId, 'chk_2');
      assert.equal(new Set(page.endpoint.keys).size, 2);
    });

  for (const status of ['paid', 'PAID', 'complete', 'completed'])
    test(`a session that is ${status} is closed, and the next press has a fresh key`, async (t) => {
      const page = openPage(t, session({ status }), session());
      await page.fails(createSession(page.purchase), 'session_closed');
      await page.run(createSession(page.purchase));
      assert.equal(new Set(page.endpoint.keys).size, 2);
    });

  test('a key that belongs to another cart is replaced once; the second time it is conflict', async (t) => {
    const reused = () => problem(422, 'idempotency_key_reused');
    const page = openPage(t, reused(), session(), reused(), reused());
    await page.run(createSession(page.purchase));
    assert.equal(new Set(page.endpoint.keys).size, 2);
    await page.fails(createSession(page.purchase), 'conflict');
    assert.equal(page.endpoint.requests.length, 4);
    assert.equal(new Set(page.endpoint.keys).size, 3);
  });

  for (const [field, value, read] of [
    ['type', ['split'], 'checkoutType'],
    ['amounts', { subtotal: '9', total: -1 }, 'subtotalCents'],
    ['amounts', { subtotal: 1.5, total: {} }, 'totalCents'],
    ['amounts', 'free', 'subtotalCents'],
    ['status_token', {}, 'statusToken'],
  ] as const)
    test(`${field} as ${JSON.stringify(value)} is ignored`, async (t) => {
      const page = openPage(t, session({ [field]: value }));
      assert.equal((await page.run(createSession(page.purchase)))[read], undefined);
    });

  test('the complete request is sent again at once, with the new key', async (t) => {
    const page = openPage(t, problem(422, 'idempotency_key_reused'), session());
    await page.run(createSession(page.purchase));
    assert.deepEqual(page.endpoint.waitsMs, [0]);
    const [first, second] = page.endpoint.requests;
    assert.deepEqual([second!.method, second!.url, second!.body], [first!.method, first!.url, first!.body]);
    assert.match(page.endpoint.keys[1]!, UUID_V4);
  });

  test('a session that expired before its response arrived is not opened; the second time it is session_expired', async (t) => {
    const page = openPage(t);
    for (const over of [{ expires_in: 0 }, { status: 'expired' }]) {
      page.endpoint.requests.length = 0;
      page.endpoint.steps = [session(over), session(over)];
      const { message } = await page.fails(createSession(page.purchase), 'session_expired');
      assert.equal(message, 'session_expired');
      assert.deepEqual(page.endpoint.waitsMs, [0]);
      assert.equal(new Set(page.endpoint.keys).size, 2);
    }
  });

  test('a response with session_expired leads to one more request, with a new key', async (t) => {
    const page = openPage(t, problem(409, 'session_expired'), session());
    await page.run(createSession(page.purchase));
    assert.equal(new Set(page.endpoint.keys).size, 2);
  });

  test('a silent second attempt that fails reports its own failure', async (t) => {
    const page = openPage(t, session({ expires_in: 0 }), problem(500, 'hook_failed'));
    await page.fails(createSession(page.purchase), 'server_error');
  });

  test('a closed session and a changed price cause no second request', async (t) => {
    const page = openPage(t);
    for (const [word, code] of [
      ['session_closed', 'session_closed'],
      ['price_changed', 'rejected'],
    ] as const) {
      page.endpoint.requests.length = 0;
      page.endpoint.steps = [problem(409, word)];
      await page.fails(createSession(page.purchase), code);
      assert.equal(page.endpoint.requests.length, 1);
    }
  });

  for (const expires_at of ['2026-11-24T12:00:00Z', '2026-11-24T12:00:00.5Z', '2026-11-24T07:00-05:00'])
    test(`expires_at ${expires_at} is read in its time zone`, async (t) => {
      const page = openPage(t, session({ expires_at }));
      assert.equal((await page.run(createSession(page.purchase))).expiresAt, expires_at);
    });

  test('expires_in may be null', async (t) => {
    const page = openPage(t, session({ expires_in: null }));
    const opened = await page.run(createSession(page.purchase));
    assert.equal(opened.checkoutId, 'chk_1');
  });
});

describe('responses that are not a session', () => {
  for (const [what, response] of [
    ['a 204', () => new Response(null, { status: 204 })],
    ['an empty body', () => answer('', 'application/json')],
    ['null', () => Response.json(null)],
    ['[]', () => Response.json([])],
    ['[{…}]', () => Response.json([sessionAnswer()])],
    ['{}', () => Response.json({})],
    ['"ok"', () => Response.json('ok')],
    ['ok', () => answer('ok', 'application/json')],
    ['0', () => Response.json(0)],
    ['true', () => Response.json(true)],
    ['{"success":false}', () => Response.json({ success: false, error_code: 'not_found' })],
  ] as const)
    test(`${what} is bad_response, and is not requested again`, async (t) => {
      const page = openPage(t, response());
      const { retryable } = await page.fails(createSession(page.purchase), 'bad_response');
      assert.equal(retryable, true);
      assert.equal(page.endpoint.requests.length, 1);
    });

  test('any JSON that is not a session is bad_response', async (t) => {
    const page = openPage(t);
    await fc.assert(
      fc.asyncProperty(fc.json(), async (json) => {
        page.endpoint.steps = [answer(json, 'application/json')];
        await page.fails(createSession(page.purchase), 'bad_response');
      }),
    );
  });

  const BAD_IDS: unknown[] = [
    ...['', ' ', 'a b', 'chk_1\n', '<b>chk</b>', '"><script>', '../x', 'a.b', 'ä', 'x'.repeat(129)],
    ...[null, 0, 123, true, [], ['chk_1'], {}, { toString: 1 }],
  ];
  for (const checkout_id of BAD_IDS)
    test(`the checkout_id ${JSON.stringify(checkout_id).slice(0, 20)} is bad_response`, async (t) => {
      const page = openPage(t, session({ checkout_id }));
      const error = await page.fails(createSession(page.purchase), 'bad_response');
      assert.equal(error.message, 'checkout_id is malformed');
    });

  test('an id of 128 characters is accepted', async (t) => {
    const page = openPage(t, session({ checkout_id: 'x'.repeat(128) }));
    assert.equal((await page.run(createSession(page.purchase))).checkoutId.length, 128);
  });

  test('an id is 1 to 128 letters, digits, dashes and underscores, and no other value', async (t) => {
    const page = openPage(t);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.jsonValue(), fc.stringMatching(/^[\w-]{1,130}$/)),
        async (id) => {
          page.endpoint.steps = [session({ checkout_id: id })];
          const outcome = await page.run(
            createSession(page.purchase).catch(({ code }: CheckoutError) => code),
          );
          const isId = typeof id === 'string' && /^[A-Za-z0-9_-]+$/.test(id) && id.length <= 128;
          if (isId) assert.equal((outcome as { checkoutId: string }).checkoutId, id);
          else assert.equal(outcome, 'bad_response');
        },
      ),
    );
  });

  test('a checkout_url that is not a text is passed on unchanged, for the URL check to refuse', async (t) => {
    const page = openPage(t);
    const noText = fc.jsonValue().filter((value) => typeof value !== 'string' || !value);
    await fc.assert(
      fc.asyncProperty(fc.option(noText, { nil: undefined }), async (checkout_url) => {
        page.endpoint.steps = [session({ checkout_url })];
        const opened = await page.run(createSession(page.purchase));
        assert.throws(
          () => checkoutUrl(opened.checkoutUrl, ['checkout.withgale.com'], true),
          (error) => error instanceof CheckoutError && error.code === 'bad_response',
        );
      }),
    );
  });
});

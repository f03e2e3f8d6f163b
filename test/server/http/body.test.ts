import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CartProblem } from '../../../src/server/index.js';
import {
  submitPaymentPage,
  CART,
  deferred,
  ENDPOINT,
  KEY,
  openShop,
  pageHeaders,
  press,
  problemIn,
  resolve,
  sessionOf,
} from '../fixtures.js';

/** Makes a request with a streamed body and without a Content-Length. */
function streamed(
  pull: (controller: ReadableStreamDefaultController) => unknown,
  cancel = () => {},
): Request {
  const init = {
    method: 'POST',
    headers: pageHeaders(),
    // Without a queue, the stream pulls only when the handler reads.
    body: new ReadableStream({ pull: pull as () => void, cancel }, { highWaterMark: 0 }),
    duplex: 'half',
  };
  return new Request(ENDPOINT, init);
}

/** Makes the form request of a page without script. */
function form(fields: Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request(ENDPOINT, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
    body: new URLSearchParams(fields),
  });
}

describe('request body', () => {
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/jsonp', 'text/json', ''])
    it(`is refused with 415 with ${type || 'no content type'}`, async () => {
      const shop = openShop();
      const problem = await problemIn(await shop.handler(press(CART, { 'content-type': type })));
      assert.equal(problem.status, 415);
      assert.equal(problem.code, 'unsupported_media_type');
      assert.equal(shop.calls.length, 0);
    });

  it('is accepted as JSON with a charset', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press(CART, { 'content-type': 'Application/JSON; charset=utf-8' })));
  });

  for (const text of ['', '{', 'null', '[]', '"cart"', '\u0000'])
    it(`is refused when it is ${JSON.stringify(text)}`, async () => {
      const shop = openShop();
      const problem = await problemIn(await shop.handler(press(text)));
      assert.match(problem.code, /^(bad_request|validation_error)$/);
      assert.equal(shop.calls.length, 0);
    });

  it('is refused when it is not UTF-8', async () => {
    const shop = openShop();
    const request = new Request(ENDPOINT, {
      method: 'POST',
      headers: pageHeaders(),
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    assert.equal((await problemIn(await shop.handler(request))).code, 'bad_request');
  });

  it('is refused unread when its Content-Length is too large', async () => {
    const shop = openShop();
    let pulls = 0;
    const request = streamed(() => pulls++);
    request.headers.set('content-length', String(300_000));
    assert.equal((await problemIn(await shop.handler(request))).code, 'too_large');
    assert.equal(pulls, 0);
  });

  it('is cancelled at the limit when its Content-Length is too small', async () => {
    const shop = openShop();
    let isCancelled = false;
    let sentBytes = 0;
    const request = streamed(
      (controller) => {
        sentBytes += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
      },
      () => (isCancelled = true),
    );
    request.headers.set('content-length', '20');
    const problem = await problemIn(await shop.handler(request));
    assert.equal(problem.status, 413);
    assert.equal(isCancelled, true);
    assert.ok(sentBytes < 400_000, `${sentBytes} bytes were read`);
  });

  it('is accepted with 256 KiB, and refused with one byte more', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press(JSON.stringify(CART).padEnd(256 * 1024))));
    assert.equal((await shop.handler(press(JSON.stringify(CART).padEnd(256 * 1024 + 1)))).status, 413);
  });

  it('is cancelled with a 408 when it takes longer than ten seconds', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const shop = openShop();
    let isCancelled = false;
    const bodyRequested = deferred();
    const answer = shop.handler(
      streamed(
        (controller) => {
          controller.enqueue(new TextEncoder().encode('{'));
          bodyRequested.resolve();
          return new Promise(() => {});
        },
        () => (isCancelled = true),
      ),
    );
    await bodyRequested.promise;
    t.mock.timers.tick(10_000);
    assert.equal((await problemIn(await answer)).status, 408);
    assert.equal(isCancelled, true);
  });

  for (const encoding of ['gzip', 'br', 'gzip, identity'])
    it(`is refused with the content encoding ${encoding}`, async () => {
      const shop = openShop();
      const problem = await problemIn(await shop.handler(press(CART, { 'content-encoding': encoding })));
      assert.equal(problem.status, 415);
    });

  it('gets bad_request when its connection breaks', async () => {
    const shop = openShop();
    const problem = await problemIn(await shop.handler(streamed((c) => c.error(new Error('reset')))));
    assert.equal(problem.code, 'bad_request');
  });
});

describe('form without script', () => {
  it('gets a redirect to the payment page', async () => {
    const shop = openShop();
    const response = await shop.handler(form({ cart: JSON.stringify(CART) }));
    assert.equal(response.status, 303);
    assert.match(response.headers.get('location')!, /^https:\/\/sandbox\.example\/pay\//);
  });

  it('opens one session when it is sent twice with the same key', async () => {
    const shop = openShop();
    const fields = { cart: JSON.stringify(CART), idempotency_key: KEY };
    const [first, second] = [await shop.handler(form(fields)), await shop.handler(form(fields))];
    assert.equal(first.headers.get('location'), second.headers.get('location'));
    assert.equal(shop.opened().length, 1);
  });

  const noKeys: Record<string, Record<string, string>> = {
    'without a key': {},
    'with an empty key': { idempotency_key: '' },
    'with a key that is too short': { idempotency_key: KEY.slice(0, 8) },
  };
  for (const [keyCase, key] of Object.entries(noKeys))
    it(`opens a session for each request ${keyCase}`, async () => {
      const shop = openShop();
      const fields = { cart: JSON.stringify(CART), ...key };
      const [first, second] = [await shop.handler(form(fields)), await shop.handler(form(fields))];
      for (const { headers } of [first, second])
        assert.match(headers.get('location')!, /^https:\/\/sandbox\.example\/pay\//);
      assert.notEqual(first.headers.get('location'), second.headers.get('location'));
    });

  it('gets a redirect to the failure URL with the code of the problem', async () => {
    const shop = openShop({
      resolveCart: () => {
        throw new CartProblem([{ path: 'line_items[0].product_id', code: 'unknown_product', message: '' }]);
      },
    });
    const codes: Record<string, Record<string, string>> = {
      unknown_product: { cart: JSON.stringify(CART) },
      validation_error: { cart: '{"line_items":[]}' },
      bad_request: {},
    };
    for (const [code, fields] of Object.entries(codes)) {
      const response = await shop.handler(form(fields));
      assert.equal(response.status, 303);
      const location = `https://shop.example/cart?from=checkout&hsa_error=${code}#pay`;
      assert.equal(response.headers.get('location'), location);
      assert.ok(shop.events.some((event) => event.type === 'answer' && event.code === code));
    }
  });

  it('gets a redirect to the failure URL above the rate limit; other requests get a 429', async () => {
    const shop = openShop({ rateLimit: () => ({ retryAfterMs: 5000 }) });
    const response = await shop.handler(form({ cart: JSON.stringify(CART) }));
    assert.equal(response.status, 303);
    const location = 'https://shop.example/cart?from=checkout&hsa_error=rate_limited#pay';
    assert.equal(response.headers.get('location'), location);
    assert.equal(response.headers.get('retry-after'), '5');
    assert.equal(shop.calls.length, 0);
    // A request from a script, and a form for another route, get the problem itself.
    assert.equal((await shop.handler(press())).status, 429);
    const otherRoute = new Request(`${ENDPOINT}/eligibility`, form({ cart: JSON.stringify(CART) }));
    assert.equal((await shop.handler(otherRoute)).status, 429);
  });

  it('gets a redirect to a failure URL with non-ASCII letters, after a failure and from the payment page', async () => {
    let hookWorks = false;
    const shop = openShop({
      resolveCart: (cart) => (hookWorks ? resolve(cart) : Promise.reject(new Error('no'))),
      failureUrl: () => 'https://shop.example/買い物?x={id}',
    });
    const cart = JSON.stringify(CART);
    const failureUrl = 'https://shop.example/%E8%B2%B7%E3%81%84%E7%89%A9?x={id}';
    const refused = await shop.handler(form({ cart }));
    assert.equal(refused.status, 303);
    assert.equal(refused.headers.get('location'), `${failureUrl}&hsa_error=hook_failed`);
    hookWorks = true;
    const { headers } = await shop.handler(form({ cart }));
    const returnUrl = await submitPaymentPage(shop, headers.get('location')!, 'cancel');
    assert.ok(returnUrl.startsWith(`${failureUrl}&hsa_checkout=`), returnUrl);
    // The provider gets the URL unencoded, because JSON has no limit to ASCII.
    assert.match(shop.opened()[0]!.body.failure_url, /買い物/);
  });

  it('logs a failed hook on the console, and reports the invalid fields to onEvent', async (t) => {
    const { mock } = t.mock.method(console, 'error', () => {});
    const resolveCart = () => Promise.reject(new Error('the database is down'));
    const failing = openShop({ onEvent: undefined, resolveCart });
    await failing.handler(form({ cart: '{"line_items":[]}' }));
    assert.equal(mock.callCount(), 0);
    await failing.handler(form({ cart: JSON.stringify(CART) }));
    assert.equal(mock.callCount(), 1);
    assert.match(String(mock.calls[0]!.arguments[1]), /"status":303.*"code":"hook_failed"/);

    const shop = openShop();
    await shop.handler(form({ cart: '{"line_items":[]}' }));
    const [event] = shop.events;
    assert.deepEqual(event?.type === 'answer' && event.paths, ['line_items']);
  });

  it('gets hook_failed when failureUrl returns a relative URL', async () => {
    const shop = openShop({ failureUrl: () => '/cart' });
    assert.equal((await problemIn(await shop.handler(form({})))).code, 'hook_failed');
  });

  it('gets a 403 from another site', async () => {
    const shop = openShop();
    const cart = JSON.stringify(CART);
    assert.equal((await shop.handler(form({ cart }, { 'sec-fetch-site': 'cross-site' }))).status, 403);
    assert.equal(shop.calls.length, 0);
  });

  it('gets a 415 on another route', async () => {
    const shop = openShop();
    const request = new Request(`${ENDPOINT}/eligibility`, form({ cart: JSON.stringify(CART) }));
    assert.equal((await shop.handler(request)).status, 415);
  });
});

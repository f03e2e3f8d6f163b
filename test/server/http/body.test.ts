import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CartProblem } from '../../../src/server/index.js';
import {
  atPaymentPage,
  CART,
  ENDPOINT,
  KEY,
  openShop,
  pageHeaders,
  press,
  problemIn,
  resolve,
  sessionOf,
} from '../fixtures.js';

/** A request whose body comes piece by piece, without a length. */
function streamed(
  pull: (controller: ReadableStreamDefaultController) => unknown,
  cancel = () => {},
): Request {
  const init = {
    method: 'POST',
    headers: pageHeaders(),
    // Nothing is pulled before somebody reads.
    body: new ReadableStream({ pull: pull as () => void, cancel }, { highWaterMark: 0 }),
    duplex: 'half',
  };
  return new Request(ENDPOINT, init);
}

/** The form of a page whose script did not run. */
function form(fields: Record<string, string>, headers: Record<string, string> = {}): Request {
  return new Request(ENDPOINT, {
    method: 'POST',
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
    body: new URLSearchParams(fields),
  });
}

describe('the body', () => {
  for (const type of ['text/plain', 'multipart/form-data; boundary=x', 'application/jsonp', 'text/json', ''])
    it(`refuses ${type || 'no content type'}`, async () => {
      const shop = openShop();
      const problem = await problemIn(await shop.handler(press(CART, { 'content-type': type })));
      assert.equal(problem.status, 415);
      assert.equal(problem.code, 'unsupported_media_type');
      assert.equal(shop.calls.length, 0);
    });

  it('accepts JSON with a charset', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press(CART, { 'content-type': 'Application/JSON; charset=utf-8' })));
  });

  for (const text of ['', '{', 'null', '[]', '"cart"', '\u0000'])
    it(`refuses the body ${JSON.stringify(text)}, and does not repeat it`, async () => {
      const shop = openShop();
      const problem = await problemIn(await shop.handler(press(text)));
      assert.match(problem.code, /^(bad_request|validation_error)$/);
      assert.equal(shop.calls.length, 0);
    });

  it('refuses a body that is not UTF-8', async () => {
    const shop = openShop();
    const request = new Request(ENDPOINT, {
      method: 'POST',
      headers: pageHeaders(),
      body: new Uint8Array([0x22, 0xff, 0x22]),
    });
    assert.equal((await problemIn(await shop.handler(request))).code, 'bad_request');
  });

  it('refuses a body that says it is too large, without reading it', async () => {
    const shop = openShop();
    let pulled = 0;
    const request = streamed(() => pulled++);
    request.headers.set('content-length', String(300_000));
    assert.equal((await problemIn(await shop.handler(request))).code, 'too_large');
    assert.equal(pulled, 0);
  });

  it('counts the bytes of a body that lies about its length, and stops it', async () => {
    const shop = openShop();
    let stopped = false;
    let sent = 0;
    const request = streamed(
      (controller) => {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
      },
      () => (stopped = true),
    );
    request.headers.set('content-length', '20');
    const problem = await problemIn(await shop.handler(request));
    assert.equal(problem.status, 413);
    assert.equal(stopped, true);
    assert.ok(sent < 400_000, `${sent} bytes were taken`);
  });

  it('accepts a body of exactly 256 KB', async () => {
    const shop = openShop();
    await sessionOf(await shop.handler(press(JSON.stringify(CART).padEnd(256 * 1024))));
    assert.equal((await shop.handler(press(JSON.stringify(CART).padEnd(256 * 1024 + 1)))).status, 413);
  });

  it('a body that trickles in is cut off after ten seconds', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] });
    const shop = openShop();
    let stopped = false;
    let begun = () => {};
    const reading = new Promise<void>((done) => (begun = done));
    const answer = shop.handler(
      streamed(
        (controller) => {
          controller.enqueue(new TextEncoder().encode('{'));
          begun();
          return new Promise(() => {});
        },
        () => (stopped = true),
      ),
    );
    await reading;
    t.mock.timers.tick(10_000);
    assert.equal((await problemIn(await answer)).status, 408);
    assert.equal(stopped, true);
  });

  for (const encoding of ['gzip', 'br', 'gzip, identity'])
    it(`refuses a body packed with ${encoding}`, async () => {
      const shop = openShop();
      const problem = await problemIn(await shop.handler(press(CART, { 'content-encoding': encoding })));
      assert.equal(problem.status, 415);
    });

  it('answers a connection that breaks while the body comes', async () => {
    const shop = openShop();
    const problem = await problemIn(await shop.handler(streamed((c) => c.error(new Error('reset')))));
    assert.equal(problem.code, 'bad_request');
  });
});

describe('the form fallback', () => {
  it('sends a page without script to the payment page', async () => {
    const shop = openShop();
    const response = await shop.handler(form({ cart: JSON.stringify(CART) }));
    assert.equal(response.status, 303);
    assert.match(response.headers.get('location')!, /^https:\/\/sandbox\.example\/pay\//);
  });

  it('opens one session for a form that is sent twice with its key', async () => {
    const shop = openShop();
    const fields = { cart: JSON.stringify(CART), idempotency_key: KEY };
    const [first, second] = [await shop.handler(form(fields)), await shop.handler(form(fields))];
    assert.equal(first.headers.get('location'), second.headers.get('location'));
    assert.equal(shop.opened().length, 1);
  });

  const noKeys: Record<string, Record<string, string>> = {
    'without a key': {},
    'with an empty key': { idempotency_key: '' },
    'with half a key': { idempotency_key: KEY.slice(0, 8) },
  };
  for (const [which, key] of Object.entries(noKeys))
    it(`gives forms ${which} a session each`, async () => {
      const shop = openShop();
      const fields = { cart: JSON.stringify(CART), ...key };
      const [first, second] = [await shop.handler(form(fields)), await shop.handler(form(fields))];
      for (const { headers } of [first, second])
        assert.match(headers.get('location')!, /^https:\/\/sandbox\.example\/pay\//);
      assert.notEqual(first.headers.get('location'), second.headers.get('location'));
    });

  it('comes back to the failure URL with the code of what went wrong', async () => {
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

  it('comes back to the failure URL where the shopper asks too often', async () => {
    const shop = openShop({ rateLimit: () => ({ retryAfterMs: 5000 }) });
    const response = await shop.handler(form({ cart: JSON.stringify(CART) }));
    assert.equal(response.status, 303);
    const location = 'https://shop.example/cart?from=checkout&hsa_error=rate_limited#pay';
    assert.equal(response.headers.get('location'), location);
    assert.equal(response.headers.get('retry-after'), '5');
    assert.equal(shop.calls.length, 0);
    // A script, and a form for another route, read the problem itself.
    assert.equal((await shop.handler(press())).status, 429);
    const elsewhere = new Request(`${ENDPOINT}/eligibility`, form({ cart: JSON.stringify(CART) }));
    assert.equal((await shop.handler(elsewhere)).status, 429);
  });

  it('comes back to a failure URL in any script, after a refusal and from the payment page', async () => {
    let isOpen = false;
    const shop = openShop({
      resolveCart: (cart) => (isOpen ? resolve(cart) : Promise.reject(new Error('no'))),
      failureUrl: () => 'https://shop.example/買い物?x={id}',
    });
    const cart = JSON.stringify(CART);
    const address = 'https://shop.example/%E8%B2%B7%E3%81%84%E7%89%A9?x={id}';
    const refused = await shop.handler(form({ cart }));
    assert.equal(refused.status, 303);
    assert.equal(refused.headers.get('location'), `${address}&hsa_error=hook_failed`);
    isOpen = true;
    const { headers } = await shop.handler(form({ cart }));
    const back = await atPaymentPage(shop, headers.get('location')!, 'cancel');
    assert.ok(back.startsWith(`${address}&hsa_checkout=`), back);
    // The provider gets it as the merchant wrote it: JSON takes any letter.
    assert.match(shop.opened()[0]!.body.failure_url, /買い物/);
  });

  it('tells on the console of a form that the shop failed, and in onEvent which fields were at fault', async (t) => {
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
    const [told] = shop.events;
    assert.deepEqual(told?.type === 'answer' && told.paths, ['line_items']);
  });

  it('answers a plain 500 for a failure URL that is not a URL', async () => {
    const shop = openShop({ failureUrl: () => '/cart' });
    assert.equal((await problemIn(await shop.handler(form({})))).code, 'hook_failed');
  });

  it('is refused from another site', async () => {
    const shop = openShop();
    const cart = JSON.stringify(CART);
    assert.equal((await shop.handler(form({ cart }, { 'sec-fetch-site': 'cross-site' }))).status, 403);
    assert.equal(shop.calls.length, 0);
  });

  it('works at create only', async () => {
    const shop = openShop();
    const request = new Request(`${ENDPOINT}/eligibility`, form({ cart: JSON.stringify(CART) }));
    assert.equal((await shop.handler(request)).status, 415);
  });
});

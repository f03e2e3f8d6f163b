import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CART, ENDPOINT, KEY, openShop, pageHeaders, press, problemIn, sessionOf } from '../fixtures.js';

const PARTNER = 'https://app.partner.example';

/** Makes a request with these headers about its caller. */
function requestFrom(caller: Record<string, string>, method = 'POST', path = ''): Request {
  return new Request(ENDPOINT + path, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': KEY, ...caller },
    ...(method === 'POST' && { body: JSON.stringify(CART) }),
  });
}

describe('request’s origin', () => {
  it('is kept by a Request in Node, unlike in browsers', () => {
    const { headers } = requestFrom({ origin: PARTNER, 'sec-fetch-site': 'cross-site' });
    assert.equal(headers.get('origin'), PARTNER);
    assert.equal(headers.get('sec-fetch-site'), 'cross-site');
  });

  const callers: [string, Record<string, string>, number][] = [
    ['from the shop’s own page', { 'sec-fetch-site': 'same-origin' }, 200],
    [
      'from the shop’s own page with its Origin',
      { 'sec-fetch-site': 'same-origin', origin: 'https://shop.example' },
      200,
    ],
    ['from the shop’s own page with no-referrer', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
    ['from a listed origin in a browser without Sec-Fetch-Site', { origin: PARTNER }, 200],
    ['from a listed origin across sites', { 'sec-fetch-site': 'cross-site', origin: PARTNER }, 200],
    ['without Origin and Sec-Fetch-Site', {}, 403],
    ['from an opaque origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
    ['with only the origin of the request’s own URL', { origin: 'https://shop.example' }, 403],
    [
      'with its origin as the forwarded host',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
      403,
    ],
    ['from a sub-domain of the same site', { 'sec-fetch-site': 'same-site' }, 403],
    ['from a URL that the user typed', { 'sec-fetch-site': 'none' }, 403],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, 403],
    [
      'from another site with its Origin',
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      403,
    ],
    ['from an origin that only begins like a listed one', { origin: `${PARTNER}.evil.example` }, 403],
    ['from an origin that only ends like a listed one', { origin: 'https://evil-app.partner.example' }, 403],
    ['from a listed origin over http', { origin: 'http://app.partner.example' }, 403],
    ['from a listed origin at another port', { origin: `${PARTNER}:8443` }, 403],
  ];
  for (const [caller, headers, status] of callers)
    it(`leads to ${status} for a request ${caller}`, async () => {
      const shop = openShop({ origins: [PARTNER] });
      const response = await shop.handler(requestFrom(headers));
      assert.equal(response.status, status);
      assert.equal(shop.opened().length, status === 200 ? 1 : 0);
      const echoed = headers['origin'] === PARTNER ? PARTNER : null;
      assert.equal(response.headers.get('access-control-allow-origin'), echoed);
      assert.equal(response.headers.get('vary'), 'Origin');
      if (status === 403) assert.equal((await problemIn(response)).code, 'forbidden_origin');
    });

  it('is in a 403 and in onEvent with the line that allows it', async () => {
    const shop = openShop({ origins: [PARTNER] });
    const { detail } = await problemIn(
      await shop.handler(requestFrom({ origin: 'https://www.shop.example' })),
    );
    assert.match(
      detail!,
      /^https:\/\/www\.shop\.example is not in origins: .* origins: \['https:\/\/www\.shop\.example'\]$/,
    );
    assert.deepEqual(
      shop.events.map((event) => event.type === 'answer' && event.setup),
      [detail],
    );
  });

  it('is in a 403 with the header to send when both headers are missing, and not in onEvent', async () => {
    const shop = openShop();
    const { detail } = await problemIn(await shop.handler(requestFrom({})));
    assert.match(detail!, /^neither Sec-Fetch-Site nor Origin came with it: .*'Sec-Fetch-Site: same-origin'/);
    assert.ok(shop.events.every((event) => !('setup' in event)));
  });

  it('is not in the 403 when it is not a URL', async () => {
    const shop = openShop();
    for (const origin of [
      'null',
      'javascript:alert(1)',
      "https://x'];alert(1)",
      `https://${'a'.repeat(400)}`,
    ]) {
      const headers = { origin, 'sec-fetch-site': 'cross-site' };
      assert.equal((await problemIn(await shop.handler(requestFrom(headers)))).detail, undefined);
    }
    const { detail } = await problemIn(
      await shop.handler(requestFrom({ origin: 'https://shop.example/path?q=1' })),
    );
    assert.doesNotMatch(detail!, /path|q=1/);
  });

  it('gets a 403 before the rate limit and the hooks when it is not allowed', async () => {
    const fail = () => assert.fail('a hook was called');
    const shop = openShop({ rateLimit: fail, resolveCart: fail, resolveEligibility: fail });
    for (const path of ['', '/eligibility'])
      assert.equal(
        (await shop.handler(requestFrom({ origin: 'https://evil.example' }, 'POST', path))).status,
        403,
      );
  });

  it('gets a 204 for its preflight when it is listed', async () => {
    const shop = openShop({ origins: [PARTNER] });
    const response = await shop.handler(
      requestFrom({ origin: PARTNER, 'access-control-request-method': 'POST' }, 'OPTIONS'),
    );
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('access-control-allow-origin'), PARTNER);
    assert.equal(response.headers.get('access-control-allow-headers'), 'content-type, idempotency-key');
    assert.equal(response.headers.get('access-control-allow-methods'), 'POST');
    assert.ok(Number(response.headers.get('access-control-max-age')) > 0);
    assert.equal(response.headers.get('access-control-allow-credentials'), null);
    assert.equal(response.headers.get('vary'), 'Origin');
  });

  it('gets a 403 without a CORS header for its preflight when it is not listed', async () => {
    const shop = openShop({ origins: [PARTNER] });
    const response = await shop.handler(requestFrom({ origin: 'https://evil.example' }, 'OPTIONS'));
    assert.equal(response.status, 403);
    assert.deepEqual(
      [...response.headers.keys()].filter((name) => name.startsWith('access-control')),
      [],
    );
  });

  it('may read the response’s headers when it is listed, also of a failure', async () => {
    const shop = openShop({ origins: [PARTNER] });
    const response = await shop.handler(requestFrom({ origin: PARTNER, 'idempotency-key': 'x' }));
    assert.equal(response.status, 400);
    assert.equal(response.headers.get('access-control-allow-origin'), PARTNER);
    assert.equal(
      response.headers.get('access-control-expose-headers'),
      'retry-after, x-request-id, idempotency-replayed',
    );
  });
});

describe('every response', () => {
  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])
    it(`is a 405 to ${method} on the create route`, async () => {
      const shop = openShop();
      const response = await shop.handler(new Request(ENDPOINT, { method, headers: pageHeaders() }));
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'POST, OPTIONS');
      assert.equal(shop.calls.length, 0);
    });

  it('has headers against caching and sniffing, and a request id', async () => {
    const shop = openShop();
    const requests = [
      press(),
      press('{'),
      new Request(`${ENDPOINT}/status?token=x`),
      new Request(`${ENDPOINT}/webhook`, { method: 'POST' }),
      requestFrom({}, 'OPTIONS'),
    ];
    for (const request of requests) {
      const { headers } = await shop.handler(request);
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('vary'), 'Origin');
      assert.match(headers.get('x-request-id')!, /^[\da-f-]{36}$/);
    }
  });

  it('has the mode for the shop’s own page, also in a failure, and not for another site', async () => {
    const { handler } = openShop();
    const modeFor = async (request: Request) => (await handler(request)).headers.get('x-hsa-checkout-mode');
    assert.equal(await modeFor(press('{')), 'test');
    assert.equal(await modeFor(requestFrom({ origin: 'https://evil.example' })), null);
    assert.equal(await modeFor(requestFrom({}, 'GET', '/status?token=x')), null);
  });

  it('has the request’s valid id, or a new one in place of an invalid id', async () => {
    const shop = openShop();
    const valid = await shop.handler(press('{', { 'x-request-id': 'req_01HZX-7' }));
    assert.equal(valid.headers.get('x-request-id'), 'req_01HZX-7');
    assert.equal((await problemIn(valid)).request_id, 'req_01HZX-7');
    const replaced = await shop.handler(press(CART, { 'x-request-id': '<script>alert(1)</script>' }));
    assert.match(replaced.headers.get('x-request-id')!, /^[\da-f-]{36}$/);
  });

  it('is that of the route that the last segment of the path states', async () => {
    const shop = openShop();
    const at = (path: string) =>
      new Request(`https://shop.example${path}`, press(CART, { 'idempotency-key': crypto.randomUUID() }));
    await sessionOf(await shop.handler(at('/')));
    await sessionOf(await shop.handler(at('/apps/hsa/')));
    assert.equal((await shop.handler(at('/apps/hsa/status/'))).status, 405);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { CART, ENDPOINT, KEY, openShop, pageHeaders, press, problemIn, sessionOf } from '../fixtures.js';

const PARTNER = 'https://app.partner.example';

/** A request with exactly these headers about its caller. */
function from(caller: Record<string, string>, method = 'POST', path = ''): Request {
  return new Request(ENDPOINT + path, {
    method,
    headers: { 'content-type': 'application/json', 'idempotency-key': KEY, ...caller },
    ...(method === 'POST' && { body: JSON.stringify(CART) }),
  });
}

describe('who may call', () => {
  it('a Request in Node keeps the headers that browsers guard', () => {
    const { headers } = from({ origin: PARTNER, 'sec-fetch-site': 'cross-site' });
    assert.equal(headers.get('origin'), PARTNER);
    assert.equal(headers.get('sec-fetch-site'), 'cross-site');
  });

  const callers: [string, Record<string, string>, number][] = [
    ['the shop’s own page', { 'sec-fetch-site': 'same-origin' }, 200],
    [
      'its own page, with its origin beside it',
      { 'sec-fetch-site': 'same-origin', origin: 'https://shop.example' },
      200,
    ],
    ['its own page that sends no referrer', { 'sec-fetch-site': 'same-origin', origin: 'null' }, 200],
    ['a listed origin in a browser without Sec-Fetch-Site', { origin: PARTNER }, 200],
    ['a listed origin across sites', { 'sec-fetch-site': 'cross-site', origin: PARTNER }, 200],
    ['a caller without Origin and Sec-Fetch-Site', {}, 403],
    ['an opaque origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
    ['the origin of the request’s own URL, which proves nothing', { origin: 'https://shop.example' }, 403],
    [
      'a forwarded host, which proves nothing',
      { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' },
      403,
    ],
    ['a sub-domain of the same site', { 'sec-fetch-site': 'same-site' }, 403],
    ['an address typed by hand', { 'sec-fetch-site': 'none' }, 403],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['another site’s origin', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['an origin that only begins like a listed one', { origin: `${PARTNER}.evil.example` }, 403],
    ['an origin that only ends like a listed one', { origin: 'https://evil-app.partner.example' }, 403],
    ['a listed origin over http', { origin: 'http://app.partner.example' }, 403],
    ['a listed origin at another port', { origin: `${PARTNER}:8443` }, 403],
  ];
  for (const [who, headers, status] of callers)
    it(`${who}: ${status}`, async () => {
      const shop = openShop({ origins: [PARTNER] });
      const response = await shop.handler(from(headers));
      assert.equal(response.status, status);
      assert.equal(shop.opened().length, status === 200 ? 1 : 0);
      const echoed = headers['origin'] === PARTNER ? PARTNER : null;
      assert.equal(response.headers.get('access-control-allow-origin'), echoed);
      assert.equal(response.headers.get('vary'), 'Origin');
      if (status === 403) assert.equal((await problemIn(response)).code, 'forbidden_origin');
    });

  it('names the line that lets a refused page in, in the answer and in onEvent', async () => {
    const shop = openShop({ origins: [PARTNER] });
    const { detail } = await problemIn(await shop.handler(from({ origin: 'https://www.shop.example' })));
    assert.match(
      detail!,
      /^https:\/\/www\.shop\.example is not in origins: .* origins: \['https:\/\/www\.shop\.example'\]$/,
    );
    assert.deepEqual(
      shop.events.map((event) => event.type === 'answer' && event.setup),
      [detail],
    );
  });

  it('tells a caller without Origin and Sec-Fetch-Site what to send, and reports nothing', async () => {
    const shop = openShop();
    const { detail } = await problemIn(await shop.handler(from({})));
    assert.match(detail!, /^neither Sec-Fetch-Site nor Origin came with it: .*'Sec-Fetch-Site: same-origin'/);
    assert.ok(shop.events.every((event) => !('setup' in event)));
  });

  it('repeats no text of a caller that is no origin', async () => {
    const shop = openShop();
    for (const origin of [
      'null',
      'javascript:alert(1)',
      "https://x'];alert(1)",
      `https://${'a'.repeat(400)}`,
    ]) {
      const headers = { origin, 'sec-fetch-site': 'cross-site' };
      assert.equal((await problemIn(await shop.handler(from(headers)))).detail, undefined);
    }
    const { detail } = await problemIn(await shop.handler(from({ origin: 'https://shop.example/path?q=1' })));
    assert.doesNotMatch(detail!, /path|q=1/);
  });

  it('refuses a caller who is not allowed before the limit, the body and the hooks', async () => {
    const fail = () => assert.fail('it was asked');
    const shop = openShop({ rateLimit: fail, resolveCart: fail, resolveEligibility: fail });
    for (const path of ['', '/eligibility'])
      assert.equal((await shop.handler(from({ origin: 'https://evil.example' }, 'POST', path))).status, 403);
  });

  it('answers the preflight of a listed origin', async () => {
    const shop = openShop({ origins: [PARTNER] });
    const response = await shop.handler(
      from({ origin: PARTNER, 'access-control-request-method': 'POST' }, 'OPTIONS'),
    );
    assert.equal(response.status, 204);
    assert.equal(response.headers.get('access-control-allow-origin'), PARTNER);
    assert.equal(response.headers.get('access-control-allow-headers'), 'content-type, idempotency-key');
    assert.equal(response.headers.get('access-control-allow-methods'), 'POST');
    assert.ok(Number(response.headers.get('access-control-max-age')) > 0);
    assert.equal(response.headers.get('access-control-allow-credentials'), null);
    assert.equal(response.headers.get('vary'), 'Origin');
  });

  it('answers the preflight of any other origin with a 403 and no CORS header', async () => {
    const shop = openShop({ origins: [PARTNER] });
    const response = await shop.handler(from({ origin: 'https://evil.example' }, 'OPTIONS'));
    assert.equal(response.status, 403);
    assert.deepEqual(
      [...response.headers.keys()].filter((name) => name.startsWith('access-control')),
      [],
    );
  });

  it('lets a listed origin read the headers it needs, of failures too', async () => {
    const shop = openShop({ origins: [PARTNER] });
    const response = await shop.handler(from({ origin: PARTNER, 'idempotency-key': 'x' }));
    assert.equal(response.status, 400);
    assert.equal(response.headers.get('access-control-allow-origin'), PARTNER);
    assert.equal(
      response.headers.get('access-control-expose-headers'),
      'retry-after, x-request-id, idempotency-replayed',
    );
  });

  for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])
    it(`${method} creates nothing`, async () => {
      const shop = openShop();
      const response = await shop.handler(new Request(ENDPOINT, { method, headers: pageHeaders() }));
      assert.equal(response.status, 405);
      assert.equal(response.headers.get('allow'), 'POST, OPTIONS');
      assert.equal(shop.calls.length, 0);
    });

  it('forbids caching and sniffing of every answer, and gives each an id', async () => {
    const shop = openShop();
    const requests = [
      press(),
      press('{'),
      new Request(`${ENDPOINT}/status?token=x`),
      new Request(`${ENDPOINT}/webhook`, { method: 'POST' }),
      from({}, 'OPTIONS'),
    ];
    for (const request of requests) {
      const { headers } = await shop.handler(request);
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('vary'), 'Origin');
      assert.match(headers.get('x-request-id')!, /^[\da-f-]{36}$/);
    }
  });

  it('tells its own page which mode it is in, of refusals too, and a stranger nothing', async () => {
    const { handler } = openShop();
    const modeFor = async (request: Request) => (await handler(request)).headers.get('x-hsa-checkout-mode');
    assert.equal(await modeFor(press('{')), 'test');
    assert.equal(await modeFor(from({ origin: 'https://evil.example' })), null);
    assert.equal(await modeFor(from({}, 'GET', '/status?token=x')), null);
  });

  it('keeps a sane request id, and replaces one that is not', async () => {
    const shop = openShop();
    const given = await shop.handler(press('{', { 'x-request-id': 'req_01HZX-7' }));
    assert.equal(given.headers.get('x-request-id'), 'req_01HZX-7');
    assert.equal((await problemIn(given)).request_id, 'req_01HZX-7');
    const odd = await shop.handler(press(CART, { 'x-request-id': '<script>alert(1)</script>' }));
    assert.match(odd.headers.get('x-request-id')!, /^[\da-f-]{36}$/);
  });

  it('answers at any path, by its last segment', async () => {
    const shop = openShop();
    const at = (path: string) =>
      new Request(`https://shop.example${path}`, press(CART, { 'idempotency-key': crypto.randomUUID() }));
    await sessionOf(await shop.handler(at('/')));
    await sessionOf(await shop.handler(at('/apps/hsa/')));
    assert.equal((await shop.handler(at('/apps/hsa/status/'))).status, 405);
  });
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore } from '../../src/server/index.js';
import { ENDPOINT } from '../server/fixtures.js';
import { checkShop, type CheckOptions, type Proxy } from './fixtures.js';

const html = (status: number) =>
  new Response('<!doctype html><title>Shop</title>', { status, headers: { 'content-type': 'text/html' } });

/** A request as a proxy passes it on that drops some headers. */
function without(request: Request, ...names: string[]): Request {
  const changed = new Request(request);
  for (const name of names) changed.headers.delete(name);
  return changed;
}

/** A response with some headers set, or removed for undefined. */
function withHeaders(response: Response, headers: Record<string, string | undefined>): Response {
  for (const [name, value] of Object.entries(headers))
    if (value === undefined) response.headers.delete(name);
    else response.headers.set(name, value);
  return response;
}

const isAt = (request: Request, route: string) => new URL(request.url).pathname.endsWith(route);

/** A failure below HTTP, as Node's own fetch throws it. */
const failsWith = (code: string) => () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
};

describe('the checks of an endpoint that is mounted right', () => {
  it('all pass', async () => {
    const { results } = await checkShop({ origin: 'https://shop.example' });
    assert.deepEqual(
      results.filter(({ verdict }) => verdict !== 'pass'),
      [],
    );
    assert.equal(results.length, 17);
  });

  it('pass for a shop on another origin that is listed', async () => {
    const origin = 'https://www.shop.example';
    const { of, failed } = await checkShop({ origin, shop: { origins: [origin] } });
    assert.deepEqual(failed, []);
    assert.equal(of("Shop's origin").message, `${origin} may call the endpoint`);
  });

  it('open no session, run only the eligibility hook, and send the provider only GET /products', async () => {
    const ran: string[] = [];
    const { shop } = await checkShop({
      shop: {
        resolveCart: () => {
          ran.push('resolveCart');
          throw new Error();
        },
        onSessionCreated: () => void ran.push('onSessionCreated'),
        onOrderCreated: () => void ran.push('onOrderCreated'),
      },
    });
    assert.deepEqual(ran, []);
    assert.deepEqual(
      shop.calls.map(({ method, path }) => `${method} ${path}`),
      ['GET /products'],
    );
  });

  it('write nothing to the store', async () => {
    const store = createMemoryStore();
    const written: string[] = [];
    const { failed } = await checkShop({
      shop: {
        store: {
          ...store,
          claim: (key, leaseMs) => (written.push(key), store.claim(key, leaseMs)),
          complete: (key, ...rest) => (written.push(key), store.complete(key, ...rest)),
        },
      },
    });
    assert.deepEqual(failed, []);
    assert.deepEqual(written, []);
  });

  it('mark their requests, so that the merchant recognises them in the log', async () => {
    const { shop, requests } = await checkShop();
    assert.ok(requests.every((request) => request.headers.get('x-request-id')?.startsWith('doctor-')));
    assert.ok(shop.events.every(({ requestId }) => requestId.startsWith('doctor-')));
  });

  it('do not send the secret when the handler accepts signatures', async () => {
    const { requests } = await checkShop();
    assert.ok(requests.every((request) => !request.headers.has('authorization')));
  });

  it('say which checks are skipped, and the option that they need', async () => {
    const { of, failed } = await checkShop({ webhookSecret: undefined });
    assert.deepEqual(failed, []);
    assert.equal(of('Webhook').verdict, 'pass');
    assert.equal(of('Webhook secret').message, 'skipped: set HSA_WEBHOOK_SECRET in the environment');
    assert.equal(of('Webhook age').verdict, 'skip');
    assert.equal(of("Shop's origin").message, 'skipped: give --origin if the shop is on another origin');
  });

  it('accept http on localhost', async () => {
    for (const endpoint of ['http://localhost:3000/api', 'http://127.0.0.1:3000/api/', 'http://[::1]/api'])
      assert.equal((await checkShop({ endpoint })).of('Address').verdict, 'pass');
  });
});

/** Mistakes in a setup: a title, the shop or proxy that has it, the checks that fail, their message and their fix. */
const MISTAKES: [title: string, options: CheckOptions, names: string[], message: RegExp, fix: RegExp][] = [
  [
    'plain http',
    { endpoint: 'http://shop.example/api' },
    ['Address'],
    /plain http/,
    /http is allowed on localhost only/,
  ],
  [
    'a name that does not resolve',
    { proxy: failsWith('ENOTFOUND') },
    ['Reachable'],
    /the name shop.example does not resolve/,
    /DNS/,
  ],
  [
    'a port that no server listens on',
    { proxy: failsWith('ECONNREFUSED') },
    ['Reachable'],
    /nothing listens at shop.example/,
    /Start the server/,
  ],
  [
    'an expired certificate',
    { proxy: failsWith('CERT_HAS_EXPIRED') },
    ['Reachable'],
    /no certificate that browsers accept \(CERT_HAS_EXPIRED\)/,
    /valid certificate for shop.example/,
  ],
  [
    'a self-signed certificate',
    { proxy: failsWith('DEPTH_ZERO_SELF_SIGNED_CERT') },
    ['Reachable'],
    /no certificate that browsers accept/,
    /whole chain/,
  ],
  [
    'a connection that breaks',
    { proxy: failsWith('UND_ERR_SOCKET') },
    ['Reachable'],
    /broke \(UND_ERR_SOCKET\)/,
    /log/,
  ],
  [
    'a server that never answers',
    {
      proxy: () => {
        throw new DOMException('The operation was aborted due to timeout', 'TimeoutError');
      },
    },
    ['Reachable'],
    /did not answer in time/,
    /firewall/,
  ],
  [
    'a redirect',
    {
      proxy: () =>
        new Response(null, {
          status: 308,
          headers: { location: 'https://www.shop.example/api/hsa-checkout?token=1' },
        }),
    },
    ['Reachable'],
    /redirects \(308\) to https:\/\/www.shop.example\/api\/hsa-checkout$/,
    /Use that address/,
  ],
  [
    'a page at a path where nothing is mounted',
    { proxy: () => html(404) },
    ['Reachable'],
    /POST gets a page \(404\): it does not reach the handler/,
    /Mount the handler at \/api\/hsa-checkout and all paths below/,
  ],
  [
    'an app that answers every path',
    { proxy: () => html(200) },
    ['Reachable'],
    /POST gets a page \(200\): it does not reach the handler/,
    /for every method/,
  ],
  [
    'a login in front',
    { proxy: () => new Response('no', { status: 401 }) },
    ['Reachable'],
    /something in front of the handler refuses it \(401\)/,
    /without a login/,
  ],
  [
    'a proxy that drops Sec-Fetch-Site',
    { proxy: (request, pass) => pass(without(request, 'sec-fetch-site')) },
    ['Own page'],
    /own origin is refused \(403 forbidden_origin\)/,
    /proxy_set_header Sec-Fetch-Site/,
  ],
  [
    'a backend that accepts any content type',
    {
      proxy: (request, pass) =>
        request.headers.get('content-type') === 'text/plain' ? Response.json({}) : pass(),
    },
    ['Content types'],
    /200 instead of 415/,
    /Pass the request on unchanged/,
  ],
  [
    'a proxy that drops cache headers',
    {
      proxy: async (_, pass) =>
        withHeaders(await pass(), { 'cache-control': 'max-age=60', 'x-content-type-options': undefined }),
    },
    ['Caching'],
    /lack Cache-Control: no-store and X-Content-Type-Options: nosniff/,
    /Pass the headers/,
  ],
  [
    'a route that answers GET with a page',
    {
      proxy: (request, pass) =>
        request.method === 'GET' && isAt(request, 'hsa-checkout') ? html(200) : pass(),
    },
    ['Method'],
    /GET gets a page \(200\): it does not reach the handler/,
    /for every method, before any page/,
  ],
  [
    'a 405 without an Allow header',
    { proxy: async (_, pass) => withHeaders(await pass(), { allow: undefined }) },
    ['Method'],
    /without an Allow header/,
    /Pass the headers/,
  ],
  [
    'a backend that needs no key',
    {
      proxy: async (_, pass) => {
        const answer = await pass();
        return answer.status === 400 ? new Response('{}', { headers: answer.headers }) : answer;
      },
    },
    ['Idempotency'],
    /200 instead of 400/,
    /refuse a request without a key/,
  ],
  [
    'a proxy that drops Idempotency-Key',
    { proxy: (request, pass) => pass(without(request, 'idempotency-key')) },
    ['Carts'],
    /400 idempotency_key_missing instead of 422/,
    /Pass the Idempotency-Key header on/,
  ],
  [
    'a body parser that has read the body',
    {
      proxy: (request, pass) =>
        request.headers.has('idempotency-key') ? pass(new Request(request, { body: '' })) : pass(),
    },
    ['Carts'],
    /400 bad_request instead of 422/,
    /body parser/,
  ],
  [
    'a shop whose origin is not listed',
    { origin: 'https://www.shop.example' },
    ["Shop's origin"],
    /preflight 403 forbidden_origin, POST 403 forbidden_origin: https:\/\/www.shop.example is not in origins/,
    /origins: \['https:\/\/www.shop.example'\]/,
  ],
  [
    'a server that answers preflights itself',
    {
      origin: 'https://www.shop.example',
      shop: { origins: ['https://www.shop.example'] },
      proxy: (request, pass) =>
        request.method === 'OPTIONS'
          ? new Response(null, {
              status: 204,
              headers:
                request.headers.get('origin') === 'https://www.shop.example'
                  ? { 'access-control-allow-origin': 'https://www.shop.example' }
                  : {},
            })
          : pass(),
    },
    ["Shop's origin"],
    /lacks the headers content-type and idempotency-key/,
    /other CORS middleware/,
  ],
  [
    'CORS for every origin',
    { proxy: async (_, pass) => withHeaders(await pass(), { 'access-control-allow-origin': '*' }) },
    ['Other origins'],
    /allow every origin/,
    /exact `origins`/,
  ],
  [
    'CORS that repeats any origin',
    {
      proxy: async (request, pass) =>
        withHeaders(await pass(), {
          'access-control-allow-origin': request.headers.get('origin') ?? undefined,
        }),
    },
    ['Other origins'],
    /an origin that is not listed/,
    /exact `origins`/,
  ],
  [
    'a proxy that sets Sec-Fetch-Site to same-origin',
    {
      proxy: (request, pass) =>
        pass(
          new Request(request, {
            headers: { ...Object.fromEntries(request.headers), 'sec-fetch-site': 'same-origin' },
          }),
        ),
    },
    ['Other origins'],
    /a request from an origin that is not listed was not refused \(400 idempotency_key_missing\)/,
    /Sec-Fetch-Site headers on to the handler/,
  ],
  [
    'a test key at a live shop',
    { mode: 'live' },
    ['Key mode'],
    /test, but --mode is live/,
    /glm_live_ key and environment: 'live'/,
  ],
  [
    'a backend that does not send its mode, with --mode',
    {
      mode: 'live',
      proxy: async (_, pass) => withHeaders(await pass(), { 'x-hsa-checkout-mode': undefined }),
    },
    ['Key mode'],
    /no x-hsa-checkout-mode header came, and --mode is live/,
    /x-hsa-checkout-mode/,
  ],
  [
    'a key that the provider refuses',
    { shop: { network: () => new Response(null, { status: 401 }) } },
    ['Eligibility'],
    /the provider refused the API key/,
    /Copy the key from the provider again/,
  ],
  [
    'a provider that cannot be reached',
    { shop: { network: () => new Response(null, { status: 500 }) } },
    ['Eligibility'],
    /the provider did not answer the server \(provider_unavailable\)/,
    /try again later/,
  ],
  [
    'a hook that calls every product eligible',
    { shop: { resolveEligibility: (ids) => Object.fromEntries(ids.map((id) => [id, 'eligible'])) } },
    ['Eligibility'],
    /gives an answer for a product that does not exist/,
    /leave out products that it does not know/,
  ],
  [
    'a hook that fails',
    { shop: { resolveEligibility: () => Promise.reject(new Error('sql')) } },
    ['Eligibility'],
    /500 hook_failed instead of/,
    /log for doctor-/,
  ],
  [
    'a store that fails',
    { shop: { store: { ...createMemoryStore(), read: () => Promise.reject(new Error('down')) } } },
    ['Status'],
    /the store did not answer/,
    /reaches its store/,
  ],
  [
    'a handler that is mounted without the paths below',
    { proxy: (request, pass) => (isAt(request, 'hsa-checkout') ? pass() : html(404)) },
    ['Eligibility'],
    /\/eligibility gets a page \(404\): it does not reach the handler/,
    /all paths below/,
  ],
  [
    'no webhook, with a secret set',
    { shop: { webhookSecret: undefined, webhookUrl: undefined } },
    ['Webhook'],
    /not set up \(404\): orders do not arrive/,
    /`webhookUrl`, `webhookSecret` and `onOrderCreated`/,
  ],
  [
    'no webhook where real money moves',
    {
      webhookSecret: undefined,
      shop: { webhookSecret: undefined, webhookUrl: undefined },
      proxy: async (_, pass) => withHeaders(await pass(), { 'x-hsa-checkout-mode': 'live' }),
    },
    ['Webhook'],
    /orders do not arrive/,
    /`webhookUrl`/,
  ],
  [
    'a webhook that accepts unsigned deliveries',
    {
      webhookSecret: undefined,
      proxy: (request, pass) => (isAt(request, '/webhook') ? Response.json({}) : pass()),
    },
    ['Webhook'],
    /did not sign are accepted/,
    /Check the signature/,
  ],
  [
    'a CSRF check before the webhook',
    {
      proxy: (request, pass) => (isAt(request, '/webhook') ? new Response('csrf', { status: 403 }) : pass()),
    },
    ['Webhook'],
    /something in front of the handler answers an unsigned delivery: 403/,
    /CSRF check/,
  ],
  [
    'another secret',
    { webhookSecret: 'whsec_of_another_shop' },
    ['Webhook secret'],
    /signed with HSA_WEBHOOK_SECRET is refused/,
    /webhookSecret: process\.env\.HSA_WEBHOOK_SECRET$/,
  ],
  [
    'a webhook behind a body parser',
    {
      proxy: async (request, pass) =>
        isAt(request, '/webhook')
          ? pass(new Request(request, { body: JSON.stringify(await request.clone().json()) }))
          : pass(),
    },
    ['Webhook secret'],
    /the body changes on the way/,
    /before express\.json\(\) and any other body parser/,
  ],
  [
    'a webhook that accepts old deliveries',
    {
      proxy: (request, pass) => {
        const [, t] = /^t=(\d+)/.exec(request.headers.get('x-gale-signature') ?? '') ?? [];
        return t && Number(t) < Date.now() / 1000 - 300 ? Response.json({}) : pass();
      },
    },
    ['Webhook age'],
    /a signature that is ten minutes old is not refused \(200\)/,
    /five minutes/,
  ],
  [
    'a clock that is behind',
    {
      proxy: async (_, pass) =>
        withHeaders(await pass(), { date: new Date(Date.now() - 120_000).toUTCString() }),
    },
    ['Clock'],
    /^12\d s behind this machine's clock: the clocks are too far apart$/,
    /NTP/,
  ],
  [
    'a clock that is ahead',
    {
      proxy: async (_, pass) =>
        withHeaders(await pass(), { date: new Date(Date.now() + 90_000).toUTCString() }),
    },
    ['Clock'],
    /^(89|90) s ahead of this machine's clock: the clocks are too far apart$/,
    /NTP/,
  ],
];

describe('the checks of an endpoint with a mistake', () => {
  for (const [title, options, names, message, fix] of MISTAKES)
    it(`find ${title}, and print the fix`, async () => {
      const { results, failed } = await checkShop(options);
      assert.deepEqual(failed, names);
      for (const result of results)
        if (result.verdict === 'fail') {
          assert.match(result.message, message);
          assert.match(result.fix, fix);
        }
    });

  it('stop after the first if the handler cannot be reached', async () => {
    const { results } = await checkShop({ proxy: () => html(404) });
    assert.deepEqual(
      results.map(({ name }) => name),
      ['Address', 'Reachable'],
    );
  });

  it('report a wrong clock, and not a wrong secret', async () => {
    const ahead = 600_000;
    const { of } = await checkShop({
      now: () => Date.now() + ahead,
      proxy: (_, pass) => pass(),
    });
    assert.equal(of('Webhook secret').message, 'skipped: same cause as "Clock"');
    assert.equal(of('Clock').verdict, 'fail');
  });

  it('send no bearer secret over plain http', async () => {
    const { requests, failed } = await checkShop({
      endpoint: 'http://shop.example/api',
      webhookSecret: 'whsec_of_another_shop',
    });
    assert.deepEqual(failed, ['Address', 'Webhook secret']);
    assert.ok(requests.every((request) => !request.headers.has('authorization')));
  });

  it('do not fail for a 429, which passes', async () => {
    const { failed, of } = await checkShop({ shop: { rateLimit: () => true } });
    assert.deepEqual(failed, []);
    assert.match(of('Content types').message, /the endpoint limits requests \(429\)/);
  });

  it('print no control character of a response', async () => {
    const proxy: Proxy = async (request, pass) =>
      isAt(request, '/status')
        ? Response.json({ code: '\x1b[2J' }, { status: 500, headers: { 'x-request-id': '\x9b2J' } })
        : pass();
    const { results } = await checkShop({ proxy });
    assert.doesNotMatch(JSON.stringify(results), /\\u001b|\x9b/);
  });

  it('throw an error of their own code', async () => {
    await assert.rejects(checkShop({ proxy: () => Promise.reject(new RangeError('a bug')) }), {
      name: 'RangeError',
    });
  });

  it('never print the secret', async () => {
    const { results } = await checkShop({ webhookSecret: 'whsec_of_another_shop', endpoint: ENDPOINT });
    assert.doesNotMatch(JSON.stringify(results), /whsec_/);
  });
});

describe('the checks of an endpoint with endless responses', () => {
  it('read only the start of each, and go on', async () => {
    let chunks = 0;
    let answers = 0;
    const { results } = await checkShop({
      proxy: () => {
        answers++;
        let left = 100;
        const body = new ReadableStream({
          pull(controller) {
            chunks++;
            if (left--) controller.enqueue(new Uint8Array(64 * 1024));
            else controller.close();
          },
        });
        return new Response(body, { headers: { 'content-type': 'text/html' } });
      },
    });
    assert.ok(results.some(({ verdict }) => verdict === 'fail'));
    assert.ok(answers > 0 && chunks <= answers * 8, `${chunks} chunks in ${answers} answers`);
  });
});

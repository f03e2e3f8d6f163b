import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createMemoryStore } from '../../src/server/index.js';
import { ENDPOINT } from '../server/fixtures.js';
import { callDoctor, type Between, type Call } from './fixtures.js';

const html = (status: number) =>
  new Response('<!doctype html><title>Shop</title>', { status, headers: { 'content-type': 'text/html' } });

/** The request as a proxy passes it on that loses some headers. */
function without(request: Request, ...names: string[]): Request {
  const changed = new Request(request);
  for (const name of names) changed.headers.delete(name);
  return changed;
}

/** The answer with some headers changed, or, for undefined, lost. */
function withHeaders(response: Response, headers: Record<string, string | undefined>): Response {
  for (const [name, value] of Object.entries(headers))
    if (value === undefined) response.headers.delete(name);
    else response.headers.set(name, value);
  return response;
}

const isAt = (request: Request, route: string) => new URL(request.url).pathname.endsWith(route);

/** Below HTTP, as Node's own fetch says it. */
const broken = (code: string) => () => {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });
};

describe('the doctor, at an endpoint that is right', () => {
  it('finds nothing wrong, and leaves nothing open', async () => {
    const { results } = await callDoctor({ origin: 'https://shop.example' });
    assert.deepEqual(
      results.filter(({ verdict }) => verdict !== 'pass'),
      [],
    );
    assert.equal(results.length, 17);
  });

  it('finds nothing wrong with a shop on another origin that is listed', async () => {
    const origin = 'https://www.shop.example';
    const { of, wrong } = await callDoctor({ origin, shop: { origins: [origin] } });
    assert.deepEqual(wrong, []);
    assert.equal(of("Shop's origin").message, `${origin} may call`);
  });

  it('opens no session, runs no hook but the one for eligibility, and reads of the provider only the list', async () => {
    const ran: string[] = [];
    const { shop } = await callDoctor({
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

  it('keeps nothing in the store', async () => {
    const store = createMemoryStore();
    const kept: string[] = [];
    const { wrong } = await callDoctor({
      shop: {
        store: {
          ...store,
          claim: (key, leaseMs) => (kept.push(key), store.claim(key, leaseMs)),
          complete: (key, ...rest) => (kept.push(key), store.complete(key, ...rest)),
        },
      },
    });
    assert.deepEqual(wrong, []);
    assert.deepEqual(kept, []);
  });

  it('names its requests, so that the merchant knows them in the log', async () => {
    const { shop, requests } = await callDoctor();
    assert.ok(requests.every((request) => request.headers.get('x-request-id')?.startsWith('doctor-')));
    assert.ok(shop.events.every(({ requestId }) => requestId.startsWith('doctor-')));
  });

  it('sends the secret only as the provider would, and not while signatures are taken', async () => {
    const { requests } = await callDoctor();
    assert.ok(requests.every((request) => !request.headers.has('authorization')));
  });

  it('says what it could not look at', async () => {
    const { of, wrong } = await callDoctor({ webhookSecret: undefined });
    assert.deepEqual(wrong, []);
    assert.equal(of('Webhook').verdict, 'pass');
    assert.equal(of('Webhook secret').message, 'not looked at: set HSA_WEBHOOK_SECRET in the environment');
    assert.equal(of('Webhook age').verdict, 'skip');
    assert.equal(of("Shop's origin").message, 'not looked at: give --origin where the shop is on another');
  });

  it('is content with http on localhost', async () => {
    for (const endpoint of ['http://localhost:3000/api', 'http://127.0.0.1:3000/api/', 'http://[::1]/api'])
      assert.equal((await callDoctor({ endpoint })).of('Address').verdict, 'pass');
  });
});

/** One way to be wrong: what it is, what spoils it, which checks find it, and what they say of it. */
const FAULTS: [what: string, call: Call, names: string[], says: RegExp, next: RegExp][] = [
  [
    'plain http',
    { endpoint: 'http://shop.example/api' },
    ['Address'],
    /plain http/,
    /http is right on localhost only/,
  ],
  [
    'a name that leads nowhere',
    { between: broken('ENOTFOUND') },
    ['Reachable'],
    /the name shop.example leads nowhere/,
    /DNS/,
  ],
  [
    'a port with nobody',
    { between: broken('ECONNREFUSED') },
    ['Reachable'],
    /nothing listens at shop.example/,
    /Start the server/,
  ],
  [
    'an old certificate',
    { between: broken('CERT_HAS_EXPIRED') },
    ['Reachable'],
    /no certificate that browsers accept \(CERT_HAS_EXPIRED\)/,
    /valid certificate for shop.example/,
  ],
  [
    'a certificate of its own',
    { between: broken('DEPTH_ZERO_SELF_SIGNED_CERT') },
    ['Reachable'],
    /no certificate that browsers accept/,
    /whole chain/,
  ],
  [
    'a connection that breaks',
    { between: broken('UND_ERR_SOCKET') },
    ['Reachable'],
    /broke \(UND_ERR_SOCKET\)/,
    /log/,
  ],
  [
    'a server that never answers',
    {
      between: () => {
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
      between: () =>
        new Response(null, {
          status: 308,
          headers: { location: 'https://www.shop.example/api/hsa-checkout?token=1' },
        }),
    },
    ['Reachable'],
    /redirects \(308\) to https:\/\/www.shop.example\/api\/hsa-checkout$/,
    /Use the address/,
  ],
  [
    'a page where nothing is mounted',
    { between: () => html(404) },
    ['Reachable'],
    /POST gets a page \(404\): it does not reach the handler/,
    /app\.use\('\/api\/hsa-checkout', …\) in Express/,
  ],
  [
    'an app that answers every path',
    { between: () => html(200) },
    ['Reachable'],
    /POST gets a page \(200\): it does not reach the handler/,
    /for every method/,
  ],
  [
    'a login in front',
    { between: () => new Response('no', { status: 401 }) },
    ['Reachable'],
    /something in front refuses it \(401\)/,
    /without a login/,
  ],
  [
    'a proxy without Sec-Fetch-Site',
    { between: (request, pass) => pass(without(request, 'sec-fetch-site')) },
    ['Own page'],
    /own origin is refused \(403 forbidden_origin\)/,
    /proxy_set_header Sec-Fetch-Site/,
  ],
  [
    'a backend that takes any content type',
    {
      between: (request, pass) =>
        request.headers.get('content-type') === 'text/plain' ? Response.json({}) : pass(),
    },
    ['Content types'],
    /200 came where 415/,
    /Pass the request on as it came/,
  ],
  [
    'a proxy that takes cache headers off',
    {
      between: async (_, pass) =>
        withHeaders(await pass(), { 'cache-control': 'max-age=60', 'x-content-type-options': undefined }),
    },
    ['Caching'],
    /lack Cache-Control: no-store and X-Content-Type-Options: nosniff/,
    /Let the headers/,
  ],
  [
    'a route that answers GET with a page',
    {
      between: (request, pass) =>
        request.method === 'GET' && isAt(request, 'hsa-checkout') ? html(200) : pass(),
    },
    ['Method'],
    /GET gets a page \(200\): it does not reach the handler/,
    /before any page, for every method/,
  ],
  [
    'a 405 that does not say what is allowed',
    { between: async (_, pass) => withHeaders(await pass(), { allow: undefined }) },
    ['Method'],
    /without an Allow header/,
    /Let the headers/,
  ],
  [
    'a backend that needs no key',
    {
      between: async (_, pass) => {
        const answer = await pass();
        return answer.status === 400 ? new Response('{}', { headers: answer.headers }) : answer;
      },
    },
    ['Idempotency'],
    /200 came where 400/,
    /refuse what has no key/,
  ],
  [
    'a proxy without Idempotency-Key',
    { between: (request, pass) => pass(without(request, 'idempotency-key')) },
    ['Carts'],
    /400 idempotency_key_missing came where 422/,
    /Let the Idempotency-Key header through/,
  ],
  [
    'a body parser that has read the body',
    {
      between: (request, pass) =>
        request.headers.has('idempotency-key') ? pass(new Request(request, { body: '' })) : pass(),
    },
    ['Carts'],
    /400 bad_request came where 422/,
    /body parser/,
  ],
  [
    'a shop that is not listed',
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
      between: (request, pass) =>
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
    'CORS for everybody',
    { between: async (_, pass) => withHeaders(await pass(), { 'access-control-allow-origin': '*' }) },
    ['Strangers'],
    /allow every site/,
    /exact `origins`/,
  ],
  [
    'CORS for whoever asks',
    {
      between: async (request, pass) =>
        withHeaders(await pass(), {
          'access-control-allow-origin': request.headers.get('origin') ?? undefined,
        }),
    },
    ['Strangers'],
    /a site that nobody lists/,
    /exact `origins`/,
  ],
  [
    'a proxy that says same-origin of everything',
    {
      between: (request, pass) =>
        pass(
          new Request(request, {
            headers: { ...Object.fromEntries(request.headers), 'sec-fetch-site': 'same-origin' },
          }),
        ),
    },
    ['Strangers'],
    /another site's request was not refused \(400 idempotency_key_missing\)/,
    /Sec-Fetch-Site headers through/,
  ],
  [
    'a test key where sales are meant',
    { mode: 'live' },
    ['Key mode'],
    /test, where live is expected/,
    /glm_live_ key and environment: 'live'/,
  ],
  [
    'a backend that does not tell its mode, which is asked for',
    {
      mode: 'live',
      between: async (_, pass) => withHeaders(await pass(), { 'x-hsa-checkout-mode': undefined }),
    },
    ['Key mode'],
    /not told, and --mode live wants to know/,
    /x-hsa-checkout-mode/,
  ],
  [
    'a key that the provider refuses',
    { shop: { network: () => new Response(null, { status: 401 }) } },
    ['Eligibility'],
    /the provider refused the API key/,
    /Copy the key anew/,
  ],
  [
    'a provider that cannot be reached',
    { shop: { network: () => new Response(null, { status: 500 }) } },
    ['Eligibility'],
    /the provider did not answer the server \(provider_unavailable\)/,
    /try again later/,
  ],
  [
    'a hook that claims everything',
    { shop: { resolveEligibility: (ids) => Object.fromEntries(ids.map((id) => [id, 'eligible'])) } },
    ['Eligibility'],
    /claims something of a product that does not exist/,
    /leave out what it does not know/,
  ],
  [
    'a hook that fails',
    { shop: { resolveEligibility: () => Promise.reject(new Error('sql')) } },
    ['Eligibility'],
    /500 hook_failed came where/,
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
    'the first of the two mounts alone',
    { between: (request, pass) => (isAt(request, 'hsa-checkout') ? pass() : html(404)) },
    ['Eligibility'],
    /\/eligibility gets a page \(404\): it does not reach the handler/,
    /all paths below/,
  ],
  [
    'no webhook, though there is a secret',
    { shop: { webhookSecret: undefined, webhookUrl: undefined } },
    ['Webhook'],
    /not set up \(404\): no order reaches you/,
    /`webhookUrl`, `webhookSecret` and `onOrderCreated`/,
  ],
  [
    'no webhook where real money moves',
    {
      webhookSecret: undefined,
      shop: { webhookSecret: undefined, webhookUrl: undefined },
      between: async (_, pass) => withHeaders(await pass(), { 'x-hsa-checkout-mode': 'live' }),
    },
    ['Webhook'],
    /no order reaches you/,
    /`webhookUrl`/,
  ],
  [
    'a webhook that believes everybody',
    {
      webhookSecret: undefined,
      between: (request, pass) => (isAt(request, '/webhook') ? Response.json({}) : pass()),
    },
    ['Webhook'],
    /did not sign are taken/,
    /Check the signature/,
  ],
  [
    'a CSRF check before the webhook',
    {
      between: (request, pass) =>
        isAt(request, '/webhook') ? new Response('csrf', { status: 403 }) : pass(),
    },
    ['Webhook'],
    /something else answers an unsigned delivery: 403/,
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
    'a webhook whose body was parsed before',
    {
      between: async (request, pass) =>
        isAt(request, '/webhook')
          ? pass(new Request(request, { body: JSON.stringify(await request.clone().json()) }))
          : pass(),
    },
    ['Webhook secret'],
    /the body is changed on its way/,
    /before express\.json\(\) and any other body parser/,
  ],
  [
    'a webhook that takes old deliveries',
    {
      between: (request, pass) => {
        const [, t] = /^t=(\d+)/.exec(request.headers.get('x-gale-signature') ?? '') ?? [];
        return t && Number(t) < Date.now() / 1000 - 300 ? Response.json({}) : pass();
      },
    },
    ['Webhook age'],
    /a signature of ten minutes ago is not refused \(200\)/,
    /five minutes/,
  ],
  [
    'a clock that is behind',
    {
      between: async (_, pass) =>
        withHeaders(await pass(), { date: new Date(Date.now() - 120_000).toUTCString() }),
    },
    ['Clock'],
    /^12\d s behind this machine's: the clocks are too far apart$/,
    /NTP/,
  ],
  [
    'a clock that is ahead',
    {
      between: async (_, pass) =>
        withHeaders(await pass(), { date: new Date(Date.now() + 90_000).toUTCString() }),
    },
    ['Clock'],
    /^(89|90) s ahead of this machine's: the clocks are too far apart$/,
    /NTP/,
  ],
];

describe('the doctor, at an endpoint that is wrong', () => {
  for (const [what, call, names, says, next] of FAULTS)
    it(`finds ${what}, and says what to do`, async () => {
      const { results, wrong } = await callDoctor(call);
      assert.deepEqual(wrong, names);
      for (const result of results)
        if (result.verdict === 'fail') {
          assert.match(result.message, says);
          assert.match(result.fix, next);
        }
    });

  it('says nothing of the rest where the handler cannot be reached', async () => {
    const { results } = await callDoctor({ between: () => html(404) });
    assert.deepEqual(
      results.map(({ name }) => name),
      ['Address', 'Reachable'],
    );
  });

  it('does not take a clock that is wrong for a wrong secret', async () => {
    const ahead = 600_000;
    const { of } = await callDoctor({
      now: () => Date.now() + ahead,
      between: (_, pass) => pass(),
    });
    assert.equal(of('Webhook secret').message, 'not told: see "Clock"');
    assert.equal(of('Clock').verdict, 'fail');
  });

  it('sends no bearer secret over plain http', async () => {
    const { requests, wrong } = await callDoctor({
      endpoint: 'http://shop.example/api',
      webhookSecret: 'whsec_of_another_shop',
    });
    assert.deepEqual(wrong, ['Address', 'Webhook secret']);
    assert.ok(requests.every((request) => !request.headers.has('authorization')));
  });

  it('makes no fault of what only passes: 429', async () => {
    const { wrong, of } = await callDoctor({ shop: { rateLimit: () => true } });
    assert.deepEqual(wrong, []);
    assert.match(of('Content types').message, /enough requests \(429\)/);
  });

  it('lets no answer write to the terminal', async () => {
    const spoil: Between = async (request, pass) =>
      isAt(request, '/status')
        ? Response.json({ code: '\x1b[2J' }, { status: 500, headers: { 'x-request-id': '\x9b2J' } })
        : pass();
    const { results } = await callDoctor({ between: spoil });
    assert.doesNotMatch(JSON.stringify(results), /\\u001b|\x9b/);
  });

  it('lets a mistake of its own through', async () => {
    await assert.rejects(callDoctor({ between: () => Promise.reject(new RangeError('a bug')) }), {
      name: 'RangeError',
    });
  });

  it('never names the secret', async () => {
    const { results } = await callDoctor({ webhookSecret: 'whsec_of_another_shop', endpoint: ENDPOINT });
    assert.doesNotMatch(JSON.stringify(results), /whsec_/);
  });
});

describe('the doctor, at an endpoint whose answers are very long', () => {
  it('reads a part of each, and goes on', async () => {
    let chunks = 0;
    let answers = 0;
    const { results } = await callDoctor({
      between: () => {
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

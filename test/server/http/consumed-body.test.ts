import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import express, { type RequestHandler } from 'express';
import { runChecks } from '../../../src/cli/run-checks.js';
import { signWebhook } from '../../../src/server/index.js';
import { exchange, type Message } from '../../support/exchange.js';
import { CART, openShop, pageHeaders, WEBHOOK_SECRET, type Shop, type ShopOptions } from '../fixtures.js';

const CAUSE = 'something read the body before the handler';
const PATH = '/api/hsa-checkout';
/** White space that does not survive a parser. */
const EVENT = '{ "type" :"something.else",  "data": { } }';

/** A shop behind a server of Node's own, for as long as a test. */
async function serve(t: TestContext, mount: (shop: Shop) => RequestListener, options: ShopOptions = {}) {
  const shop = openShop(options);
  const server = createServer(mount(shop)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
  const ask = async (route: string, message: Message) => {
    const answer = await exchange(endpoint + route, { method: 'POST', ...message });
    return { ...answer, json: JSON.parse(answer.text || '{}') as Record<string, unknown> };
  };
  const create = (body: unknown = CART) => ask('', { headers: pageHeaders(), body: JSON.stringify(body) });
  const eligibility = () =>
    ask('/eligibility', { headers: pageHeaders(), body: '{"product_ids":["monitor"]}' });
  const deliver = async (proof?: Record<string, string>, event = EVENT) =>
    ask('/webhook', {
      headers: {
        'content-type': 'application/json',
        ...(proof ?? {
          'x-gale-signature': await signWebhook(event, WEBHOOK_SECRET, Math.floor(Date.now() / 1000)),
        }),
      },
      body: event,
    });
  return { shop, endpoint, ask, create, eligibility, deliver };
}

/** Express with middleware before or after the handler. */
const inExpress =
  (before: RequestHandler[], after: RequestHandler[] = []) =>
  ({ handler }: Shop): RequestListener => {
    const app = express();
    for (const each of before) app.use(each);
    app.use(PATH, getRequestListener(handler));
    for (const each of after) app.use(each);
    return app;
  };

const keepRawBody = (read: (bytes: Buffer) => unknown) =>
  express.json({
    verify: (req: IncomingMessage & { rawBody?: unknown }, _res: unknown, bytes: Buffer) => {
      req.rawBody = read(bytes);
    },
  });

/** A server whose parser leaves nothing for the handler, as where the parsed body is another object's. */
const drained =
  ({ handler }: Shop): RequestListener =>
  async (req, res) => {
    for await (const part of req) void part;
    await getRequestListener(handler)(req, res);
  };

describe('the handler behind a body parser', () => {
  const whole = {
    'Express without a parser': inExpress([]),
    'Express with express.json() after it': inExpress([], [express.json()]),
    'Express with express.json() that keeps rawBody as bytes': inExpress([keepRawBody((bytes) => bytes)]),
    'Express with express.json() that keeps rawBody as text': inExpress([keepRawBody(String)]),
    'Express with express.raw()': inExpress([express.raw({ type: '*/*' })]),
    'Express with express.text()': inExpress([express.text({ type: '*/*' })]),
  };
  for (const [name, mount] of Object.entries(whole))
    it(`opens sessions and takes webhooks in ${name}`, async (t) => {
      const { create, eligibility, deliver } = await serve(t, mount);
      for (const answer of [await create(), await eligibility(), await deliver()])
        assert.equal(answer.status, 200, answer.text);
      assert.equal((await deliver({ 'x-gale-signature': 't=1,v1=00' })).status, 401);
    });

  it('opens a session from the parsed body, the same that the bytes would open', async (t) => {
    const { create, eligibility, shop } = await serve(t, inExpress([express.json()]));
    const answer = await create();
    assert.equal(answer.status, 200, answer.text);
    assert.equal(shop.opened()[0]!.body.line_items.length, 2);
    assert.deepEqual((await eligibility()).json, {
      products: [{ product_id: 'monitor', eligibility: 'eligible' }],
    });
    assert.equal((await create({ line_items: [] })).status, 422);
  });

  it('opens a session from a form that express.urlencoded() has parsed', async (t) => {
    const { ask, shop } = await serve(t, inExpress([express.urlencoded({ extended: true })]));
    const body = new URLSearchParams({ cart: JSON.stringify(CART) }).toString();
    const headers = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const answer = await ask('', { headers, body });
    assert.equal(answer.status, 303);
    assert.match(answer.headers.location!, /^https:\/\/sandbox\.example\/pay\//);
    assert.equal(shop.opened().length, 1);
  });

  it('refuses a parsed body that is larger than it takes', async (t) => {
    const { ask } = await serve(t, inExpress([express.json({ limit: '2mb' })]));
    const answer = await ask('', { headers: pageHeaders(), body: JSON.stringify(['x'.repeat(300_000)]) });
    assert.equal(answer.status, 413);
  });

  it('names the parser where a webhook cannot be verified, in the answer and in onEvent', async (t) => {
    const { deliver, shop } = await serve(t, inExpress([express.json()]));
    const { status, json } = await deliver();
    assert.equal(status, 500);
    assert.match(String(json.detail), new RegExp(`^${CAUSE}: mount the handler before express\\.json\\(\\)`));
    const answer = shop.events.find(({ type }) => type === 'answer');
    assert.ok(answer?.type === 'answer');
    assert.equal(answer.setup, json.detail);
  });

  it('names the line that keeps the bytes in Express, in Nest and in Koa', async (t) => {
    const { deliver } = await serve(t, inExpress([express.json()]));
    const detail = String((await deliver()).json.detail);
    for (const line of ['verify: (req, res, bytes)', '{ rawBody: true }', '{ patchNode: true }'])
      assert.ok(detail.includes(line), detail);
  });

  it('does not take a parsed webhook by chance, where writing it again gives the same bytes', async (t) => {
    const { deliver } = await serve(t, inExpress([express.json()]));
    assert.equal((await deliver(undefined, JSON.stringify(JSON.parse(EVENT)))).status, 500);
  });

  it('takes a webhook that shows the secret as a bearer: no signature is over its bytes', async (t) => {
    const { deliver } = await serve(t, inExpress([express.json()]));
    assert.equal((await deliver({ authorization: `Bearer ${WEBHOOK_SECRET}` })).status, 200);
    assert.equal((await deliver({ authorization: 'Bearer whsec_other' })).status, 401);
    assert.equal((await deliver({})).status, 401);
  });

  it('names the parser where nothing is left of the body', async (t) => {
    const { create, eligibility, deliver, ask, shop } = await serve(t, drained);
    for (const answer of [await create(), await eligibility(), await deliver()]) {
      assert.equal(answer.status, 500);
      assert.match(String(answer.json.detail), new RegExp(`^${CAUSE}`));
    }
    const headers = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    };
    assert.equal((await ask('', { headers, body: 'cart=1' })).status, 303);
    const said = shop.events.map((event) => (event.type === 'answer' ? event.setup : undefined));
    assert.equal(said.filter((setup) => setup?.startsWith(CAUSE)).length, 4);
  });

  it('names the reader where a Web request was read before', async () => {
    const { handler } = openShop();
    const request = new Request(`https://shop.example${PATH}`, {
      method: 'POST',
      headers: pageHeaders(),
      body: JSON.stringify(CART),
    });
    await request.json();
    const answer = await handler(request);
    assert.equal(answer.status, 500);
    assert.match(await answer.text(), new RegExp(CAUSE));
  });

  it('writes the cause to the console where there is no onEvent', async (t) => {
    const logged = t.mock.method(console, 'error', () => {});
    const { create, deliver } = await serve(t, drained, { onEvent: undefined });
    await create();
    await deliver();
    assert.equal(logged.mock.callCount(), 2);
    for (const { arguments: words } of logged.mock.calls) assert.match(words.join(' '), new RegExp(CAUSE));
  });

  for (const [name, mount] of Object.entries({ 'express.json()': inExpress([express.json()]), drained }))
    for (const webhookSecret of [WEBHOOK_SECRET, undefined])
      it(`is one mistake to the doctor, ${webhookSecret ? 'with' : 'without'} the secret (${name})`, async (t) => {
        const { endpoint } = await serve(t, mount);
        const results = await runChecks({ endpoint, ...(webhookSecret && { webhookSecret }) });
        const wrong = results.filter(({ verdict }) => verdict === 'fail');
        assert.equal(wrong.length, 1, JSON.stringify(wrong));
        assert.ok(wrong[0]!.verdict === 'fail');
        assert.equal(wrong[0]!.message, CAUSE);
        assert.match(wrong[0]!.fix, /before express\.json\(\)/);
      });
});

describe('a handler that is mounted without an adapter', () => {
  it('says which one it needs', async () => {
    const { handler } = openShop();
    // As Express, Koa and Node's own server call it.
    await assert.rejects(handler({ headers: {} } as never), /mount getRequestListener\(checkout\)/);
  });
});

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
/** JSON whose white space is lost when it is parsed and written again. */
const EVENT = '{ "type" :"something.else",  "data": { } }';

/** Starts a Node server with a shop's handler. It stops after the test. */
async function serve(t: TestContext, mount: (shop: Shop) => RequestListener, options: ShopOptions = {}) {
  const shop = openShop(options);
  const server = createServer(mount(shop)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}${PATH}`;
  const send = async (route: string, message: Message) => {
    const answer = await exchange(endpoint + route, { method: 'POST', ...message });
    return { ...answer, json: JSON.parse(answer.text || '{}') as Record<string, unknown> };
  };
  const create = (body: unknown = CART) => send('', { headers: pageHeaders(), body: JSON.stringify(body) });
  const eligibility = () =>
    send('/eligibility', { headers: pageHeaders(), body: '{"product_ids":["monitor"]}' });
  const deliver = async (proof?: Record<string, string>, event = EVENT) =>
    send('/webhook', {
      headers: {
        'content-type': 'application/json',
        ...(proof ?? {
          'x-gale-signature': await signWebhook(event, WEBHOOK_SECRET, Math.floor(Date.now() / 1000)),
        }),
      },
      body: event,
    });
  return { shop, endpoint, send, create, eligibility, deliver };
}

/** Express with middleware before or after the handler. */
const inExpress =
  (before: RequestHandler[], after: RequestHandler[] = []) =>
  ({ handler }: Shop): RequestListener => {
    const app = express();
    for (const middleware of before) app.use(middleware);
    app.use(PATH, getRequestListener(handler));
    for (const middleware of after) app.use(middleware);
    return app;
  };

const keepRawBody = (read: (bytes: Buffer) => unknown) =>
  express.json({
    verify: (req: IncomingMessage & { rawBody?: unknown }, _res: unknown, bytes: Buffer) => {
      req.rawBody = read(bytes);
    },
  });

/** A server whose parser reads the whole body and keeps nothing that the handler can find. */
const inDrainingServer =
  ({ handler }: Shop): RequestListener =>
  async (req, res) => {
    for await (const part of req) void part;
    await getRequestListener(handler)(req, res);
  };

describe('handler behind a body parser', () => {
  const mounts = {
    'Express without a parser': inExpress([]),
    'Express with express.json() after it': inExpress([], [express.json()]),
    'Express with express.json() that keeps rawBody as bytes': inExpress([keepRawBody((bytes) => bytes)]),
    'Express with express.json() that keeps rawBody as text': inExpress([keepRawBody(String)]),
    'Express with express.raw()': inExpress([express.raw({ type: '*/*' })]),
    'Express with express.text()': inExpress([express.text({ type: '*/*' })]),
  };
  for (const [name, mount] of Object.entries(mounts))
    it(`opens sessions and accepts webhooks in ${name}`, async (t) => {
      const { create, eligibility, deliver } = await serve(t, mount);
      for (const answer of [await create(), await eligibility(), await deliver()])
        assert.equal(answer.status, 200, answer.text);
      assert.equal((await deliver({ 'x-gale-signature': 't=1,v1=00' })).status, 401);
    });

  it('reads the cart and the product ids from the parsed body', async (t) => {
    const { create, eligibility, shop } = await serve(t, inExpress([express.json()]));
    const answer = await create();
    assert.equal(answer.status, 200, answer.text);
    assert.equal(shop.opened()[0]!.body.line_items.length, 2);
    assert.deepEqual((await eligibility()).json, {
      products: [{ product_id: 'monitor', eligibility: 'eligible' }],
    });
    assert.equal((await create({ line_items: [] })).status, 422);
  });

  it('opens a session from a form that express.urlencoded() parsed', async (t) => {
    const { send, shop } = await serve(t, inExpress([express.urlencoded({ extended: true })]));
    const body = new URLSearchParams({ cart: JSON.stringify(CART) }).toString();
    const headers = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const answer = await send('', { headers, body });
    assert.equal(answer.status, 303);
    assert.match(answer.headers.location!, /^https:\/\/sandbox\.example\/pay\//);
    assert.equal(shop.opened().length, 1);
  });

  it('responds with 413 to a parsed body above its limit', async (t) => {
    const { send } = await serve(t, inExpress([express.json({ limit: '2mb' })]));
    const answer = await send('', { headers: pageHeaders(), body: JSON.stringify(['x'.repeat(300_000)]) });
    assert.equal(answer.status, 413);
  });

  it('states the parser as the cause, in the response and in onEvent, when it cannot verify a webhook', async (t) => {
    const { deliver, shop } = await serve(t, inExpress([express.json()]));
    const { status, json } = await deliver();
    assert.equal(status, 500);
    assert.match(String(json.detail), new RegExp(`^${CAUSE}: mount the handler before express\\.json\\(\\)`));
    const answer = shop.events.find(({ type }) => type === 'answer');
    assert.ok(answer?.type === 'answer');
    assert.equal(answer.setup, json.detail);
  });

  it('states the line that keeps the bytes in Express, in Nest and in Koa', async (t) => {
    const { deliver } = await serve(t, inExpress([express.json()]));
    const detail = String((await deliver()).json.detail);
    for (const line of ['verify: (req, res, bytes)', '{ rawBody: true }', '{ patchNode: true }'])
      assert.ok(detail.includes(line), detail);
  });

  it('refuses a parsed webhook even when writing it again gives the same bytes', async (t) => {
    const { deliver } = await serve(t, inExpress([express.json()]));
    assert.equal((await deliver(undefined, JSON.stringify(JSON.parse(EVENT)))).status, 500);
  });

  it('accepts a parsed webhook with the secret as a bearer token, which needs no bytes', async (t) => {
    const { deliver } = await serve(t, inExpress([express.json()]));
    assert.equal((await deliver({ authorization: `Bearer ${WEBHOOK_SECRET}` })).status, 200);
    assert.equal((await deliver({ authorization: 'Bearer whsec_other' })).status, 401);
    assert.equal((await deliver({})).status, 401);
  });

  it('states the parser as the cause when it left nothing of the body', async (t) => {
    const { create, eligibility, deliver, send, shop } = await serve(t, inDrainingServer);
    for (const answer of [await create(), await eligibility(), await deliver()]) {
      assert.equal(answer.status, 500);
      assert.match(String(answer.json.detail), new RegExp(`^${CAUSE}`));
    }
    const headers = {
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    };
    assert.equal((await send('', { headers, body: 'cart=1' })).status, 303);
    const setups = shop.events.map((event) => (event.type === 'answer' ? event.setup : undefined));
    assert.equal(setups.filter((setup) => setup?.startsWith(CAUSE)).length, 4);
  });

  it('states the cause when a Web Request was read before', async () => {
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

  it('logs the cause on the console without onEvent', async (t) => {
    const logged = t.mock.method(console, 'error', () => {});
    const { create, deliver } = await serve(t, inDrainingServer, { onEvent: undefined });
    await create();
    await deliver();
    assert.equal(logged.mock.callCount(), 2);
    for (const { arguments: texts } of logged.mock.calls) assert.match(texts.join(' '), new RegExp(CAUSE));
  });

  for (const [name, mount] of Object.entries({
    'express.json()': inExpress([express.json()]),
    'a parser that keeps nothing': inDrainingServer,
  }))
    for (const webhookSecret of [WEBHOOK_SECRET, undefined])
      it(`fails one check of the doctor command, ${webhookSecret ? 'with' : 'without'} the secret, behind ${name}`, async (t) => {
        const { endpoint } = await serve(t, mount);
        const results = await runChecks({ endpoint, ...(webhookSecret && { webhookSecret }) });
        const failed = results.filter(({ verdict }) => verdict === 'fail');
        assert.equal(failed.length, 1, JSON.stringify(failed));
        assert.ok(failed[0]!.verdict === 'fail');
        assert.equal(failed[0]!.message, CAUSE);
        assert.match(failed[0]!.fix, /before express\.json\(\)/);
      });
});

describe('handler without an adapter', () => {
  it('throws an error that states the adapter', async () => {
    const { handler } = openShop();
    // Express, Koa and Node's own server call a handler with such an object.
    await assert.rejects(handler({ headers: {} } as never), /mount getRequestListener\(checkout\)/);
  });
});

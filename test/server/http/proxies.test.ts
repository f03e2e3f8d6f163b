import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { getRequestListener } from '@hono/node-server';
import type { ProblemAnswer, SessionAnswer, StatusAnswer } from '../../../src/contract/index.js';
import { signWebhook, type CreatedOrder } from '../../../src/server/index.js';
import { exchange, type Answer, type Message } from '../../support/exchange.js';
import { submitPaymentPage, CART, openShop, pageHeaders, WEBHOOK_SECRET, type Shop } from '../fixtures.js';
import {
  createIdentity,
  endTls,
  listen,
  openAppProxy,
  PROXY_PATH,
  SHOP_HOST,
  type Listening,
} from './proxy.js';

const SHOP_ORIGIN = `https://${SHOP_HOST}`;
const PARTNER = 'https://partner.example';
const JSON_CART = JSON.stringify(CART);
const identity = createIdentity();

/** The headers of a request from the shop's own page. Safari before 16.4 sends the origin only. */
const OWN_PAGE = { origin: SHOP_ORIGIN, 'sec-fetch-site': 'same-origin' };
const OLD_SAFARI = { origin: SHOP_ORIGIN };

/** Headers by which a request states another origin, path or method, and which some proxies or frameworks trust. */
const FORGED = {
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'https',
  'x-forwarded-for': '127.0.0.1',
  'x-forwarded-prefix': '/evil',
  'x-forwarded-server': 'evil.example',
  'x-original-url': '/api/hsa-checkout/webhook',
  'x-rewrite-url': '/api/hsa-checkout/webhook',
  'x-http-method-override': 'PUT',
  forwarded: 'for=127.0.0.1;host=evil.example;proto=https',
};

interface ProxySetup {
  /** Opens the proxies in front of the app. The outermost is the last of the result. */
  open(app: Listening): Promise<Listening[]>;
  /** The endpoint's public path. */
  path: string;
}

const SETUPS: Record<string, ProxySetup> = {
  'a proxy that ends TLS': {
    open: async (app) => [await endTls(app, identity)],
    path: '/api/hsa-checkout',
  },
  'a Shopify app proxy': {
    open: async (app) => [await openAppProxy(app, identity)],
    path: PROXY_PATH,
  },
  'a Shopify app proxy, and one that ends TLS before the app': {
    open: async (app) => {
      const balancer = await endTls(app, identity);
      return [balancer, await openAppProxy(balancer, identity)];
    },
    path: PROXY_PATH,
  },
};

const parse = <T>({ text }: Answer) => JSON.parse(text) as T;

for (const [name, setup] of Object.entries(SETUPS))
  describe(`handler behind ${name}`, () => {
    let shop: Shop;
    let orders: CreatedOrder[] = [];
    let requests: Request[] = [];
    let servers: Listening[] = [];
    let send: (path: string, message: Message) => Promise<Answer>;

    before(async () => {
      const listener = getRequestListener((request) => shop.handler(request));
      const app = await listen((incoming, outgoing) => void listener(incoming, outgoing));
      servers = [app, ...(await setup.open(app))];
      const { url, ca } = servers.at(-1)!;
      send = (path, message) => exchange(url + setup.path + path, { ca, ...message });
    });
    after(async () => {
      await Promise.all(servers.map((server) => server.close()));
    });
    beforeEach(() => {
      orders = [];
      requests = [];
      shop = openShop({
        origins: [PARTNER],
        // The tests deliver webhooks themselves, through the proxies.
        webhookUrl: undefined,
        onOrderCreated: (order) => void orders.push(order),
        rateLimit: (request) => !requests.push(request),
      });
    });

    const press = (caller: Record<string, string>, more: Message = {}) => {
      const { 'sec-fetch-site': _, ...headers } = pageHeaders();
      return send('', { method: 'POST', body: JSON_CART, ...more, headers: { ...headers, ...caller } });
    };
    const statusOf = async (query: Record<string, string>) =>
      parse<StatusAnswer>(await send(`/status?${new URLSearchParams(query)}`, { headers: OLD_SAFARI }))
        .status;
    const deliver = async (body: string, signedBody = body) => {
      const now = Math.floor(Date.now() / 1000);
      const headers = {
        'content-type': 'application/json',
        'x-gale-signature': await signWebhook(signedBody, WEBHOOK_SECRET, now),
      };
      return send('/webhook', { method: 'POST', headers, body });
    };

    it('opens a session for the shop’s own page, although the request has the app’s URL', async () => {
      const answer = await press({ ...OWN_PAGE, cookie: 'cart=1' });
      assert.equal(answer.status, 200, answer.text);
      assert.equal(shop.opened().length, 1);
      const { url } = requests[0]!;
      assert.ok(url.startsWith('http://127.0.0.1:') && !url.includes(SHOP_HOST), url);
    });

    it('returns the status for both tokens, and fulfils the order once', async () => {
      const answer = await press(OWN_PAGE);
      const { checkout_id: id, checkout_url, status_token: token } = parse<SessionAnswer>(answer);
      assert.equal(await statusOf({ id, token }), 'open');
      const returnUrl = new URL(await submitPaymentPage(shop, checkout_url, 'pay'));
      assert.equal(returnUrl.origin, SHOP_ORIGIN);
      assert.equal(await statusOf({ token: returnUrl.searchParams.get('hsa_checkout')! }), 'paid');

      const body = `{ "type": "order.created",\r\n "data": { "checkout_id": "${id}", "note": "é\\u00e9" } }\n`;
      const { order_id, ...rest } = JSON.parse(body) as { order_id?: string };
      assert.equal((await deliver(JSON.stringify({ order_id, ...rest }), body)).status, 401);
      assert.equal(orders.length, 0);
      assert.deepEqual(parse(await deliver(body)), { outcome: 'fulfilled' });
      assert.deepEqual(parse(await deliver(body)), { outcome: 'duplicate' });
      assert.deepEqual(
        orders.map(({ checkoutId }) => checkoutId),
        [id],
      );
    });

    it('returns eligibility, and redirects a form', async () => {
      const headers = { ...OWN_PAGE, 'content-type': 'application/json' };
      const body = JSON.stringify({ product_ids: ['monitor'] });
      const eligibility = await send('/eligibility', { method: 'POST', headers, body });
      assert.deepEqual(parse(eligibility), {
        products: [{ product_id: 'monitor', eligibility: 'eligible' }],
      });
      const form = await press(
        { ...OWN_PAGE, 'content-type': 'application/x-www-form-urlencoded' },
        { body: new URLSearchParams({ cart: JSON_CART }).toString() },
      );
      assert.equal(form.status, 303);
      assert.ok(form.headers.location?.startsWith('https://sandbox.example/pay/'), form.headers.location);
    });

    it('allows a listed origin with a preflight, and no other origin', async () => {
      const preflight = { 'access-control-request-method': 'POST', 'sec-fetch-site': 'cross-site' };
      const preflightStatus = async (origin: string) =>
        (await send('', { method: 'OPTIONS', headers: { ...preflight, origin } })).status;
      assert.equal(await preflightStatus(PARTNER), 204);
      assert.equal(await preflightStatus('https://evil.example'), 403);
      assert.equal((await press({ origin: PARTNER, 'sec-fetch-site': 'cross-site' })).status, 200);
    });

    it('refuses a request whose origin only a forwarded header proves, even the shop’s own', async () => {
      const callers = [
        // The proxies forward shop.example as the host, which a caller can forge.
        OLD_SAFARI,
        { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', ...FORGED },
        { origin: 'https://evil.example', ...FORGED, host: 'evil.example' },
        { ...FORGED, origin: `http://127.0.0.1:${new URL(servers[0]!.url).port}` },
        { origin: 'null', 'sec-fetch-site': 'cross-site', ...FORGED },
        FORGED,
      ];
      for (const caller of callers) {
        const answer = await press(caller);
        assert.equal(answer.status, 403, JSON.stringify(caller));
        assert.equal(parse<ProblemAnswer>(answer).code, 'forbidden_origin');
        assert.equal(answer.headers['access-control-allow-origin'], undefined);
      }
      assert.deepEqual(shop.calls, []);
    });

    it('keeps the shop’s return URLs when a request has forged forwarded headers', async () => {
      const answer = await press({ ...OWN_PAGE, ...FORGED });
      assert.equal(answer.status, 200, answer.text);
      const { success_url, failure_url } = shop.opened()[0]!.body;
      for (const url of [success_url, failure_url]) assert.equal(new URL(url).origin, SHOP_ORIGIN);
      assert.doesNotMatch(JSON.stringify(shop.calls) + answer.text, /evil/);
    });

    it('refuses an unsigned webhook, with and without forwarded headers', async () => {
      for (const headers of [{}, FORGED, { ...FORGED, ...OWN_PAGE }]) {
        const body = JSON.stringify({ type: 'order.created', data: { checkout_id: 'any' } });
        const sent = { 'content-type': 'application/json', ...headers };
        assert.equal((await send('/webhook', { method: 'POST', headers: sent, body })).status, 401);
      }
      assert.deepEqual(shop.calls, []);
    });

    it('responds with 404 to a wrong token, although the proxy adds parameters to the query', async () => {
      const { checkout_id: id } = parse<SessionAnswer>(await press(OWN_PAGE));
      for (const query of [{ id }, { id, token: 'a'.repeat(43) }, { token: 'a'.repeat(43) }]) {
        const path = `/status?${new URLSearchParams(query as Record<string, string>)}`;
        assert.equal((await send(path, { headers: { ...OWN_PAGE, ...FORGED } })).status, 404);
      }
    });

    it('responds with 413 to a chunked body before its end', async () => {
      // With keep-alive, like a browser: Node resets a connection that closes with unread data.
      const answer = await press(
        { ...OWN_PAGE, 'transfer-encoding': 'chunked', connection: 'keep-alive' },
        { body: 'x'.repeat(3_000_000), isUnfinished: true },
      );
      assert.equal(answer.status, 413);
    });
  });

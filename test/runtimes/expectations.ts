import assert from 'node:assert/strict';
import { after, before, describe, it as test } from 'node:test';
import type { ProblemAnswer, SessionAnswer, StatusAnswer } from '../../src/contract/index.js';
import { signWebhook } from '../../src/server/index.js';
import { freePort } from '../support/free-port.js';
import { exchange, type Answer, type Message } from '../support/exchange.js';
import { openProvider, WEBHOOK_SECRET, type ListeningProvider } from './provider.js';
import { guideFiles, type GuideFile } from './guide.js';
import type { Runtime } from './runtime.js';

const API_KEY = 'glm_test_SENTINEL';
const SECRET = 'correct horse battery staple';
const PARTNER = 'https://partner.example';
const JSON_TYPE = { 'content-type': 'application/json' };
const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };
/** The shipping and tax of the guide's example, in cents. */
const SHIPPING_AND_TAX = 500 + 410;
const CART = JSON.stringify({ line_items: [{ product_id: 'monitor', quantity: 1 }] });

/** The inputs for the start of a runtime. */
export interface Setting {
  /** The section of the guide. */
  section: string;
  /** The port to listen on, at 127.0.0.1. */
  port: number;
  /** The endpoint. */
  url: string;
  /** The environment that the merchant's handler reads. */
  env: Record<string, string>;
}

/** Starts a shop from the guide's files for a runtime. */
export type Start = (files: GuideFile[], setting: Setting) => Promise<Runtime>;

/** The most lines that a file of the guide may have, with its imports. */
const MOST_LINES = 13;

const parse = <T>({ text }: Answer) => JSON.parse(text) as T;

interface Mounting {
  /** The guide's heading for the runtime's files. Default: the runtime's name. */
  section?: string;
  /** Whether a body parser runs before the handler. It has its own limit of a body's size. */
  parserFirst?: boolean;
}

/** The guide's promises for the handler in every runtime. */
export function expectCheckout(
  runtime: string,
  start: Start,
  { section = runtime, parserFirst = false }: Mounting = {},
): void {
  void describe(`mounted in ${runtime} as in the guide`, () => {
    // The titles name the runtime, because one file has the tests of several runtimes.
    const it = (title: string, work: () => void | Promise<void>) => void test(`${title} (${runtime})`, work);
    const files = guideFiles(section);
    let provider: ListeningProvider;
    let shop: Runtime;
    let endpoint = '';
    const answers: Answer[] = [];

    before(async () => {
      provider = await openProvider();
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      endpoint = `${url}/api/hsa-checkout`;
      const env = {
        GALE_API_KEY: API_KEY,
        CHECKOUT_SECRET: SECRET,
        PROVIDER_URL: provider.url,
        SHOP_URL: url,
        WEBHOOK_SECRET,
      };
      shop = await start(files, { section, port, url: endpoint, env });
    });
    after(async () => {
      await shop?.stop();
      await provider?.close();
    });

    const ask = async (path: string, message: Message = {}) => {
      const answer = await exchange(endpoint + path, message);
      answers.push(answer);
      return answer;
    };
    const press = (headers: Record<string, string> = SAME_ORIGIN, body = CART) =>
      ask('', {
        method: 'POST',
        headers: { ...JSON_TYPE, 'idempotency-key': crypto.randomUUID(), ...headers },
        body,
      });
    const open = async () => {
      const answer = await press();
      assert.equal(answer.status, 200, answer.text + shop.output());
      return parse<SessionAnswer>(answer);
    };
    const statusOf = async (query: Record<string, string>) =>
      parse<StatusAnswer>(await ask(`/status?${new URLSearchParams(query)}`)).status;
    const deliver = (body: string, signature: string) =>
      ask('/webhook', { method: 'POST', headers: { ...JSON_TYPE, 'x-gale-signature': signature }, body });
    const now = () => Math.floor(Date.now() / 1000);

    it('needs only a few lines', () => {
      for (const { code } of files) assert.ok(code.trim().split('\n').length <= MOST_LINES, code);
    });

    it('opens a session for the shop’s own page, and only one for each key', async () => {
      const key = { 'idempotency-key': crypto.randomUUID() };
      const first = await press({ ...SAME_ORIGIN, ...key });
      assert.equal(first.status, 200, first.text + shop.output());
      const session = parse<SessionAnswer>(first);
      assert.ok(session.checkout_url.startsWith(`${provider.url}/pay/`), session.checkout_url);
      assert.equal(session.amounts?.total, 4995 + SHIPPING_AND_TAX);
      const second = await press({ ...SAME_ORIGIN, ...key });
      assert.equal(parse<SessionAnswer>(second).checkout_id, session.checkout_id);
      assert.equal(second.headers['idempotency-replayed'], 'true');
    });

    it('forbids caching of every response, also of errors', async () => {
      for (const answer of [await press(), await press({}), await ask('/status?token=none')]) {
        assert.equal(answer.headers['cache-control'], 'no-store');
        assert.equal(answer.headers['x-content-type-options'], 'nosniff');
        // A framework may add other directives.
        assert.match(String(answer.headers.vary), /\bOrigin\b/);
        assert.ok(answer.headers['x-request-id']);
      }
    });

    it('allows a listed origin in the preflight and the response', async () => {
      const headers = {
        origin: PARTNER,
        'sec-fetch-site': 'cross-site',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,idempotency-key',
      };
      const preflight = await ask('', { method: 'OPTIONS', headers });
      assert.equal(preflight.status, 204);
      assert.equal(preflight.headers['access-control-allow-origin'], PARTNER);
      assert.equal(preflight.headers['access-control-allow-headers'], 'content-type, idempotency-key');
      const posted = await press({ origin: PARTNER, 'sec-fetch-site': 'cross-site' });
      assert.equal(posted.status, 200);
      assert.equal(posted.headers['access-control-allow-origin'], PARTNER);
    });

    it('refuses the preflight and the request of any other origin', async () => {
      const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      for (const answer of [await ask('', { method: 'OPTIONS', headers }), await press(headers)]) {
        assert.equal(answer.status, 403);
        assert.equal(parse<ProblemAnswer>(answer).code, 'forbidden_origin');
        assert.equal(answer.headers['access-control-allow-origin'], undefined);
      }
    });

    const askProducts = (more: Message = {}) =>
      ask('/eligibility', {
        method: 'POST',
        headers: { ...JSON_TYPE, ...SAME_ORIGIN },
        body: JSON.stringify({ product_ids: ['monitor', 'nothing'] }),
        ...more,
      });

    it('answers one page after another page has aborted its request', async () => {
      const leave = new AbortController();
      provider.sandbox.faults.add({ on: 'GET /products', kind: 'slow', delayMs: 1000, times: 1 });
      const reached = provider.nextRequest();
      const left = assert.rejects(askProducts({ signal: leave.signal }));
      await reached;
      leave.abort();
      await left;
      const answer = await askProducts();
      assert.equal(answer.status, 200, answer.text + shop.output());
    });

    it('returns the eligibility of products to several pages at once', async () => {
      for (const answer of await Promise.all([askProducts(), askProducts(), askProducts()]))
        assert.deepEqual(parse(answer), {
          products: [
            { product_id: 'monitor', eligibility: 'eligible' },
            { product_id: 'nothing', eligibility: 'unknown' },
          ],
        });
    });

    it('serves a session from the press to the paid order', async () => {
      const { checkout_id: id, checkout_url, status_token: token } = await open();
      assert.equal(await statusOf({ id, token }), 'open');
      const landed = await provider.pay(checkout_url);
      assert.deepEqual(provider.deliveries.at(-1), { status: 200, body: { outcome: 'fulfilled' } });
      assert.equal(await statusOf({ id, token }), 'paid');
      assert.equal(await statusOf({ token: landed.searchParams.get('hsa_checkout')! }), 'paid');
    });

    it('checks a webhook’s signature over the exact bytes', async () => {
      const body = '{ "type":"order.refunded",\r\n\t"data": {"name":"Müller \\u00e9"},  "n": 1.0 }\n';
      const signature = await signWebhook(body, WEBHOOK_SECRET, now());
      const delivered = await deliver(body, signature);
      assert.equal(delivered.status, 200, delivered.text);
      assert.deepEqual(parse(delivered), { outcome: 'ignored' });
      assert.equal((await deliver(JSON.stringify(JSON.parse(body)), signature)).status, 401);
    });

    it('answers a plain form with a 303 to the payment page', async () => {
      const { status, headers } = await ask('', {
        method: 'POST',
        headers: { ...SAME_ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ cart: CART }).toString(),
      });
      assert.equal(status, 303);
      assert.ok(headers.location?.startsWith(`${provider.url}/pay/`), headers.location);
    });

    it('answers 415 to a body that is neither JSON nor a form', async () => {
      const answer = await press({ ...SAME_ORIGIN, 'content-type': 'text/plain' });
      assert.equal(answer.status, 415);
      assert.equal(parse<ProblemAnswer>(answer).code, 'unsupported_media_type');
    });

    it('answers 405 to a method that a route does not have', async () => {
      const created = await ask('', { headers: SAME_ORIGIN });
      assert.equal(created.status, 405);
      assert.equal(created.headers.allow, 'POST, OPTIONS');
      assert.equal((await ask('/webhook')).headers.allow, 'POST');
      const posted = await ask('/status', { method: 'POST', headers: { ...SAME_ORIGIN, ...JSON_TYPE } });
      assert.equal(posted.headers.allow, 'GET, HEAD, OPTIONS');
    });

    if (!parserFirst)
      it('answers 413 to a body above 256 KB, which the framework lets through to it', async () => {
        const answer = await press(SAME_ORIGIN, `"${'x'.repeat(256 * 1024)}"`);
        assert.equal(answer.status, 413);
        assert.equal(parse<ProblemAnswer>(answer).code, 'too_large');
      });

    it('shows no secret in a response or in its output', () => {
      assert.ok(answers.length > 20, `${answers.length} answers`);
      const all =
        shop.output() + answers.map(({ headers, text }) => JSON.stringify(headers) + text).join('\n');
      for (const secret of [API_KEY, SECRET, WEBHOOK_SECRET]) assert.ok(!all.includes(secret));
    });
  });
}

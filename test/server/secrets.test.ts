import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { inspect } from 'node:util';
import type { FaultKind } from '../../src/sandbox/index.js';
import { createCheckoutHandler, createProvider, type Store } from '../../src/server/index.js';
import {
  API_KEY,
  submitPaymentPage,
  CART,
  delivery,
  ENDPOINT,
  openShop,
  pageHeaders,
  press,
  resolve,
  SECRET,
  sessionOf,
  WEBHOOK_SECRET,
  type Network,
  type Shop,
  type ShopOptions,
} from './fixtures.js';

const SECRETS = [API_KEY, 'SENTINEL', SECRET, WEBHOOK_SECRET];
const CONSOLE = ['debug', 'info', 'log', 'warn', 'error'] as const;

/** Records all output: responses, events, thrown errors with their causes, and the console. */
class OutputRecorder {
  readonly #outputs: string[] = [];
  readonly #t: TestContext;

  constructor(t: TestContext) {
    this.#t = t;
    t.mock.timers.enable({ apis: ['setTimeout'] });
    for (const method of CONSOLE) t.mock.method(console, method, (...texts: unknown[]) => this.record(texts));
  }

  get count(): number {
    return this.#outputs.length;
  }

  record(value: unknown): void {
    this.#outputs.push(inspect(value, { depth: Infinity, showHidden: true, maxStringLength: Infinity }));
  }

  /** Waits for a result, and advances the mock timers by half a second at a time. */
  async complete<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const end = () => (isDone = true);
    work.then(end, end);
    while (!isDone) {
      await new Promise((next) => setImmediate(next));
      this.#t.mock.timers.tick(500);
    }
    return work;
  }

  /** Sends a request, and records the whole response and the events. */
  async send({ handler, events }: Shop, request: Request | Promise<Request>): Promise<number> {
    const response = await this.complete(handler(await request));
    this.record([response.status, response.statusText, [...response.headers], await response.text(), events]);
    return response.status;
  }

  /** Records the error of a function that must throw or reject. */
  async recordError(work: () => unknown): Promise<void> {
    await assert.rejects(this.complete(Promise.resolve().then(work)), (error) => {
      this.record([error, String(error), (error as Error).stack, JSON.stringify(error)]);
      return true;
    });
  }

  /** Asserts that no recorded output has a secret, and that there were at least so many outputs. */
  assertNoSecrets(atLeast: number): void {
    assert.ok(this.count >= atLeast, `only ${this.count} outputs recorded`);
    for (const text of this.#outputs)
      for (const secret of SECRETS) assert.ok(!text.includes(secret), `${secret} in ${text}`);
  }
}

const to = (path: string, init: RequestInit = {}) =>
  new Request(ENDPOINT + path, { headers: pageHeaders(), ...init });
const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  to(path, { method: 'POST', body, headers: pageHeaders(headers) });
const form = (cart: unknown) =>
  post('', new URLSearchParams({ cart: JSON.stringify(cart) }), {
    'content-type': 'application/x-www-form-urlencoded',
  });
const products = () => post('/eligibility', JSON.stringify({ product_ids: ['monitor'] }));

/** Opens and pays a session, calls `breakShop`, and then sends a request to every route. */
async function callEveryRoute(output: OutputRecorder, shop: Shop, breakShop: () => void): Promise<void> {
  const { checkout_id, checkout_url, status_token } = await sessionOf(await shop.handler(press()));
  const returnUrl = new URL(await submitPaymentPage(shop, checkout_url, 'pay'));
  breakShop();
  const fresh = { 'idempotency-key': crypto.randomUUID() };
  const event = { type: 'order.created', data: { checkout_id } };
  for (const request of [
    press(),
    press(CART, fresh),
    form(CART),
    products(),
    to(`/status?${new URLSearchParams({ id: checkout_id, token: status_token })}`),
    to(`/status?${new URLSearchParams({ token: returnUrl.searchParams.get('hsa_checkout')! })}`),
    delivery(event),
  ])
    await output.send(shop, request);
  output.record(await output.complete(shop.handler.reconcile(checkout_id)));
}

const shopOf = (options: ShopOptions = {}) =>
  openShop({ webhookUrl: undefined, onOrderCreated: () => {}, ...options });

describe('secrets', () => {
  it('do not appear in any output after any failure of the provider', async (t) => {
    const output = new OutputRecorder(t);
    const kinds: FaultKind[] = ['timeout', 'reset', 'truncated', 'html', 'slow'];
    const statuses = [301, 400, 401, 403, 404, 408, 409, 422, 429, 500, 503];
    const faults = [
      ...kinds.map((kind) => ({ kind })),
      ...statuses.map((status) => ({ kind: 'status' as const, status })),
    ];
    for (const fault of faults)
      for (const onEvent of ['taken', 'logged']) {
        const shop = shopOf(onEvent === 'logged' ? { onEvent: undefined } : {});
        await callEveryRoute(output, shop, () => shop.sandbox.faults.add({ on: '*', ...fault }));
      }
    output.assertNoSecrets(faults.length * 2 * 8);
  });

  it('do not appear in any output when the provider’s response has them', async (t) => {
    const output = new OutputRecorder(t);
    const echoes: [number, unknown][] = [
      [401, { error: { code: 'unauthorized', message: `invalid API key ${API_KEY}` } }],
      [422, { error: { code: API_KEY, message: API_KEY } }],
      [422, { success: false, error_code: API_KEY, details: { field_errors: { [API_KEY]: [API_KEY] } } }],
      [400, API_KEY],
      [200, { checkout_id: API_KEY, checkout_url: 'https://sandbox.example/pay/a', status: 'open' }],
      [200, { checkout_id: 'a', checkout_url: `https://sandbox.example/pay/${API_KEY}`, status: 'open' }],
      [200, { checkout_id: 'a', checkout_url: `https://${API_KEY}.example/`, status: API_KEY }],
      [200, { products: [{ merchant_product_id: API_KEY, name: API_KEY }] }],
    ];
    for (const [status, body] of echoes) {
      const headers = { 'retry-after': API_KEY, 'x-request-id': API_KEY, location: `/${API_KEY}` };
      for (const logged of [{}, { onEvent: undefined }]) {
        let isBroken = false;
        const network: Network = (_, pass) => (isBroken ? Response.json(body, { status, headers }) : pass());
        await callEveryRoute(output, shopOf({ network, ...logged }), () => (isBroken = true));
      }
    }
    output.assertNoSecrets(echoes.length * 2 * 8);
  });

  it('do not appear in any output when the merchant’s own code throws or returns them', async (t) => {
    const output = new OutputRecorder(t);
    const leak = (): never => {
      throw new Error(`${API_KEY} ${SECRET} ${WEBHOOK_SECRET}`, { cause: API_KEY });
    };
    const leakingStore: Store = { claim: leak, complete: leak, release: leak, read: leak };
    const hooks: ShopOptions[] = [
      { resolveCart: leak },
      { resolveCart: () => ({ line_items: API_KEY }) as never },
      { resolveCart: (cart) => ({ ...resolve(cart), shipping: API_KEY }) as never },
      { resolveEligibility: leak },
      { resolveEligibility: () => ({ monitor: API_KEY }) as never },
      { onSessionCreated: leak },
      { onOrderCreated: leak },
      { rateLimit: leak },
      { successUrl: leak },
      { failureUrl: leak },
      { store: leakingStore },
      { onEvent: leak },
      { network: leak },
    ];
    for (const hook of hooks)
      for (const logged of [{}, { onEvent: undefined }]) {
        const shop = shopOf({ ...logged, ...hook });
        const event = { type: 'order.created', data: { checkout_id: 'any' } };
        for (const request of [press(), form(CART), form('none'), products(), delivery(event)])
          await output.send(shop, request);
        output.record(await output.complete(shop.handler.reconcile('any')));
      }
    output.assertNoSecrets(hooks.length * 2 * 6);
  });

  it('do not appear in any output after malicious or malformed requests', async (t) => {
    const output = new OutputRecorder(t);
    const forged = { 'x-gale-signature': `t=${Math.floor(Date.now() / 1000)},v1=${'a'.repeat(64)}` };
    const requests = () => [
      ...['', '/status', '/eligibility', '/webhook'].flatMap((path) =>
        ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'].map((method) => to(path, { method })),
      ),
      new Request(ENDPOINT, { method: 'POST', headers: { origin: 'https://evil.example' }, body: '{}' }),
      ...['', '/eligibility', '/webhook'].flatMap((path) => [
        post(path, 'none', forged),
        post(path, 'null', forged),
        post(path, '[]', { ...forged, 'content-type': 'text/plain' }),
        post(path, new Uint8Array([0xff, 0xfe]), forged),
        post(path, 'x'.repeat(300_000), forged),
        post(path, '{}', { ...forged, 'content-encoding': 'gzip' }),
        post(path, '{"__proto__":{"apiKey":1},"constructor":{"prototype":{}}}', forged),
        post(path, '{"toString":1,"line_items":{"length":1}}', { authorization: 'Bearer none' }),
      ]),
      press({ ...CART, apiKey: 1, secret: 1, metadata: { webhook_url: 'https://evil.example' } }),
      press(CART, { 'idempotency-key': '../../secret' }),
      press(CART, { 'x-request-id': '${process.env.GALE_API_KEY}' }),
      form({ line_items: [{ product_id: '__proto__', quantity: 1 }] }),
      ...['?id=__proto__&token=a', `?token=${'a'.repeat(43)}`, '?id[]=1', '?token=%00'].map((query) =>
        to(`/status${query}`),
      ),
      delivery(null),
      delivery('{"type":"order.created","data":{"checkout_id":"__proto__"}}'),
      delivery({ type: 'constructor' }),
      delivery({ type: 'order.created' }, { secret: 'whsec_another' }),
    ];
    for (const logged of [{}, { onEvent: undefined }]) {
      const shop = shopOf(logged);
      for (const request of requests()) await output.send(shop, request);
    }
    output.assertNoSecrets(requests().length * 2);
  });

  it('do not appear in an error about invalid options, nor in printed objects', async (t) => {
    const output = new OutputRecorder(t);
    const shop = shopOf();
    const provider = createProvider({ apiKey: API_KEY, environment: 'test' });
    const createHandler = (options: object) => () =>
      createCheckoutHandler({
        provider,
        secret: SECRET,
        webhookSecret: WEBHOOK_SECRET,
        resolveCart: resolve,
        successUrl: 'https://shop.example/',
        failureUrl: 'https://shop.example/',
        ...options,
      });
    const mistakes = [
      () => createProvider({ apiKey: API_KEY, environment: 'live' }),
      () => createProvider({ apiKey: API_KEY, environment: undefined as never }),
      () => createProvider({ apiKey: `${API_KEY}\n`, environment: 'test' }),
      () => createProvider({ apiKey: `Bearer ${API_KEY}`, environment: 'test' }),
      () => createProvider({ apiKey: [API_KEY] as never, environment: 'test' }),
      () => createProvider({ apiKey: API_KEY, environment: 'test', baseUrl: 'http://evil.example' }),
      createHandler({ secret: ` ${SECRET}` }),
      createHandler({ secret: [SECRET, 'SENTINEL'] }),
      createHandler({ webhookSecret: `${WEBHOOK_SECRET}\n` }),
      createHandler({ webhookSecret: [WEBHOOK_SECRET, ''] }),
      createHandler({ successUrl: '/thanks' }),
      createHandler({ webhookUrl: 'webhook' }),
      createHandler({ origins: ['https://shop.example/'] }),
      createHandler({ provider: { ...provider, test: false } }),
    ];
    for (const mistake of mistakes) await output.recordError(mistake);
    for (const value of [provider, shop.handler, createHandler({})(), JSON.stringify(provider)])
      output.record(value);
    output.assertNoSecrets(mistakes.length + 4);
  });

  it('do not appear in an error of the provider client, nor in its causes', async (t) => {
    const output = new OutputRecorder(t);
    const answers: (() => Response | Promise<Response>)[] = [
      ...[400, 401, 404, 409, 422, 429, 500, 503].map((status) => () => Response.json({}, { status })),
      () => new Response('<html>'),
      () => Response.json({ checkout_url: 'https://evil.example' }),
      () => Response.json({ error: { message: API_KEY } }, { status: 401 }),
      () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNRESET') })),
      () => new Promise<never>(() => {}),
    ];
    for (const answer of answers) {
      const client = createProvider({ apiKey: API_KEY, environment: 'test', fetch: async () => answer() });
      await output.recordError(() => client.readSession('a'));
      await output.recordError(() => client.listProducts());
      await output.recordError(() => client.createSession({} as never, { idempotencyKey: 'key' }));
    }
    output.assertNoSecrets(answers.length * 3);
  });
});

import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { describe, it } from 'node:test';
import {
  createCheckoutHandler,
  createMemoryStore,
  createProvider,
  ProviderFailure,
} from '../../src/server/index.js';
import { API_KEY, CART, ENDPOINT, otherProvider, resolve, SECRET } from './fixtures.js';

/** Invalid durations, such as those of an unset environment variable. */
const INVALID_DURATIONS = [NaN, Infinity, 0, -1, 2 ** 31, '4s', '4000', null];

const json = (body: unknown) => Response.json(body);

describe('createProvider', () => {
  const make = (options: object) => () => createProvider(options as Parameters<typeof createProvider>[0]);
  const live = 'glm_live_SENTINEL';
  const mistakes: [string, object, RegExp][] = [
    ['without a key', { environment: 'test' }, /apiKey is missing/],
    ['with an empty key', { apiKey: '', environment: 'test' }, /apiKey is missing/],
    ['with a line break in the key', { apiKey: `${API_KEY}\n`, environment: 'test' }, /white space/],
    ['with a space in the key', { apiKey: ` ${API_KEY}`, environment: 'test' }, /white space/],
    ['with a test key in live', { apiKey: API_KEY, environment: 'live' }, /must begin with glm_live_/],
    ['with a live key in test', { apiKey: live, environment: 'test' }, /must begin with glm_test_/],
    ['without an environment', { apiKey: API_KEY }, /environment must be 'test' or 'live'/],
    ['with another environment', { apiKey: API_KEY, environment: 'production' }, /environment must be/],
    ['over http', { apiKey: API_KEY, environment: 'test', baseUrl: 'http://api.example/v2' }, /https/],
    ['with a relative URL', { apiKey: API_KEY, environment: 'test', baseUrl: '/v2' }, /https/],
  ];
  for (const timeoutMs of INVALID_DURATIONS)
    mistakes.push([
      `with the duration ${String(timeoutMs)}`,
      { apiKey: API_KEY, environment: 'test', timeoutMs },
      /timeoutMs must be a number of milliseconds from 1 to 2147483647/,
    ]);
  for (const [mistake, options, message] of mistakes)
    it(`throws an error without the key ${mistake}`, () => {
      assert.throws(make(options), (thrown: Error) => {
        assert.match(thrown.message, message);
        assert.doesNotMatch(thrown.message, /SENTINEL/);
        return true;
      });
    });

  it('uses the global fetch at the time of the call, and sends the headers and the body of the provider’s API', async (t) => {
    const provider = createProvider({ apiKey: API_KEY, environment: 'test' });
    let sentRequest: Request | undefined;
    t.mock.method(globalThis, 'fetch', async (input: string, init: RequestInit) => {
      sentRequest = new Request(input, init);
      return json({
        checkout_id: 'cs_1',
        checkout_url: 'https://checkout.withgale.com/cs_1',
        status: 'open',
      });
    });
    const request = {
      ...(resolve(CART) as Parameters<typeof provider.createSession>[0]),
      reference_id: 'r',
      success_url: 'https://shop.example/a',
      failure_url: 'https://shop.example/b',
    };
    await provider.createSession(request, { idempotencyKey: 'key-1' });
    assert.equal(sentRequest?.url, 'https://api.withgale.com/v2/checkout');
    assert.equal(sentRequest?.redirect, 'manual');
    assert.equal(sentRequest?.headers.get('authorization'), `Bearer ${API_KEY}`);
    assert.equal(sentRequest?.headers.get('content-type'), 'application/json');
    assert.equal(sentRequest?.headers.get('idempotency-key'), 'key-1');
    assert.deepEqual(await sentRequest?.json(), request);
  });

  it('rejects a state of another session', async () => {
    const provider = createProvider({
      apiKey: API_KEY,
      environment: 'test',
      fetch: async () => json({ checkout_id: 'cs_2', status: 'paid' }),
    });
    await assert.rejects(provider.readSession('cs_1'), { name: 'ProviderFailure', kind: 'contract' });
  });

  it('rejects without a retry when its signal aborts', async () => {
    let attempts = 0;
    const controller = new AbortController();
    const provider = createProvider({
      apiKey: API_KEY,
      environment: 'test',
      fetch: async (_, init) => {
        attempts++;
        controller.abort();
        throw init?.signal?.reason;
      },
    });
    await assert.rejects(provider.readSession('cs_1', { signal: controller.signal }), ProviderFailure);
    assert.equal(attempts, 1);
  });

  it('removes its listeners from every signal, after a response and after a broken one', async () => {
    const signals: AbortSignal[] = [];
    const brokenBody = () =>
      new ReadableStream({ pull: (controller) => controller.error(new Error('reset')) });
    const provider = createProvider({
      apiKey: API_KEY,
      environment: 'test',
      fetch: async (_, init) => {
        signals.push(init!.signal!);
        return signals.length === 1
          ? json({ checkout_id: 'cs_1', status: 'open' })
          : new Response(brokenBody());
      },
    });
    const { signal } = new AbortController();
    await provider.readSession('cs_1', { signal });
    await assert.rejects(provider.readSession('cs_1', { signal }), ProviderFailure);
    assert.ok(signals.length >= 2);
    for (const source of [signal, ...signals]) assert.deepEqual(getEventListeners(source, 'abort'), []);
  });

  it('sends a product, and rejects a float price without sending it', async () => {
    const bodies: string[] = [];
    const provider = createProvider({
      apiKey: API_KEY,
      environment: 'test',
      fetch: async (_, init) => {
        bodies.push(String(init?.body));
        return json({
          success: true,
          data: { merchant_product_id: 'a', eligibility: { hsa_fsa_eligible: true } },
        });
      },
    });
    const product = { name: 'A', merchant_product_id: 'a', price: 100, currency: 'USD' };
    assert.equal((await provider.syncProduct(product)).eligibility?.hsa_fsa_eligible, true);
    await assert.rejects(provider.syncProduct({ ...product, price: 1.5 }), (failure: ProviderFailure) => {
      assert.equal(failure.kind, 'invalid');
      assert.equal(failure.fields![0]!.path, 'price');
      return true;
    });
    assert.equal(bodies.length, 1);
  });
});

describe('createCheckoutHandler', () => {
  const provider = otherProvider('https://pay.example/a');
  const redisClient = { sendCommand: async () => null, get: async () => null, set: async () => 'OK' };
  const validOptions = {
    provider,
    secret: SECRET,
    resolveCart: resolve,
    successUrl: 'https://shop.example/a',
    failureUrl: 'https://shop.example/b',
  };
  const mistakes: [string, object, RegExp][] = [
    ['without a provider', { provider: undefined }, /provider is missing/],
    ['without resolveCart', { resolveCart: undefined }, /resolveCart is missing/],
    ['without a secret', { secret: undefined }, /secret is missing/],
    ['with an empty list of secrets', { secret: [] }, /secret is missing/],
    ['with a secret below 16 characters', { secret: 'SENTINEL' }, /16 characters/],
    ['with a line break after the secret', { secret: `${SECRET}\n` }, /white space/],
    ['with a relative success URL', { successUrl: '/thanks' }, /successUrl must be an absolute/],
    ['without a failure URL', { failureUrl: undefined }, /failureUrl must be an absolute/],
    [
      'with a webhook URL and without a webhook secret',
      { webhookUrl: `${ENDPOINT}/webhook` },
      /without webhookSecret/,
    ],
    [
      'with a webhook URL and without onOrderCreated',
      { webhookUrl: `${ENDPOINT}/webhook`, webhookSecret: 'whsec' },
      /webhookUrl without onOrderCreated/,
    ],
    ['with a relative webhook URL', { webhookUrl: '/webhook' }, /webhookUrl must be/],
    ['with a path in an origin', { origins: ['https://shop.example/'] }, /exact origins/],
    ['with * as an origin', { origins: ['*'] }, /exact origins/],
    ['with the opaque origin null', { origins: ['null'] }, /exact origins/],
    [
      'with a Redis client as the store',
      { store: redisClient },
      /wrap a Redis client, createRedisStore\(client\)$/,
    ],
    ['with a promise as the store', { store: Promise.resolve(createMemoryStore()) }, /createRedisStore/],
    [
      'with a store without release',
      { store: { ...createMemoryStore(), release: undefined } },
      /claim, complete, release and read/,
    ],
    ['live without a store', { provider: { ...provider, test: false } }, /store is required/],
  ];
  for (const resolveTimeoutMs of INVALID_DURATIONS)
    mistakes.push([
      `with the duration ${String(resolveTimeoutMs)}`,
      { resolveTimeoutMs },
      /resolveTimeoutMs must be a number of milliseconds from 1 to 2147483647/,
    ]);
  for (const hook of ['onEvent', 'onOrderCreated', 'onSessionCreated', 'rateLimit', 'resolveEligibility'])
    mistakes.push([`with a string as ${hook}`, { [hook]: 'yes' }, new RegExp(`${hook} must be a function`)]);
  for (const [mistake, options, message] of mistakes)
    it(`throws ${mistake}`, () => {
      assert.throws(
        () => createCheckoutHandler({ ...validOptions, ...options }),
        (thrown: Error) => {
          assert.match(thrown.message, message);
          assert.doesNotMatch(thrown.message, /SENTINEL/);
          return true;
        },
      );
    });

  for (const webhookSecret of ['whsec\n', ' whsec', 'wh sec', ''])
    it(`throws with the webhook secret ${JSON.stringify(webhookSecret)}`, () => {
      assert.throws(() => createCheckoutHandler({ ...validOptions, webhookSecret }), /webhookSecret/);
    });

  it('accepts valid options', () => {
    createCheckoutHandler(validOptions);
    createCheckoutHandler({ ...validOptions, resolveTimeoutMs: 2 ** 31 - 1 });
    createProvider({ apiKey: API_KEY, environment: 'test', timeoutMs: 1 });
    createCheckoutHandler({ ...validOptions, secret: [SECRET, `${SECRET}2`], webhookSecret: ['a', 'b'] });
  });
});

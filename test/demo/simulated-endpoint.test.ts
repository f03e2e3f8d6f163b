import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CheckoutSession, validate } from 'hsa-checkout-button/contract';
import { createSandbox } from 'hsa-checkout-button/sandbox';
import { createCheckoutHandler, createProvider } from 'hsa-checkout-button/server';
import { syncedProducts } from '../../demo/catalogue.js';
import { Orders } from '../../demo/orders.js';
import { DEFAULTS, type Settings } from '../../demo/playground/settings.js';
import { createSimulatedEndpoint } from '../../demo/playground/simulated-endpoint.js';

const ENDPOINT = 'http://localhost/api/hsa-checkout';
const KEY = '7d9f6f3e-8f64-4f0e-9d07-3a2f8f6f1c55';

type Handler = (request: Request) => Promise<Response>;

const simulated = (settings: Partial<Settings> = {}): Handler =>
  createSimulatedEndpoint({ settings: () => ({ ...DEFAULTS, ...settings }), wait: () => Promise.resolve() });

/** The shop's own handler, over the sandbox. */
function real({ isGuest = false, isLimited = false, isBroken = false } = {}): Handler {
  const sandbox = createSandbox({ products: syncedProducts(), webhookSecret: 'whsec_playground' });
  const orders = new Orders(isGuest);
  return createCheckoutHandler({
    provider: createProvider({
      apiKey: 'glm_test_playground',
      environment: 'test',
      baseUrl: 'http://localhost/sandbox/v2',
      fetch: (input, init) => sandbox.fetch(new Request(input, init)),
      checkoutHosts: ['localhost'],
    }),
    secret: 'a secret of the playground alone',
    resolveCart: (cart, { idempotencyKey }) => {
      if (isBroken) throw new Error('The database is away');
      return orders.resolve(cart, idempotencyKey);
    },
    successUrl: 'http://localhost/return',
    failureUrl: 'http://localhost/cart',
    rateLimit: () => isLimited && { retryAfterMs: 60_000 },
    onEvent: () => {},
  });
}

const ask = (handler: Handler, body: object, route = '') =>
  handler(
    new Request(ENDPOINT + route, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: {
        'content-type': 'application/json',
        'idempotency-key': KEY,
        'sec-fetch-site': 'same-origin',
      },
    }),
  );

const cart = (...ids: string[]) => ({ line_items: ids.map((product_id) => ({ product_id, quantity: 2 })) });

/** The names and types of the fields of a response. */
function formOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(formOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]) => [name, formOf(part)] as const)
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}

async function sameForm(one: Response, other: Response): Promise<[Answer, Answer]> {
  assert.equal(one.status, other.status);
  for (const name of ['content-type', 'retry-after'])
    assert.equal(one.headers.get(name), other.headers.get(name), name);
  const answers = [await one.json(), await other.json()] as [Answer, Answer];
  assert.deepEqual(formOf(answers[0]), formOf(answers[1]));
  return answers;
}

interface Answer {
  code?: string;
  title?: string;
  type?: string;
  status?: string;
  errors?: { path: string; code: string }[];
  amounts: { subtotal: number };
}

describe('the endpoint that is simulated in the playground', () => {
  for (const ids of [
    ['bp-monitor'],
    ['massage-gun'],
    ['mug'],
    ['thermometer', 'mug'],
    ['thermometer', 'massage-gun'],
  ])
    test(`opens a session for ${ids.join(' and ')} as the real handler does`, async () => {
      const [simulatedBody, realBody] = await sameForm(
        await ask(simulated(), cart(...ids)),
        await ask(real(), cart(...ids)),
      );
      assert.equal(simulatedBody.type, realBody.type);
      assert.equal(simulatedBody.amounts.subtotal, realBody.amounts.subtotal);
      assert.deepEqual(validate(CheckoutSession, simulatedBody).violations, []);
    });

  test('returns the real handler’s eligibility for every product', async () => {
    const product_ids = [...syncedProducts().map((product) => product.merchant_product_id), 'nobody'];
    const [simulatedBody, realBody] = await sameForm(
      await ask(simulated(), { product_ids }, '/eligibility'),
      await ask(real(), { product_ids }, '/eligibility'),
    );
    assert.deepEqual(simulatedBody, realBody);
  });

  for (const [title, settings, options] of [
    ['a guest’s details', { shopper: 'guest' }, { isGuest: true }],
    ['a page that asks too often', { network: 'limited' }, { isLimited: true }],
    ['a backend that breaks', { network: 'broken' }, { isBroken: true }],
  ] as const)
    test(`refuses ${title} with the problem of the real handler`, async () => {
      const [simulatedBody, realBody] = await sameForm(
        await ask(simulated(settings), cart('mug')),
        await ask(real(options), cart('mug')),
      );
      assert.deepEqual([simulatedBody.code, simulatedBody.title], [realBody.code, realBody.title]);
      const paths = ({ errors }: Answer) => errors?.map(({ path, code }) => [path, code]);
      assert.deepEqual(paths(simulatedBody), paths(realBody));
    });

  test('asks a guest only for missing fields', async () => {
    const customer = { email: 'ada@example.com', first_name: 'Ada' };
    const response = await ask(simulated({ shopper: 'guest' }), { ...cart('mug'), customer });
    const { errors } = (await response.json()) as Answer;
    assert.equal(errors![0]!.path, 'customer.last_name');
  });

  test('returns the same session for the same key', async () => {
    const endpoint = simulated();
    const id = async () =>
      ((await (await ask(endpoint, cart('mug'))).json()) as { checkout_id: string }).checkout_id;
    assert.equal(await id(), await id());
  });

  test('gives no response offline, a late one on a slow network, and an ended session on request', async () => {
    await assert.rejects(ask(simulated({ network: 'offline' }), cart('mug')), TypeError);
    const waits: number[] = [];
    const slow = createSimulatedEndpoint({
      settings: () => ({ ...DEFAULTS, network: 'slow' }),
      wait: async (ms) => void waits.push(ms),
    });
    await ask(slow, cart('mug'));
    assert.ok(waits[0]! > 5_000, `${waits[0]} ms is not slow`);
    const ended = (await (await ask(simulated({ network: 'expired' }), cart('mug'))).json()) as Answer;
    assert.equal(ended.status, 'expired');
  });
});

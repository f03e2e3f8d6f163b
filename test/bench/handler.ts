import { Hono } from 'hono';
import { createCheckoutHandler, createMemoryStore, type Provider } from '../../src/server/index.js';
import { resolve } from '../server/fixtures.js';

/** The path of the handler. The bare route is at `/bare`. */
export const ENDPOINT = '/api/hsa-checkout';
/** The body for both routes. */
export const CART = JSON.stringify({
  line_items: [
    { product_id: 'monitor', quantity: 1, price: 4995, currency: 'USD' },
    { product_id: 'vitamins', quantity: 2, price: 1999, currency: 'USD' },
  ],
});
/** The headers of a page's request, with a new key. */
export const headersOf = (key: string) => ({
  'content-type': 'application/json',
  'sec-fetch-site': 'same-origin',
  'idempotency-key': key,
});

const SESSION = {
  checkout_id: 'cs_0123456789abcdef',
  checkout_url: 'https://pay.example/cs_0123456789abcdef',
  status: 'open' as const,
};
/** The end of a session that is opened now. It is in the future, so that the handler does not request the session's state. */
const endsAt = () => new Date(Date.now() + 86_400_000).toISOString();
const never = () => Promise.reject(new Error('not asked'));
const provider: Provider = {
  test: true,
  checkoutHosts: ['pay.example'],
  createSession: async () => ({ ...SESSION, expires_at: endsAt() }),
  readSession: never,
  listProducts: never,
  syncProduct: never,
  readWebhook: never,
};

/** The handler with a provider that answers at once, so that only the handler's work is measured. */
export const handler = createCheckoutHandler({
  provider,
  secret: 'a secret of the bench alone',
  resolveCart: resolve,
  successUrl: 'https://shop.example/thanks',
  failureUrl: 'https://shop.example/cart',
  // Every request has a new key, and keys are kept for 48 hours. The store is bounded, so that the heap does not grow with them.
  store: createMemoryStore({ maxEntries: 100 }),
  onEvent: () => {},
});

/** The response of the handler, which the bare routes also return. */
export const answer = JSON.parse(await firstAnswer()) as object;

async function firstAnswer(): Promise<string> {
  const headers = headersOf(crypto.randomUUID());
  const url = `http://localhost${ENDPOINT}`;
  return (await handler(new Request(url, { method: 'POST', headers, body: CART }))).text();
}

/** Both routes in one app. */
export const app = new Hono();
app.post(ENDPOINT, (c) => handler(c.req.raw));
app.post('/bare', async (c) => {
  await c.req.json();
  return c.json(answer);
});

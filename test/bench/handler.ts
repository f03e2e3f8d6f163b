import { Hono } from 'hono';
import { createCheckoutHandler, createMemoryStore, type Provider } from '../../src/server/index.js';
import { resolve } from '../server/fixtures.js';

/** Where the handler stands; the bare route is at `/bare`. */
export const ENDPOINT = '/api/hsa-checkout';
/** What both are asked with. */
export const CART = JSON.stringify({
  line_items: [
    { product_id: 'monitor', quantity: 1, price: 4995, currency: 'USD' },
    { product_id: 'vitamins', quantity: 2, price: 1999, currency: 'USD' },
  ],
});
/** The headers of a page's request; each has a key of its own. */
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
/** When a session ends that is opened now. Its end says that it is new: else the handler would ask what became of it. */
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

/** The handler over a provider that answers at once: what is measured is the handler's work alone. */
export const handler = createCheckoutHandler({
  provider,
  secret: 'a secret of the bench alone',
  resolveCart: resolve,
  successUrl: 'https://shop.example/thanks',
  failureUrl: 'https://shop.example/cart',
  // Every request has a key of its own. Keys are kept for 48 hours by design, so the store is bounded for the heap's sake.
  store: createMemoryStore({ maxEntries: 100 }),
  onEvent: () => {},
});

/** What the handler answers: the bare routes say the same. */
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

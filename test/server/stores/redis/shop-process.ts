import { serve } from '@hono/node-server';
import { createCheckoutHandler, createProvider, createRedisStore } from '../../../../src/server/index.js';
import { connectClient, type ClientKind } from './clients.js';
import { API_KEY, resolve, SECRET, WEBHOOK_SECRET } from '../../fixtures.js';

/*
 * One of the processes that a shop runs on, with a Redis client of its own. `openChain` starts it and hears from it; it
 * ends with whoever started it.
 */

/** What a process is told when it starts, as JSON in its first argument. */
export interface ShopSettings {
  client: ClientKind;
  redisUrl: string;
  providerUrl: string;
}

/** What a process is told while it runs. It answers every message. */
export interface ShopOrder {
  shipping: number;
}

/** What a process tells once it listens. */
export interface ShopMessage {
  port: number;
}

const { client: kind, redisUrl, providerUrl } = JSON.parse(process.argv[2]!) as ShopSettings;
process.once('disconnect', () => process.exit());

/** What shipping costs now, in cents; the tests change it. */
let shipping: number | undefined;
process.on('message', (order: ShopOrder) => {
  shipping = order.shipping;
  process.send!('done');
});

const { client } = await connectClient(kind, redisUrl);
const handler = createCheckoutHandler({
  provider: createProvider({
    apiKey: API_KEY,
    environment: 'test',
    baseUrl: `${providerUrl}/v2`,
    checkoutHosts: [new URL(providerUrl).host],
  }),
  secret: SECRET,
  store: createRedisStore(client),
  resolveCart: (cart, { idempotencyKey }) => ({
    ...resolve(cart),
    // Lets the provider's side know which sessions belong together.
    reference_id: idempotencyKey,
    ...(shipping !== undefined && { shipping }),
  }),
  successUrl: 'https://shop.example/thanks',
  failureUrl: 'https://shop.example/cart',
  webhookSecret: WEBHOOK_SECRET,
  // The shop's database, which all of its processes share.
  async onOrderCreated({ checkoutId }) {
    await fetch(`${providerUrl}/orders/${checkoutId}`, { method: 'PUT' });
  },
  // What fails here fails on purpose.
  onEvent: () => {},
});
serve({ fetch: handler, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.send!({ port } satisfies ShopMessage);
});

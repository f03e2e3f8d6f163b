import { serve } from '@hono/node-server';
import { createCheckoutHandler, createProvider, createRedisStore } from '../../../../src/server/index.js';
import { connectClient, type ClientKind } from './clients.js';
import { API_KEY, resolve, SECRET, WEBHOOK_SECRET } from '../../fixtures.js';

/*
 * One of the shop's processes, with its own Redis client. `openChain` starts it and receives its messages. It exits when its
 * parent process disconnects.
 */

/** The settings of a process: JSON in its first argument. */
export interface ShopSettings {
  client: ClientKind;
  redisUrl: string;
  providerUrl: string;
}

/** A message to a process, which responds to each one. */
export interface ShippingMessage {
  shipping: number;
}

/** The message that a process sends when it listens. */
export interface ListeningMessage {
  port: number;
}

const { client: kind, redisUrl, providerUrl } = JSON.parse(process.argv[2]!) as ShopSettings;
process.once('disconnect', () => process.exit());

/** The current shipping, in cents. Undefined: that of the fixtures. */
let shipping: number | undefined;
process.on('message', (message: ShippingMessage) => {
  shipping = message.shipping;
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
    // `Chain.sessionsOf` groups the provider's sessions by it.
    reference_id: idempotencyKey,
    ...(shipping !== undefined && { shipping }),
  }),
  successUrl: 'https://shop.example/thanks',
  failureUrl: 'https://shop.example/cart',
  webhookSecret: WEBHOOK_SECRET,
  // Stands for the shop's database, which all of its processes share.
  async onOrderCreated({ checkoutId }) {
    await fetch(`${providerUrl}/orders/${checkoutId}`, { method: 'PUT' });
  },
  // The tests cause failures on purpose, so nothing is logged.
  onEvent: () => {},
});
serve({ fetch: handler, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.send!({ port } satisfies ListeningMessage);
});

import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { createSandbox, type Sandbox } from 'hsa-checkout-button/sandbox';
import { createCheckoutHandler, createProvider } from 'hsa-checkout-button/server';
import { createApp } from './app.js';
import { Carts } from './carts.js';
import { syncedProducts } from './catalogue.js';
import { Orders } from './orders.js';

type Answer = (request: Request) => Response | Promise<Response>;

/** A running demo shop. */
export interface Demo {
  /** Its origin, without a slash at the end. */
  url: string;
  /** The sandbox that replaces the provider. A test can set its clock and make it fail. */
  sandbox: Sandbox;
  close(): Promise<void>;
}

const WEBHOOK_SECRET = 'whsec_demo_shop';

/**
 * Starts the shop on localhost: its pages, the real checkout handler and the provider's sandbox in one process.
 * @param options.port 0 uses any free port, and so does a port in use.
 * @param options.isGuest whether the shopper is not signed in.
 */
export async function startDemo({ port, isGuest }: { port: number; isGuest?: boolean }): Promise<Demo> {
  // The handler needs the shop's address, which is known after the server listens.
  let answer: Answer = () => new Response(null, { status: 503 });
  const servers = await listen((request) => answer(request), port);
  const host = `localhost:${portOf(servers[0])}`;
  const url = `http://${host}`;

  const sandbox = createSandbox({ products: syncedProducts(), webhookSecret: WEBHOOK_SECRET });
  const orders = new Orders(isGuest);
  const checkout = createCheckoutHandler({
    provider: createProvider({
      apiKey: 'glm_test_demo',
      environment: 'test',
      baseUrl: `${url}/sandbox/v2`,
      fetch: (input, init) => sandbox.fetch(new Request(input, init)),
      checkoutHosts: [host],
    }),
    secret: 'a secret of the demo shop alone',
    resolveCart: (cart, { idempotencyKey }) => orders.resolve(cart, idempotencyKey),
    successUrl: `${url}/return`,
    failureUrl: `${url}/return`,
    receipt: {
      shop: 'Fennel & Fern',
      address: '48 Orchard Lane\nPortland, OR 97205',
      contact: 'help@fennel-and-fern.example',
    },
    webhookUrl: `${url}/api/hsa-checkout/webhook`,
    webhookSecret: WEBHOOK_SECRET,
    onOrderCreated: (order) => orders.book(order),
  });
  const app = createApp({ carts: new Carts(), orders, checkout, sandbox });
  answer = (request) => app.fetch(request);

  return {
    url,
    sandbox,
    close: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

const portOf = (server: ServerType) => (server.address() as AddressInfo).port;

/** Listens on both addresses of localhost, or on the first if the machine has no IPv6. Other machines cannot reach it. */
async function listen(fetch: Answer, port: number): Promise<[ServerType, ...ServerType[]]> {
  const first = await listenOn('127.0.0.1', fetch, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE' || port === 0) throw error;
    return listenOn('127.0.0.1', fetch, 0);
  });
  try {
    return [first, await listenOn('::1', fetch, portOf(first))];
  } catch {
    return [first];
  }
}

function listenOn(hostname: string, fetch: Answer, port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname }, () => resolve(server));
    server.once('error', reject);
  });
}

function close(server: ServerType): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    // Closes the connections that browsers keep open.
    if ('closeAllConnections' in server) server.closeAllConnections();
  });
}

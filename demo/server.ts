import type { AddressInfo } from 'node:net';
import { serve, type ServerType } from '@hono/node-server';
import { createSandbox, type Sandbox } from 'hsa-checkout-button/sandbox';
import { createCheckoutHandler, createProvider } from 'hsa-checkout-button/server';
import { createApp } from './app.js';
import { Carts } from './carts.js';
import { syncedProducts } from './catalogue.js';
import { Orders } from './orders.js';

/** A running demo shop. */
export interface Demo {
  /** Where it is, without a slash at the end. */
  url: string;
  /** The provider behind it, with its clock and its faults. */
  sandbox: Sandbox;
  close(): Promise<void>;
}

const WEBHOOK_SECRET = 'whsec_demo_shop';

/**
 * Opens the shop on localhost: its pages, the real checkout handler and the provider's sandbox in one process.
 * @param options.port 0 takes any free port; so does a port that is taken.
 * @param options.isGuest whether the shopper is not signed in.
 */
export async function startDemo({ port, isGuest }: { port: number; isGuest?: boolean }): Promise<Demo> {
  // The handler wants to know its address, which is known once the server listens.
  let answer: (request: Request) => Response | Promise<Response> = () => new Response(null, { status: 503 });
  const server = await listen((request) => answer(request), port);
  const host = `localhost:${(server.address() as AddressInfo).port}`;
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
    failureUrl: `${url}/cart`,
    webhookUrl: `${url}/api/hsa-checkout/webhook`,
    webhookSecret: WEBHOOK_SECRET,
    onOrderCreated: (order) => orders.book(order),
  });
  const app = createApp({ carts: new Carts(), orders, checkout, sandbox });
  answer = (request) => app.fetch(request);

  return {
    url,
    sandbox,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        // Browsers keep connections open; nobody waits for them.
        if ('closeAllConnections' in server) server.closeAllConnections();
      }),
  };
}

function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port, hostname: 'localhost' }, () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' && port !== 0) resolve(listen(fetch, 0));
      else reject(error);
    });
  });
}

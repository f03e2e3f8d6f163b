import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createSandbox, TEST_CARDS, type Sandbox } from '../../src/sandbox/index.js';
import { exchange } from '../support/exchange.js';

export const WEBHOOK_SECRET = 'whsec_test_5f0e';

/** A delivery of a webhook, and the shop's response. */
export interface Delivery {
  status: number;
  body: unknown;
}

export interface ListeningProvider {
  url: string;
  sandbox: Sandbox;
  /** Resolves at the next request. */
  nextRequest(): Promise<unknown>;
  /** The shop's responses to the webhooks, oldest first. */
  deliveries: Delivery[];
  /** Pays on the payment page and waits for the webhook. Returns the URL that the shopper is sent to. */
  pay(checkoutUrl: string): Promise<URL>;
  close(): Promise<void>;
}

/**
 * Serves the provider's sandbox on a port of this machine, so that a shop in any runtime calls it like the real provider.
 * @param productId the only product of the sandbox.
 */
export async function openProvider(productId = 'monitor'): Promise<ListeningProvider> {
  const deliveries: Delivery[] = [];
  const sandbox = createSandbox({
    products: [
      {
        merchant_product_id: productId,
        name: 'Blood pressure monitor',
        price: 4995,
        currency: 'USD',
        hsa_fsa_eligible: true,
      },
    ],
    webhookSecret: WEBHOOK_SECRET,
    async fetch(input, init) {
      const response = await fetch(input, init);
      const body: unknown = await response.clone().json();
      deliveries.push({ status: response.status, body });
      return response;
    },
  });
  const server = createAdaptorServer({ fetch: (request) => sandbox.fetch(request) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sandbox,
    nextRequest: () => once(server, 'request'),
    deliveries,
    async pay(checkoutUrl) {
      const { number } = TEST_CARDS.hsa;
      const paid = await exchange(checkoutUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ action: 'pay', hsa_card: number }).toString(),
      });
      await sandbox.advance(0);
      return new URL(paid.headers.location ?? `no-redirect:${paid.status}`);
    },
    async close() {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

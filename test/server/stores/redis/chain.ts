import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { createSandbox, type Sandbox } from '../../../../src/sandbox/index.js';
import type { ClientKind } from './clients.js';
import { API_KEY, delivery, PRODUCTS, WEBHOOK_SECRET, type Network } from '../../fixtures.js';
import type { ListeningMessage, ShippingMessage, ShopSettings } from './shop-process.js';

export interface ChainOptions {
  client: ClientKind;
  redisUrl: string;
}

/** A shop on two processes with one Redis, and the provider that both processes call. */
export class Chain {
  /** The origin of each process. */
  readonly urls: string[] = [];
  /** The checkout's id of each run of `onOrderCreated`, in any process. */
  readonly orders: string[] = [];
  readonly sandbox: Sandbox;
  /** Handles every request of the processes to the provider. */
  network: Network = (_, pass) => pass();
  /** How far the provider's clock is behind, in milliseconds. Sessions then look older than they are. */
  agoMs = 0;
  /** The ids of the sessions that the provider opened, by the page's key. */
  readonly #sessions = new Map<string, Set<string>>();
  readonly #processes: ChildProcess[] = [];
  #provider: ServerType | undefined;

  constructor() {
    this.sandbox = createSandbox({
      products: PRODUCTS,
      webhookSecret: WEBHOOK_SECRET,
      now: () => Date.now() - this.agoMs,
    });
  }

  async open({ client, redisUrl }: ChainOptions): Promise<void> {
    const provider = serve({
      fetch: (request) => this.network(request, () => this.#handle(request)),
      port: 0,
      hostname: '127.0.0.1',
    });
    this.#provider = provider;
    await once(provider, 'listening');
    const providerUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
    const settings: ShopSettings = { client, redisUrl, providerUrl };
    this.urls.push(...(await Promise.all([this.#start(settings), this.#start(settings)])));
  }

  /** The sessions that the provider opened for a key of the page, and those of them that can still be paid. */
  async sessionsOf(key: string): Promise<{ opened: string[]; open: string[] }> {
    const opened = [...(this.#sessions.get(key) ?? [])];
    const states = await Promise.all(
      opened.map(async (id) => {
        const request = new Request(`http://127.0.0.1/v2/checkout/${id}`, {
          headers: { authorization: `Bearer ${API_KEY}` },
        });
        const { status } = (await (await this.sandbox.fetch(request)).json()) as { status: string };
        return status;
      }),
    );
    return { opened, open: opened.filter((_, i) => states[i] === 'open') };
  }

  /** Sends `times` deliveries of `order.created` to every process at the same time. Returns the statuses of the responses. */
  async deliver(checkoutId: string, times: number): Promise<number[]> {
    const signed = await delivery({ type: 'order.created', data: { checkout_id: checkoutId } });
    const init = { method: 'POST', headers: signed.headers, body: await signed.text() };
    const send = async (url: string) => {
      const response = await fetch(`${url}/webhook`, init);
      await response.body?.cancel();
      return response.status;
    };
    return Promise.all(Array.from({ length: times }, () => this.urls.map(send)).flat());
  }

  /** Sets the shipping, in cents, that `resolveCart` returns in every process. */
  async setShipping(shipping: number): Promise<void> {
    await Promise.all(
      this.#processes.map((child) => {
        const answer = once(child, 'message');
        child.send({ shipping } satisfies ShippingMessage);
        return answer;
      }),
    );
  }

  async close(): Promise<void> {
    await Promise.all(
      this.#processes.map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }),
    );
    const provider = this.#provider;
    if (!provider) return;
    if ('closeAllConnections' in provider) provider.closeAllConnections();
    provider.close();
    await once(provider, 'close');
  }

  async #handle(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/orders/')) {
      this.orders.push(pathname.slice('/orders/'.length));
      return new Response(null, { status: 204 });
    }
    const isCreate = request.method === 'POST' && pathname === '/v2/checkout';
    const checkout = isCreate ? ((await request.clone().json()) as { reference_id: string }) : undefined;
    const response = await this.sandbox.fetch(request);
    if (!checkout || !response.ok) return response;
    const { checkout_id } = (await response.clone().json()) as { checkout_id: string };
    const ids = this.#sessions.get(checkout.reference_id) ?? new Set();
    this.#sessions.set(checkout.reference_id, ids.add(checkout_id));
    return response;
  }

  /** Starts a process. Resolves with its URL when it listens. */
  #start(settings: ShopSettings): Promise<string> {
    const child = fork(join(import.meta.dirname, 'shop-process.ts'), [JSON.stringify(settings)], {
      execArgv: ['--import', 'tsx'],
    });
    this.#processes.push(child);
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`a process of the shop ended with ${code}`)));
      child.once('message', ({ port }: ListeningMessage) => resolve(`http://127.0.0.1:${port}`));
    });
  }
}

/** Opens a shop on two processes. The caller must close it, also after a failure. */
export async function openChain(options: ChainOptions): Promise<Chain> {
  const chain = new Chain();
  try {
    await chain.open(options);
    return chain;
  } catch (error) {
    await chain.close();
    throw error;
  }
}

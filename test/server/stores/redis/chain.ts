import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import { createSandbox, type Sandbox } from '../../../../src/sandbox/index.js';
import type { ClientKind } from './clients.js';
import { API_KEY, delivery, PRODUCTS, WEBHOOK_SECRET, type Network } from '../../fixtures.js';
import type { ShopMessage, ShopOrder, ShopSettings } from './shop-process.js';

export interface ChainOptions {
  client: ClientKind;
  redisUrl: string;
}

/** A shop that runs on two processes with one Redis, and the provider that both of them talk to. */
export class Chain {
  /** Where each process listens, without a path. */
  readonly urls: string[] = [];
  /** The checkouts for which `onOrderCreated` has run, in whichever process, as often as it has. */
  readonly orders: string[] = [];
  readonly sandbox: Sandbox;
  /** Stands between the processes and the provider. */
  network: Network = (_, pass) => pass();
  /** How far the provider's clock is behind, in milliseconds: what is done now was then done a while ago. */
  agoMs = 0;
  /** The ids of the sessions that the provider gave out for each of the page's keys. */
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
      fetch: (request) => this.network(request, () => this.#answer(request)),
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

  /** Delivers `order.created` to every process some times at once, and gives the statuses that came back. */
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

  /** Changes what shipping costs, in cents, in every process. */
  async setShipping(shipping: number): Promise<void> {
    await Promise.all(
      this.#processes.map((child) => {
        const answer = once(child, 'message');
        child.send({ shipping } satisfies ShopOrder);
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

  async #answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith('/orders/')) {
      this.orders.push(pathname.slice('/orders/'.length));
      return new Response(null, { status: 204 });
    }
    const isCreate = request.method === 'POST' && pathname === '/v2/checkout';
    const asked = isCreate ? ((await request.clone().json()) as { reference_id: string }) : undefined;
    const response = await this.sandbox.fetch(request);
    if (!asked || !response.ok) return response;
    const { checkout_id } = (await response.clone().json()) as { checkout_id: string };
    const ids = this.#sessions.get(asked.reference_id) ?? new Set();
    this.#sessions.set(asked.reference_id, ids.add(checkout_id));
    return response;
  }

  /** Starts a process, and gives its URL once it listens. */
  #start(settings: ShopSettings): Promise<string> {
    const child = fork(join(import.meta.dirname, 'shop-process.ts'), [JSON.stringify(settings)], {
      execArgv: ['--import', 'tsx'],
    });
    this.#processes.push(child);
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`a process of the shop ended with ${code}`)));
      child.once('message', ({ port }: ShopMessage) => resolve(`http://127.0.0.1:${port}`));
    });
  }
}

/** Opens a shop on two processes. Close it, whatever happens. */
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

import { Redis } from 'ioredis';
import { createClient } from 'redis';
import type { RedisClient } from '../../../../src/server/index.js';

/** The supported Redis clients. */
export const CLIENTS = ['node-redis', 'ioredis'] as const;
export type ClientKind = (typeof CLIENTS)[number];

/** A connected client, created as in its own documentation. */
export interface ConnectedClient {
  client: RedisClient;
  disconnect(): void;
}

/** Connects a client with its default settings, with which it queues commands while Redis is down. */
export async function connectClient(kind: ClientKind, url: string): Promise<ConnectedClient> {
  if (kind === 'node-redis') {
    const client = createClient({ url });
    client.on('error', () => {});
    await client.connect();
    return { client, disconnect: () => client.destroy() };
  }
  const client = new Redis(url, { lazyConnect: true });
  client.on('error', () => {});
  await client.connect();
  return { client, disconnect: () => client.disconnect() };
}

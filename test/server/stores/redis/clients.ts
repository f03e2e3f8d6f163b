import { Redis } from 'ioredis';
import { createClient } from 'redis';
import type { RedisClient } from '../../../../src/server/index.js';

/** The clients that merchants have. */
export const CLIENTS = ['node-redis', 'ioredis'] as const;
export type ClientKind = (typeof CLIENTS)[number];

/** A connected client, as its own documentation makes one. */
export interface ConnectedClient {
  client: RedisClient;
  disconnect(): void;
}

/** Connects a client with the settings that it has by itself: while the Redis is away, commands wait for it. */
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

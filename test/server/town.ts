import type { TestContext } from 'node:test';
import { startRedis, type RedisServer } from '../support/redis-server.js';
import { openChain, type Chain, type ChainOptions } from './chain.js';
import { Shoppers } from './shoppers.js';

/** A Redis, a shop on two processes that share it, and the shop's shoppers. */
export interface Town {
  redis: RedisServer;
  chain: Chain;
  shoppers: Shoppers;
}

/** Opens a town for one test. */
export async function openTown(
  t: TestContext,
  { isPersistent = false, ...options }: Omit<ChainOptions, 'redisUrl'> & { isPersistent?: boolean },
): Promise<Town> {
  const redis = await startRedis({ isPersistent });
  t.after(() => redis.close());
  const chain = await openChain({ ...options, redisUrl: redis.url });
  t.after(() => chain.close());
  return { redis, chain, shoppers: new Shoppers(t, chain.urls) };
}

import type { ClientKind } from './clients.js';
import { startRedis, type RedisServer } from '../../../support/redis-server.js';
import { openChain, type Chain } from './chain.js';
import { Shoppers } from './shoppers.js';

/** A Redis, a shop on two processes that share it, and the shop's shoppers. */
export interface RedisCluster {
  redis: RedisServer;
  chain: Chain;
  shoppers: Shoppers;
  close(): Promise<void>;
}

/** Starts a Redis, a shop and its shoppers. The caller must close them, also after a failure. */
export async function startRedisCluster(client: ClientKind): Promise<RedisCluster> {
  const redis = await startRedis();
  try {
    const chain = await openChain({ client, redisUrl: redis.url });
    const shoppers = new Shoppers(chain.urls);
    const close = async () => {
      shoppers.close();
      await chain.close();
      await redis.close();
    };
    return { redis, chain, shoppers, close };
  } catch (error) {
    await redis.close();
    throw error;
  }
}

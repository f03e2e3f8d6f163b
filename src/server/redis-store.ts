import { checkTimeMs } from './deadline.js';
import type { Store } from './store.js';

/**
 * A Redis client that {@link createRedisStore} takes as it is: one of node-redis (4 or later) or of ioredis, a cluster of
 * ioredis included. Whatever else can send one command is wrapped in a line, such as a cluster of node-redis:
 * `{ sendCommand: (args) => cluster.sendCommand(args[1], false, args) }`.
 */
export type RedisClient =
  | { sendCommand(args: string[]): Promise<unknown> }
  | { call(command: string, ...args: string[]): Promise<unknown> };

/** What {@link createRedisStore} may be told. */
export interface RedisStoreOptions {
  /** What every key begins with, so that the Redis can be shared. Default `hsa-checkout:`. */
  prefix?: string;
  /** How long a completed value is kept, in milliseconds. Default 48 hours: sessions and provider keys live for 24. */
  keepMs?: number;
}

/** What a claimed key holds, before something that only the claimant knows. */
const CLAIM = 'claim:';
/** What a completed key holds, before the value. */
const VALUE = 'value:';

/**
 * Makes a {@link Store} in Redis, for several processes and for one that must survive a restart. The client is the
 * merchant's own, connected by the merchant; every command is about one key, so that a cluster will do.
 * @throws {TypeError} when the client cannot send commands, or `keepMs` is no time.
 */
export function createRedisStore(client: RedisClient, options: RedisStoreOptions = {}): Store {
  const { prefix = 'hsa-checkout:', keepMs = 48 * 3_600_000 } = options;
  const { call, sendCommand } = Object(client) as Record<string, unknown>;
  if (typeof call !== 'function' && typeof sendCommand !== 'function')
    throw new TypeError('createRedisStore: expected a client of node-redis or ioredis');
  checkTimeMs('createRedisStore: keepMs', keepMs, Number.MAX_SAFE_INTEGER);

  // A client of ioredis has a sendCommand too, which takes something else.
  const send = async (command: string, key: string, ...args: string[]): Promise<unknown> =>
    'call' in client
      ? client.call(command, prefix + key, ...args)
      : client.sendCommand([command, prefix + key, ...args]);
  // A client may be set up to answer with bytes.
  const get = async (key: string) => String((await send('GET', key)) ?? '');
  const wholeMs = (ms: number) => String(Math.ceil(ms));

  return {
    async claim(key, leaseMs) {
      const mine = CLAIM + crypto.randomUUID();
      const taken = await send('SET', key, mine, 'NX', 'PX', wholeMs(leaseMs));
      // ioredis sends again what a broken connection left unanswered: the key may be taken by this very claim.
      return taken != null || (await get(key)) === mine;
    },
    async complete(key, value) {
      await send('SET', key, VALUE + value, 'PX', wholeMs(keepMs));
    },
    async release(key) {
      await send('DEL', key);
    },
    async read(key) {
      const held = await get(key);
      return held.startsWith(VALUE) ? held.slice(VALUE.length) : undefined;
    },
  };
}

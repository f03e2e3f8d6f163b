import { assertDurationMs } from '../deadline.js';
import type { Store } from './store.js';

/**
 * A Redis client that {@link createRedisStore} accepts: node-redis (4 or later), ioredis, or a cluster of ioredis. Wrap any
 * other client that can send a command. A cluster of node-redis needs the key to find the node: `{ sendCommand: (args) => cluster.sendCommand(args[0] === 'EVAL' ? args[3] : args[1], false, args) }`.
 */
export type RedisClient =
  | { sendCommand(args: string[]): Promise<unknown> }
  | { call(command: string, ...args: string[]): Promise<unknown> };

/** Options of {@link createRedisStore}. */
export interface RedisStoreOptions {
  /** Prefix of every key, so that other programs can use the same Redis. Default `hsa-checkout:`. */
  prefix?: string;
  /** Lifetime of a completed value, in milliseconds. Default: 48 hours, because sessions and provider keys live for 24. */
  keepMs?: number;
}

/** Separates a token from the value that it completed. A claimed key holds the token alone. */
const SEPARATOR = ':';

/** Stores a value if the key holds the token, as a claim or with an earlier value. ARGV: token, value, milliseconds. */
const COMPLETE = `local held = redis.call('GET', KEYS[1])
if held and (held == ARGV[1] or string.sub(held, 1, #ARGV[1] + 1) == ARGV[1] .. '${SEPARATOR}') then
  redis.call('SET', KEYS[1], ARGV[1] .. '${SEPARATOR}' .. ARGV[2], 'PX', ARGV[3])
  return 1
end
return 0`;
/** Deletes a key if it holds this claim. ARGV: token. */
const RELEASE = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`;

/**
 * Creates a {@link Store} in Redis, for several processes and for one that must survive a restart. Connect the client
 * yourself. Every command concerns one key, so a cluster works. `complete` and `release` are Lua scripts (`EVAL`), because
 * Redis has no other way to compare a token and change its key in one step.
 * @throws {TypeError} when the client cannot send commands, or `keepMs` is not a duration.
 */
export function createRedisStore(client: RedisClient, options: RedisStoreOptions = {}): Store {
  const { prefix = 'hsa-checkout:', keepMs = 48 * 3_600_000 } = options;
  const { call, sendCommand } = Object(client) as Record<string, unknown>;
  if (typeof call !== 'function' && typeof sendCommand !== 'function')
    throw new TypeError('createRedisStore: expected a client of node-redis or ioredis');
  assertDurationMs('createRedisStore: keepMs', keepMs, Number.MAX_SAFE_INTEGER);

  // ioredis has a `sendCommand`, too, with other arguments.
  const send = async (command: string, ...args: string[]): Promise<unknown> =>
    'call' in client ? client.call(command, ...args) : client.sendCommand([command, ...args]);
  const run = (script: string, key: string, ...args: string[]) =>
    send('EVAL', script, '1', prefix + key, ...args);
  // A client may be configured to return bytes.
  const get = async (key: string) => {
    const answer = (await send('GET', prefix + key)) ?? '';
    return answer instanceof Uint8Array ? new TextDecoder().decode(answer) : String(answer);
  };
  const wholeMs = (ms: number) => String(Math.ceil(ms));

  return {
    async claim(key, leaseMs) {
      const token = crypto.randomUUID();
      const taken = await send('SET', prefix + key, token, 'NX', 'PX', wholeMs(leaseMs));
      // ioredis repeats a command when the connection broke before the response, so this claim may already hold the key.
      return taken != null || (await get(key)) === token ? token : undefined;
    },
    async complete(key, token, value) {
      return Number(await run(COMPLETE, key, token, value, wholeMs(keepMs))) === 1;
    },
    async release(key, token) {
      await run(RELEASE, key, token);
    },
    async read(key) {
      const held = await get(key);
      const end = held.indexOf(SEPARATOR);
      return end < 0 ? undefined : held.slice(end + 1);
    },
  };
}

import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { Redis } from 'ioredis';
import { createClient, RESP_TYPES } from 'redis';
import { createRedisStore, type RedisClient, type Store } from '../../../../src/server/index.js';
import { CLIENTS, connectClient } from './clients.js';
import { startRedis } from '../../../support/redis-server.js';

const redis = await startRedis();
const admin = new Redis(redis.url);
after(async () => {
  admin.disconnect();
  await redis.close();
});

/** Claims a key and completes it. */
async function complete(store: Store, key: string, value: string): Promise<void> {
  const token = await store.claim(key, 60_000);
  assert.equal(await store.complete(key, token!, value), true);
}

describe('createRedisStore', () => {
  it('keeps its keys apart from other programs by a prefix', async () => {
    const shop = createRedisStore(admin);
    const other = createRedisStore(admin, { prefix: 'other-shop:' });
    await complete(shop, 'prefixed', 'first');
    assert.equal(await other.read('prefixed'), undefined);
    await complete(other, 'prefixed', 'second');
    assert.equal(await shop.read('prefixed'), 'first');
    assert.deepEqual((await admin.keys('*:prefixed')).sort(), [
      'hsa-checkout:prefixed',
      'other-shop:prefixed',
    ]);
  });

  it('keeps a value for 48 hours, or for keepMs', async () => {
    await complete(createRedisStore(admin), 'long', '');
    await complete(createRedisStore(admin, { keepMs: 5000.5 }), 'short', '');
    const hours = (await admin.pttl('hsa-checkout:long')) / 3_600_000;
    assert.ok(hours > 47.9 && hours <= 48, String(hours));
    const ms = await admin.pttl('hsa-checkout:short');
    assert.ok(ms > 0 && ms <= 5001, String(ms));
  });

  for (const kind of CLIENTS)
    it(`owns a claim that ${kind} sent twice`, async (t) => {
      const { client, disconnect } = await connectClient(kind, redis.url);
      t.after(disconnect);
      // Like ioredis when the connection breaks between a command and its response.
      const repeatingClient = {
        async sendCommand([command, ...args]: string[]): Promise<unknown> {
          const send = () =>
            'call' in client ? client.call(command!, ...args) : client.sendCommand([command!, ...args]);
          await send();
          return send();
        },
      };
      const store = createRedisStore(repeatingClient);
      const token = await store.claim(`twice:${kind}`, 60_000);
      assert.ok(token);
      assert.equal(await store.claim(`twice:${kind}`, 60_000), undefined);
      assert.equal(await store.complete(`twice:${kind}`, token, 'done'), true);
      assert.equal(await store.read(`twice:${kind}`), 'done');
    });

  it('reads values that the client returns as bytes', async (t) => {
    const client = createClient({ url: redis.url });
    await client.connect();
    t.after(() => client.destroy());
    const bytesClient = client.withTypeMapping({
      [RESP_TYPES.BLOB_STRING]: Buffer,
      [RESP_TYPES.SIMPLE_STRING]: Buffer,
    });
    const store = createRedisStore(bytesClient);
    await complete(store, 'bytes', 'día');
    assert.equal(await store.claim('bytes', 60_000), undefined);
    assert.equal(await store.read('bytes'), 'día');
  });

  it('rejects while the client is not connected, and works after it connects', async (t) => {
    const client = createClient({ url: redis.url });
    t.after(() => client.destroy());
    const store = createRedisStore(client);
    const operations = [
      store.claim('c', 1),
      store.read('c'),
      store.complete('c', 't', ''),
      store.release('c', 't'),
    ];
    for (const operation of operations) await assert.rejects(operation);
    await client.connect();
    assert.equal(await store.read('c'), undefined);
  });

  it('throws when it is created with another value than a client, or with an invalid keepMs', () => {
    for (const client of [undefined, {}, 'redis://127.0.0.1', { call: true }])
      assert.throws(() => createRedisStore(client as unknown as RedisClient), /node-redis or ioredis/);
    for (const keepMs of [0, -1, NaN, Infinity])
      assert.throws(() => createRedisStore(admin, { keepMs }), /createRedisStore: keepMs/);
  });
});

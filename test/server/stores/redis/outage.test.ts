import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { atPaymentPage } from '../../fixtures.js';
import { CLIENTS } from './clients.js';
import { startRedisCluster, type RedisCluster } from './redis-cluster.js';
import { PATIENCE_MS, Traffic } from './traffic.js';

for (const client of CLIENTS)
  describe(`two processes whose Redis is killed, through ${client}`, () => {
    let town: RedisCluster;
    before(async () => {
      town = await startRedisCluster(client);
    });
    after(() => town.close());

    for (const isEmpty of [false, true])
      it(`checkouts go on, and no shopper has two open sessions, though it comes back ${isEmpty ? 'empty' : 'with its data'}`, async (t) => {
        const { redis, chain, shoppers } = town;
        const traffic = new Traffic(shoppers);
        const [ada, ben, eve, finn, gus] = ['ada', 'ben', 'eve', 'finn', 'gus'].map((name) => name + isEmpty);
        const early = [ada!, ben!, `cleo${isEmpty}`, `dan${isEmpty}`];
        // Who cancelled a while ago has a second session, and must not be given the first one again: neither Ada, who
        // presses all the time, nor Gus, who comes back when it is over.
        chain.agoMs = 10_000;
        for (const name of [ada!, gus!]) {
          const { checkoutUrl } = await shoppers.press(name);
          await atPaymentPage(chain, checkoutUrl as string, 'cancel');
        }
        await traffic.flow([...early, gus!]);
        chain.agoMs = 0;

        await traffic.flow(early, () => redis.kill());
        const outage = new Traffic(shoppers);
        await outage.flow([...early, eve!]);
        await traffic.flow([...early, eve!, finn!], () => redis.start({ isEmpty }));
        await traffic.recover(ben!);
        const all = [...early, eve!, finn!, gus!];
        await traffic.flow(all);

        for (const name of all) {
          const given = new Set([...traffic.sessions.get(name)!, ...(outage.sessions.get(name) ?? [])]);
          const { opened, open } = await chain.sessionsOf(shoppers.keyOf(name));
          assert.deepEqual([...given], open, name);
          assert.equal(open.length, 1, name);
          assert.equal(opened.length, name === ada || name === gus ? 2 : 1, name);
        }
        t.diagnostic(
          `${shoppers.answers.length} answers; ${traffic.repeats + outage.repeats} presses were repeated; ` +
            `the slowest of ${outage.slowestMs} ms while the Redis was down`,
        );
      });

    it('a paid order waits for the Redis, and is then fulfilled once', async () => {
      const { redis, chain, shoppers } = town;
      const { checkoutId, checkoutUrl } = await shoppers.press('hal');
      await atPaymentPage(chain, checkoutUrl as string, 'pay');
      await redis.kill();
      assert.deepEqual(new Set(await chain.deliver(checkoutId, 5)), new Set([503]));
      assert.deepEqual(chain.orders, []);
      await redis.start();
      const end = Date.now() + PATIENCE_MS;
      while ((await chain.deliver(checkoutId, 5)).some((status) => status !== 200))
        assert.ok(Date.now() < end, 'the order was not fulfilled');
      assert.deepEqual(chain.orders, [checkoutId]);
    });
  });

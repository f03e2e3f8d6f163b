import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { submitPaymentPage } from '../../fixtures.js';
import { CLIENTS } from './clients.js';
import { startRedisCluster, type RedisCluster } from './redis-cluster.js';
import { TIMEOUT_MS, Traffic } from './traffic.js';

for (const client of CLIENTS)
  describe(`two processes with ${client} whose Redis is killed`, () => {
    let cluster: RedisCluster;
    before(async () => {
      cluster = await startRedisCluster(client);
    });
    after(() => cluster.close());

    for (const isEmpty of [false, true])
      it(`continue checkouts, and open no second session, when Redis restarts ${isEmpty ? 'empty' : 'with its data'}`, async (t) => {
        const { redis, chain, shoppers } = cluster;
        const traffic = new Traffic(shoppers);
        const [ada, ben, eve, finn, gus] = ['ada', 'ben', 'eve', 'finn', 'gus'].map((name) => name + isEmpty);
        const early = [ada!, ben!, `cleo${isEmpty}`, `dan${isEmpty}`];
        // Ada and Gus cancelled their first session a while ago, so they must not get it again: neither Ada, who presses
        // all the time, nor Gus, who presses again after the outage.
        chain.agoMs = 10_000;
        for (const name of [ada!, gus!]) {
          const { checkoutUrl } = await shoppers.press(name);
          await submitPaymentPage(chain, checkoutUrl as string, 'cancel');
        }
        await traffic.pressAll([...early, gus!]);
        chain.agoMs = 0;

        await traffic.pressAll(early, () => redis.kill());
        const outage = new Traffic(shoppers);
        await outage.pressAll([...early, eve!]);
        await traffic.pressAll([...early, eve!, finn!], () => redis.start({ isEmpty }));
        await traffic.recover(ben!);
        const all = [...early, eve!, finn!, gus!];
        await traffic.pressAll(all);

        for (const name of all) {
          const returned = new Set([...traffic.sessions.get(name)!, ...(outage.sessions.get(name) ?? [])]);
          const { opened, open } = await chain.sessionsOf(shoppers.keyOf(name));
          assert.deepEqual([...returned], open, name);
          assert.equal(open.length, 1, name);
          assert.equal(opened.length, name === ada || name === gus ? 2 : 1, name);
        }
        t.diagnostic(
          `${shoppers.answers.length} answers; ${traffic.repeats + outage.repeats} presses were repeated; ` +
            `the slowest took ${outage.slowestMs} ms while Redis was down`,
        );
      });

    it('respond with 503 to the deliveries of an order, and fulfil it once after Redis restarted', async () => {
      const { redis, chain, shoppers } = cluster;
      const { checkoutId, checkoutUrl } = await shoppers.press('hal');
      await submitPaymentPage(chain, checkoutUrl as string, 'pay');
      await redis.kill();
      assert.deepEqual(new Set(await chain.deliver(checkoutId, 5)), new Set([503]));
      assert.deepEqual(chain.orders, []);
      await redis.start();
      const end = Date.now() + TIMEOUT_MS;
      while ((await chain.deliver(checkoutId, 5)).some((status) => status !== 200))
        assert.ok(Date.now() < end, 'the order was not fulfilled');
      assert.deepEqual(chain.orders, [checkoutId]);
    });
  });

import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENTS } from './clients.js';
import { submitPaymentPage, deferred } from '../../fixtures.js';
import { startRedisCluster, type RedisCluster } from './redis-cluster.js';

const CALLERS = 50;
/** Deliveries to each of the two processes. */
const DELIVERIES = 20;

for (const client of CLIENTS)
  describe(`two processes with one Redis and ${client}`, () => {
    let cluster: RedisCluster;
    before(async () => {
      cluster = await startRedisCluster(client);
    });
    after(() => cluster.close());

    it('return one session to fifty requests with one key at the same time', async (t) => {
      const { chain, shoppers } = cluster;
      let arrived = 0;
      let sessionRequests = 0;
      const all = deferred();
      const arrive = () => {
        if (++arrived === CALLERS) all.resolve();
      };
      // The provider responds after every caller has got a 409 or has caused a request to the provider.
      chain.network = async (request, pass) => {
        if (request.method === 'POST') {
          sessionRequests++;
          arrive();
          await all.promise;
        }
        return pass();
      };
      shoppers.onAnswer = ({ status }) => {
        if (status === 409) arrive();
      };
      const sessions = await Promise.all(Array.from({ length: CALLERS }, () => shoppers.press('ada')));
      const ids = new Set(sessions.map(({ checkoutId }) => checkoutId));
      const keys = new Set(shoppers.answers.map(({ key }) => key));
      assert.equal(keys.size, 1);
      assert.equal(ids.size, 1);
      assert.equal(sessionRequests, 1);
      assert.deepEqual(await chain.sessionsOf([...keys][0]!), { opened: [...ids], open: [...ids] });
      const responsesOf = (process: number) => shoppers.answers.filter((a) => a.process === process).length;
      assert.ok(responsesOf(0) >= CALLERS / 2 && responsesOf(1) >= CALLERS / 2);
      t.diagnostic(`${shoppers.answers.length} answers for ${CALLERS} callers, ${sessionRequests} session`);
    });

    it('run onOrderCreated once for forty deliveries of one order at the same time', async () => {
      const { chain, shoppers } = cluster;
      const { checkoutId, checkoutUrl } = await shoppers.press('ben');
      await submitPaymentPage(chain, checkoutUrl as string, 'pay');
      const first = await chain.deliver(checkoutId, DELIVERIES);
      assert.deepEqual(chain.orders, [checkoutId]);
      assert.ok(first.includes(200));
      assert.deepEqual(
        first.filter((status) => status !== 200 && status !== 503),
        [],
      );
      const again = await chain.deliver(checkoutId, DELIVERIES);
      assert.deepEqual(new Set(again), new Set([200]));
      assert.deepEqual(chain.orders, [checkoutId]);
    });
  });

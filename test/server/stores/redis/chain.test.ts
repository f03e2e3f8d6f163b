import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CLIENTS } from './clients.js';
import { atPaymentPage, deferred } from '../../fixtures.js';
import { startRedisCluster, type RedisCluster } from './redis-cluster.js';

const CALLERS = 50;
/** To each of the two processes. */
const DELIVERIES = 20;

for (const client of CLIENTS)
  describe(`two processes with one Redis, through ${client}`, () => {
    let town: RedisCluster;
    before(async () => {
      town = await startRedisCluster(client);
    });
    after(() => town.close());

    it('fifty requests at once with one key open one session, and all fifty get it', async (t) => {
      const { chain, shoppers } = town;
      let arrived = 0;
      let asked = 0;
      const all = deferred();
      const arrive = () => {
        if (++arrived === CALLERS) all.resolve();
      };
      // Nothing is answered by the provider before every caller has been told to wait, or has come here too.
      chain.network = async (request, pass) => {
        if (request.method === 'POST') {
          asked++;
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
      assert.equal(asked, 1);
      assert.deepEqual(await chain.sessionsOf([...keys][0]!), { opened: [...ids], open: [...ids] });
      const answeredBy = (process: number) => shoppers.answers.filter((a) => a.process === process).length;
      assert.ok(answeredBy(0) >= CALLERS / 2 && answeredBy(1) >= CALLERS / 2);
      t.diagnostic(`${shoppers.answers.length} answers for ${CALLERS} callers, ${asked} session`);
    });

    it('forty deliveries of one order to both processes at once run the hook once', async () => {
      const { chain, shoppers } = town;
      const { checkoutId, checkoutUrl } = await shoppers.press('ben');
      await atPaymentPage(chain, checkoutUrl as string, 'pay');
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

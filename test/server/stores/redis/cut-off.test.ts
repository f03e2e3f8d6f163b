import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { ProblemAnswer, SessionAnswer } from '../../../../src/contract/index.js';
import { CuttableProxy } from '../../../support/cuttable-proxy.js';
import { startRedis, type RedisServer } from '../../../support/redis-server.js';
import { submitPaymentPage, CART, pageHeaders } from '../../fixtures.js';
import { openChain, type Chain } from './chain.js';
import { CLIENTS } from './clients.js';

/** The longest that the stores of both processes may take to work again, in milliseconds. */
const RECOVERY_MS = 20_000;

for (const client of CLIENTS)
  describe(`two processes with ${client} that lose the connection to Redis for a moment`, () => {
    let redis: RedisServer;
    let proxy: CuttableProxy;
    let chain: Chain;
    before(async () => {
      redis = await startRedis();
      proxy = new CuttableProxy(Number(new URL(redis.url).port));
      chain = await openChain({ client, redisUrl: `redis://127.0.0.1:${await proxy.listen()}` });
    });
    after(async () => {
      await chain.close();
      proxy.close();
      await redis.close();
    });

    /** Sends a press to one of the processes. */
    const press = (process: number, key: string) =>
      fetch(chain.urls[process]!, {
        method: 'POST',
        headers: pageHeaders({ 'idempotency-key': key }),
        body: JSON.stringify(CART),
      });
    const session = async (process: number, key: string) => {
      const response = await press(process, key);
      const text = await response.text();
      assert.equal(response.status, 200, text);
      return JSON.parse(text) as SessionAnswer;
    };
    /** Waits until both processes store sessions again. Their queued commands have then been sent. */
    const recover = async () => {
      const end = Date.now() + RECOVERY_MS;
      for (let process = 0; process < chain.urls.length;) {
        const key = crypto.randomUUID();
        await (await press(process, key)).text();
        const again = await press(process, key);
        await again.text();
        if (again.headers.has('idempotency-replayed')) process++;
        else assert.ok(Date.now() < end, 'the store does not recover');
      }
    };
    const busy = () => Response.json({}, { status: 429 });
    const down = () => Response.json({}, { status: 503 });

    for (const [failure, answer] of [
      ['the provider is busy', busy],
      ['the provider is down', down],
    ] as const)
      it(`keep the earlier session of a key when a press fails because ${failure}`, async () => {
        await chain.setShipping(500);
        const key = crypto.randomUUID();
        const first = await session(0, key);

        proxy.cut();
        chain.network = (request, pass) => (request.method === 'POST' ? answer() : pass());
        for (const process of [0, 1]) assert.ok((await press(process, key)).status >= 500);
        proxy.restore();
        chain.network = (_, pass) => pass();
        await recover();

        await chain.setShipping(900);
        const second = await session(1, key);
        assert.notEqual(second.checkout_id, first.checkout_id);
        await submitPaymentPage(chain, first.checkout_url, 'pay');
        for (const process of [0, 1]) {
          const refusal = await press(process, key);
          assert.equal(refusal.status, 409);
          assert.equal(((await refusal.json()) as ProblemAnswer).code, 'session_closed');
        }
      });

    it('return the same session before, during and after the outage', async () => {
      const key = crypto.randomUUID();
      const first = await session(0, key);
      proxy.cut();
      const during = await session(1, key);
      proxy.restore();
      await recover();
      const later = await session(0, key);
      assert.deepEqual([during.checkout_id, later.checkout_id], [first.checkout_id, first.checkout_id]);
    });

    it('fulfil an order once when Redis is disconnected during its first delivery', async () => {
      const paid = await session(0, crypto.randomUUID());
      await submitPaymentPage(chain, paid.checkout_url, 'pay');
      const before = chain.orders.length;
      proxy.cut();
      assert.deepEqual([...new Set(await chain.deliver(paid.checkout_id, 2))], [503]);
      proxy.restore();
      await recover();
      const end = Date.now() + RECOVERY_MS;
      while ((await chain.deliver(paid.checkout_id, 2)).some((status) => status !== 200))
        assert.ok(Date.now() < end, 'the order is not fulfilled');
      assert.deepEqual(chain.orders.slice(before), [paid.checkout_id]);
    });
  });

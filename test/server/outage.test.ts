import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CheckoutError } from '../../src/core/index.js';
import { CLIENTS } from '../support/redis-clients.js';
import { atPaymentPage } from './fixtures.js';
import type { Shoppers } from './shoppers.js';
import { openTown } from './town.js';

/** How often each shopper presses at once. */
const PRESSES = 3;
/** How long a shopper presses again, and how long the processes may take to find their Redis again, in milliseconds. */
const PATIENCE_MS = 30_000;

/** The presses of some shoppers, and the sessions that each of them was given from the first to the last. */
class Traffic {
  readonly sessions = new Map<string, Set<string>>();
  /** How often a shopper was told to press once more. */
  repeats = 0;
  slowestMs = 0;
  readonly #shoppers: Shoppers;

  constructor(shoppers: Shoppers) {
    this.#shoppers = shoppers;
  }

  /** Presses for every shopper some times at once, and lets something happen in the middle. */
  async flow(names: readonly string[], meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    const presses = names.flatMap((name) => Array.from({ length: PRESSES }, () => this.#press(name)));
    await Promise.race(presses);
    await meanwhile();
    await Promise.all(presses);
  }

  /** Presses until each of the processes answers from its Redis. */
  async recover(name: string): Promise<void> {
    const { answers } = this.#shoppers;
    const last = (process: number) => answers.findLast((answer) => answer.process === process);
    const end = Date.now() + PATIENCE_MS;
    while (!last(0)?.isReplayed || !last(1)?.isReplayed) {
      assert.ok(Date.now() < end, 'the processes did not find their Redis again');
      await this.#press(name);
    }
  }

  async #press(name: string): Promise<void> {
    const start = Date.now();
    for (;;)
      try {
        const { checkoutId } = await this.#shoppers.press(name);
        this.slowestMs = Math.max(this.slowestMs, Date.now() - start);
        this.sessions.set(name, (this.sessions.get(name) ?? new Set()).add(checkoutId));
        return;
      } catch (error) {
        const { code, details } = error as CheckoutError;
        if (code !== 'conflict' || details.reason !== 'request_in_progress') throw error;
        if (Date.now() > start + PATIENCE_MS) throw error;
        this.repeats++;
      }
  }
}

for (const client of CLIENTS)
  for (const isPersistent of [true, false])
    describe(`a Redis that is killed and comes back ${isPersistent ? 'with' : 'without'} its data, through ${client}`, () => {
      it('fault 152: checkouts go on, and no shopper ever has two open sessions', async (t) => {
        // The sessions of the beginning were opened a while ago.
        let agoMs = 10_000;
        const town = await openTown(t, { client, isPersistent, now: () => Date.now() - agoMs });
        const { redis, chain, shoppers } = town;
        const traffic = new Traffic(shoppers);
        const early = ['ada', 'ben', 'cleo', 'dan'];
        // Who cancelled has a second session, and must not be given the first one again.
        const { checkoutUrl } = await shoppers.press('ada');
        await atPaymentPage(chain, checkoutUrl as string, 'cancel');
        await traffic.flow(early);
        agoMs = 0;

        await traffic.flow(early, () => redis.kill());
        const outage = new Traffic(shoppers);
        await outage.flow([...early, 'eve']);
        await traffic.flow([...early, 'eve', 'finn'], () => redis.start());
        await traffic.recover('ben');
        const all = [...early, 'eve', 'finn', 'gus'];
        await traffic.flow(all);

        for (const name of all) {
          const given = new Set([...traffic.sessions.get(name)!, ...(outage.sessions.get(name) ?? [])]);
          const { opened, open } = await chain.sessionsOf(shoppers.keyOf(name));
          assert.deepEqual([...given], open, name);
          assert.equal(open.length, 1, name);
          assert.equal(opened.length, name === 'ada' ? 2 : 1, name);
        }
        t.diagnostic(
          `${shoppers.answers.length} answers; ${traffic.repeats + outage.repeats} presses were repeated; ` +
            `the slowest of ${outage.slowestMs} ms while the Redis was down`,
        );
      });

      it('fault 177: a paid order waits for the Redis, and is then fulfilled once', async (t) => {
        const { redis, chain, shoppers } = await openTown(t, { client, isPersistent });
        const { checkoutId, checkoutUrl } = await shoppers.press('ada');
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

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seededRandom } from '../support/seeded-random.js';
import { buy, type Outcome } from './shopper.js';
import { openWorld, type World } from './world.js';

/*
 * SOAK_SECONDS  the duration: 12 in every run, 120 in `npm run verify`
 * SOAK_SEED     the seed: 1 in every run, a new one in `npm run verify`. The timing of the network is not repeatable
 */

const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 12);
const SEED = Number(process.env['SOAK_SEED'] ?? (process.env['SOAK_SECONDS'] ? Date.now() % 1_000_000 : 1));
/** How many shoppers buy at the same time. */
const SHOPPERS = 24;
/** The share of the time for reconciling open checkouts, and its minimum in seconds. */
const ENDING_SHARE = 0.15;
const ENDING_SECONDS = 4;
const PROGRESS_MS = 3000;
/** How far the provider's clock gets ahead in total, in milliseconds. It is less than the tolerance of a signature. */
const AHEAD_MS = 240_000;
/** The interval at which it is moved, in milliseconds. */
const STEP_MS = 250;
/** How often a checkout is reconciled before it counts as lost. */
const MAX_RECONCILES = 50;
/** How many nightly jobs run. */
const NIGHTS = 4;
/** Outcomes that another reconciliation does not change. */
const FINAL = ['fulfilled', 'duplicate', 'not_paid', 'still_open'];

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Counts equal outcomes. */
function tally(outcomes: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** Lets shoppers buy until the time is over. Returns the result of every cart. */
async function sell({ endpoint }: World, random: () => number, until: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const shopper = async () => {
    while (Date.now() < until) outcomes.push(await buy(endpoint, random));
  };
  await Promise.all(Array.from({ length: SHOPPERS }, shopper));
  return outcomes;
}

/** Moves the provider's clock ahead until the time is over, so that it sends lost webhooks again. */
async function hurry({ sandbox }: World, until: number): Promise<void> {
  const pace = AHEAD_MS / (until - Date.now());
  for (let last = Date.now(); last < until;) {
    await pause(STEP_MS);
    const now = Date.now();
    // Not awaited, because it waits for each delivery. Checkouts that are still open at the end are reconciled.
    void sandbox.advance((Math.min(now, until) - last) * pace);
    last = now;
  }
}

/**
 * Reconciles every checkout until its outcome is final, as a merchant's nightly job does. Claims whose response was lost expire
 * between two nights.
 */
async function reconcileAll(world: World): Promise<string[]> {
  const outcomes: string[] = [];
  let rest = [...world.checkoutIds];
  for (let night = 0; night < NIGHTS && rest.length; night++) {
    const unclear: string[] = [];
    const clerk = async () => {
      for (let id; (id = rest.pop()) !== undefined;) {
        let outcome = '';
        for (let tries = 0; tries < MAX_RECONCILES; tries++) {
          outcome = await world.handler.reconcile(id);
          if (FINAL.includes(outcome) || outcome === 'in_progress') break;
        }
        if (FINAL.includes(outcome)) outcomes.push(outcome);
        else unclear.push(id);
      }
    };
    await Promise.all(Array.from({ length: SHOPPERS }, clerk));
    // A webhook may still be in progress.
    await pause(1000);
    world.outlastLeases();
    rest = unclear;
  }
  return [...outcomes, ...rest.map(() => 'unclear')];
}

it(`soak: in ${SECONDS} s with 20 % faults every cart is paid once or ends with a problem code`, async (t) => {
  const started = Date.now();
  const random = seededRandom(SEED);
  const world = await openWorld(random);
  const say = (what: string) => {
    const { calls, faults, webhooks, lostWebhooks, storeFaults } = world.counts;
    const line = `${Math.round((Date.now() - started) / 1000)} s, ${what}: ${world.sandbox.orders.length} paid, ${world.fulfilled.size} fulfilled, ${calls} calls with ${faults} faults, ${webhooks} webhooks with ${lostWebhooks} lost, ${storeFaults} commands of the store broken`;
    console.log(line);
    return line;
  };
  console.log(`seed ${SEED}`);
  const progress = setInterval(say, PROGRESS_MS, 'selling');
  try {
    const until = started + (SECONDS - Math.max(ENDING_SECONDS, SECONDS * ENDING_SHARE)) * 1000;
    const [outcomes] = await Promise.all([sell(world, random, until), hurry(world, until)]);
    clearInterval(progress);
    const byWebhook = world.fulfilled.size;
    const reconciled = tally(await reconcileAll(world));

    t.diagnostic(`seed ${SEED}; ${say('done')}`);
    t.diagnostic(
      `${outcomes.length} carts: ${JSON.stringify(tally(outcomes.map(({ end }) => end)))}; fulfilled by webhook ${byWebhook}, ` +
        `by reconcile ${world.fulfilled.size - byWebhook}; hooks that threw ${world.counts.brokenHooks}; reconciled ${JSON.stringify(reconciled)}`,
    );
    const paid = tally(world.sandbox.orders.map(({ reference_id }) => reference_id));
    for (const { key, end } of outcomes) {
      assert.equal(
        paid[key] ?? 0,
        end === 'paid' ? 1 : 0,
        `orders of a cart that ended ${end}, seed ${SEED}`,
      );
      assert.equal(
        world.fulfilled.get(key) ?? 0,
        end === 'paid' ? 1 : 0,
        `fulfilled, ended ${end}, seed ${SEED}`,
      );
    }
    assert.equal(Object.keys(paid).length, outcomes.filter(({ end }) => end === 'paid').length);
    assert.ok(outcomes.length >= SHOPPERS, 'the soak sold next to nothing');
    assert.ok(world.counts.faults > world.counts.calls * 0.1, 'the line was too good');
    assert.ok(world.counts.storeFaults > 0, 'the store was too good');
  } finally {
    clearInterval(progress);
    await world.close();
  }
});

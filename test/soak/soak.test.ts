import assert from 'node:assert/strict';
import { it } from 'node:test';
import { seededRandom } from '../support/seeded-random.js';
import { buy, type Outcome } from './shopper.js';
import { openWorld, type World } from './world.js';

/*
 * SOAK_SECONDS  how long, in all: 12 in every run, 120 in `npm run verify`
 * SOAK_SEED     what the dice begin with: 1 in every run, new in `npm run verify`; the order of things on the network is chance all the same
 */

const SECONDS = Number(process.env['SOAK_SECONDS'] ?? 12);
const SEED = Number(process.env['SOAK_SEED'] ?? (process.env['SOAK_SECONDS'] ? Date.now() % 1_000_000 : 1));
/** How many buy at the same time. */
const SHOPPERS = 24;
/** The part of the time that is for ending what began, and its least, in seconds. */
const ENDING_SHARE = 0.15;
const ENDING_SECONDS = 4;
const PROGRESS_MS = 3000;
/** How far the provider's clock gets ahead in all, in milliseconds: less than a signature may be off. */
const AHEAD_MS = 240_000;
/** How often it is moved, in milliseconds. */
const STEP_MS = 250;
/** How often one checkout is asked for before it counts as lost. */
const MAX_RECONCILES = 50;
/** How many nights in a row. */
const NIGHTS = 4;
/** Outcomes that asking again does not change. */
const FINAL = ['fulfilled', 'duplicate', 'not_paid', 'still_open'];

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Counts outcomes by how they ended. */
function tally(words: Iterable<string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

/** Lets shoppers come until it is time, and returns what became of every cart. */
async function sell({ endpoint }: World, random: () => number, until: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const shopper = async () => {
    while (Date.now() < until) outcomes.push(await buy(endpoint, random));
  };
  await Promise.all(Array.from({ length: SHOPPERS }, shopper));
  return outcomes;
}

/** Lets the provider's clock run ahead until it is time, so that webhooks which were lost come again. */
async function hurry({ sandbox }: World, until: number): Promise<void> {
  const pace = AHEAD_MS / (until - Date.now());
  for (let last = Date.now(); last < until;) {
    await pause(STEP_MS);
    const now = Date.now();
    // Not waited for: it waits for every delivery, one by one. What is still on its way in the end is reconciled as well.
    void sandbox.advance((Math.min(now, until) - last) * pace);
    last = now;
  }
}

/**
 * Asks for every known checkout until it is clear what became of it, as a merchant's nightly job does over several nights.
 * A claim that nobody holds any more, because its answer was lost, lapses between two nights.
 */
async function reconcileAll(world: World): Promise<string[]> {
  const found: string[] = [];
  let rest = [...world.known];
  for (let night = 0; night < NIGHTS && rest.length; night++) {
    const unclear: string[] = [];
    const clerk = async () => {
      for (let id; (id = rest.pop()) !== undefined;) {
        let outcome = '';
        for (let tries = 0; tries < MAX_RECONCILES; tries++) {
          outcome = await world.handler.reconcile(id);
          if (FINAL.includes(outcome) || outcome === 'in_progress') break;
        }
        if (FINAL.includes(outcome)) found.push(outcome);
        else unclear.push(id);
      }
    };
    await Promise.all(Array.from({ length: SHOPPERS }, clerk));
    // A webhook may still be under way.
    await pause(1000);
    world.outlastLeases();
    rest = unclear;
  }
  return [...found, ...rest.map(() => 'unclear')];
}

it(`soak: in ${SECONDS} s on a line with 20 % faults every cart ends paid once or with a clear error`, async (t) => {
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

import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { it } from 'node:test';
import { createMemoryStore } from '../../src/server/index.js';
import { faultyStore } from '../support/faulty-store.js';
import { seededRandom } from '../support/seeded-random.js';
import { Fuzzer } from './fuzzer.js';
import { API_KEY, openShop, resolve, SECRET, WEBHOOK_SECRET } from './fixtures.js';

/*
 * FC_RUNS    how many requests, as of every property: 10,000 in every run, 100,000 in `npm run verify`
 * FUZZ_SEED  what the dice begin with: the same number makes the same requests; 1 in every run, new ones in `npm run verify`
 */

const RUNS = Number(process.env['FC_RUNS'] ?? 10_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? (process.env['FC_RUNS'] ? Date.now() % 1_000_000 : 1));
/** How long an answer may take, in milliseconds: nothing here waits for anybody. */
const DEADLINE_MS = 5000;
/** The share of the store's commands that fail, in each way. */
const STORE_FAULTS = { lost: 0.01, unanswered: 0.01, late: 0.01 };
/** How many requests are under way at the same time. */
const CALLERS = 8;

/** Nothing of these may be in anything that comes out. */
const SECRETS = [API_KEY, 'SENTINEL', SECRET, WEBHOOK_SECRET];

function refuseSecrets(text: string, where: string): void {
  for (const secret of SECRETS) assert.ok(!text.includes(secret), `a secret in ${where}`);
}

it(`fuzz: ${RUNS} generated requests get no 500, no silence and no secret`, async (t) => {
  const printed: unknown[][] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    t.mock.method(console, method, (...words: unknown[]) => void printed.push(words));
  const onCrash = (reason: unknown) => printed.push(['unhandled', reason]);
  process.on('unhandledRejection', onCrash);

  const random = seededRandom(SEED + 1);
  let storeFaults = 0;
  const shop = openShop({
    store: faultyStore(createMemoryStore({ maxEntries: 1000 }), STORE_FAULTS, random, () => storeFaults++),
    // A price that changes makes a key open another session.
    resolveCart: (cart) => ({ ...resolve(cart), shipping: Math.floor(random() * 3) * 100 }),
    origins: ['https://app.example'],
    onOrderCreated: () => {},
  });
  const fuzzer = new Fuzzer(seededRandom(SEED));
  const statuses: Record<number, number> = {};

  const send = async (): Promise<void> => {
    const { request, told } = await fuzzer.next();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer, seed ${SEED}: ${told}`)), DEADLINE_MS);
    });
    const response = await Promise.race([shop.handler(request), late]);
    const text = await Promise.race([response.text(), late]);
    clearTimeout(timer);
    const { status, headers } = response;
    statuses[status] = (statuses[status] ?? 0) + 1;
    // 503 says that the store failed, and that the same request may succeed later.
    assert.ok(status < 500 || status === 503, `${status}, seed ${SEED}: ${told}`);
    refuseSecrets(text, `the body of ${told}`);
    refuseSecrets(JSON.stringify([...headers]), `the headers of ${told}`);
    refuseSecrets(JSON.stringify(shop.events), `the events of ${told}`);
    // Neither grows without end here.
    shop.events.length = 0;
    shop.calls.length = 0;
  };

  let left = RUNS;
  const caller = async () => {
    while (left-- > 0) await send();
  };
  try {
    await Promise.all(Array.from({ length: CALLERS }, caller));
  } finally {
    process.off('unhandledRejection', onCrash);
    t.mock.restoreAll();
  }
  t.diagnostic(`seed ${SEED}; answers by status: ${JSON.stringify(statuses)}`);
  refuseSecrets(inspect(printed, { depth: 6 }), 'the console');
  assert.deepEqual(printed, [], 'something was printed');
  // Not only refusals: the generator gets through to what lies behind them.
  assert.ok(storeFaults > RUNS / 1000, `only ${storeFaults} faults of the store`);
  for (const status of [200, 303, 400, 401, 403, 405, 413, 415, 422])
    assert.ok(statuses[status], `no ${status} among ${RUNS}, seed ${SEED}`);
});

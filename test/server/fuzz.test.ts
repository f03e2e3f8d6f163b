import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { it } from 'node:test';
import { createMemoryStore } from '../../src/server/index.js';
import { faultyStore } from '../support/faulty-store.js';
import { seededRandom } from '../support/seeded-random.js';
import { Fuzzer } from './fuzzer.js';
import { API_KEY, openShop, resolve, SECRET, WEBHOOK_SECRET } from './fixtures.js';

/*
 * FC_RUNS    the number of requests: 10,000 in every run, 100,000 in `npm run verify`
 * FUZZ_SEED  the seed of the random requests: 1 in every run, a new one in `npm run verify`
 */

const RUNS = Number(process.env['FC_RUNS'] ?? 10_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? (process.env['FC_RUNS'] ? Date.now() % 1_000_000 : 1));
/** The longest that a response may take, in milliseconds. No request waits for a timer. */
const DEADLINE_MS = 5000;
/** The share of store commands that fail, for each kind of failure. */
const STORE_FAULTS = { lost: 0.01, unanswered: 0.01, late: 0.01 };
/** The number of concurrent requests. */
const CALLERS = 8;

/** No output may have any of these. */
const SECRETS = [API_KEY, 'SENTINEL', SECRET, WEBHOOK_SECRET];

function assertNoSecrets(text: string, where: string): void {
  for (const secret of SECRETS) assert.ok(!text.includes(secret), `a secret in ${where}`);
}

it(`fuzz: every response to ${RUNS} generated requests arrives, is no 500 and has no secret`, async (t) => {
  const printed: unknown[][] = [];
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const)
    t.mock.method(console, method, (...texts: unknown[]) => void printed.push(texts));
  const onCrash = (reason: unknown) => printed.push(['unhandled', reason]);
  process.on('unhandledRejection', onCrash);

  const random = seededRandom(SEED + 1);
  let storeFaults = 0;
  const shop = openShop({
    store: faultyStore(createMemoryStore({ maxEntries: 1000 }), STORE_FAULTS, random, () => storeFaults++),
    // A changed price opens another session for the same key.
    resolveCart: (cart) => ({ ...resolve(cart), shipping: Math.floor(random() * 3) * 100 }),
    origins: ['https://app.example'],
    onOrderCreated: () => {},
  });
  const fuzzer = new Fuzzer(seededRandom(SEED));
  const statuses: Record<number, number> = {};

  const send = async (): Promise<void> => {
    const { request, description } = await fuzzer.next();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no response, seed ${SEED}: ${description}`)), DEADLINE_MS);
    });
    const response = await Promise.race([shop.handler(request), timeout]);
    const text = await Promise.race([response.text(), timeout]);
    clearTimeout(timer);
    const { status, headers } = response;
    statuses[status] = (statuses[status] ?? 0) + 1;
    // A 503 means that the store failed.
    assert.ok(status < 500 || status === 503, `${status}, seed ${SEED}: ${description}`);
    assertNoSecrets(text, `the body of ${description}`);
    assertNoSecrets(JSON.stringify([...headers]), `the headers of ${description}`);
    assertNoSecrets(JSON.stringify(shop.events), `the events of ${description}`);
    // Cleared, so that the arrays do not grow with every request.
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
  t.diagnostic(`seed ${SEED}; responses by status: ${JSON.stringify(statuses)}`);
  assertNoSecrets(inspect(printed, { depth: 6 }), 'the console');
  assert.deepEqual(printed, [], 'something was printed');
  // The generated requests reach the store and every kind of response.
  assert.ok(storeFaults > RUNS / 1000, `only ${storeFaults} faults of the store`);
  for (const status of [200, 303, 400, 401, 403, 405, 413, 415, 422])
    assert.ok(statuses[status], `no ${status} among ${RUNS}, seed ${SEED}`);
});

import { app, CART, ENDPOINT, headersOf } from './handler.js';
import { progress } from './interleave.js';

/*
 * The time that the handler adds to a route that parses a cart and returns a session: `node --expose-gc --import tsx
 * test/bench/overhead.ts [requests]`. Both routes are in one Hono app and are called in turn with `app.request`, in one process and
 * without a network, so that only the work is measured. The provider answers at once.
 */

const REQUESTS = Number(process.argv[2] ?? 100_000);
const WARM_UP = Math.min(REQUESTS, 5000);
/** The number of request pairs and of rounds. The median round counts, so that other work of the machine does not. */
const ROUND = 1000;
const ROUNDS = Math.max(1, Math.min(20, Math.floor(REQUESTS / ROUND)));
/** The most that the handler may add at p99, in milliseconds. */
const MAX_ADDED_MS = 0.5;
/** The most that the heap may grow between the first tenth of the requests and the last, in bytes. */
const MAX_GROWTH = 2 * 1024 * 1024;
const TENTHS = 10;

/** Calls a route and reads the response. Returns the duration in milliseconds. */
async function ask(path: string): Promise<{ ms: number; text: string }> {
  const headers = headersOf(crypto.randomUUID());
  const started = performance.now();
  const response = await app.request(path, { method: 'POST', headers, body: CART });
  const text = await response.text();
  const ms = performance.now() - started;
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
  return { ms, text };
}

interface Percentiles {
  median: number;
  p99: number;
}

function percentiles(times: number[]): Percentiles {
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.floor((times.length - 1) * part)]!;
  return { median: at(0.5), p99: at(0.99) };
}

for (let i = 0; i < WARM_UP; i++) {
  await ask('/bare');
  await ask(ENDPOINT);
}
interface Round {
  bare: Percentiles;
  ours: Percentiles;
}

/** Measures both routes in turn. */
async function timeRound(): Promise<Round> {
  const bareTimes: number[] = [];
  const ourTimes: number[] = [];
  for (let i = 0; i < ROUND; i++) {
    bareTimes.push((await ask('/bare')).ms);
    ourTimes.push((await ask(ENDPOINT)).ms);
  }
  return { bare: percentiles(bareTimes), ours: percentiles(ourTimes) };
}

const rounds: Round[] = [];
for (let i = 0; i < ROUNDS; i++) {
  progress(`round ${i + 1} of ${ROUNDS}`);
  rounds.push(await timeRound());
}
progress();

const figure = (of: (round: Round) => number) => percentiles(rounds.map(of)).median;
const row = (name: string, median: number, p99: number) =>
  console.log(`| ${name} | ${median.toFixed(3)} ms | ${p99.toFixed(3)} ms |`);
const addedMs = figure(({ bare, ours }) => ours.p99 - bare.p99);
const added = rounds.map(({ bare, ours }) => ours.p99 - bare.p99).sort((a, b) => a - b);
console.log(
  `The handler over a provider that answers at once, ${ROUNDS} rounds of ${ROUND} requests to each route\n`,
);
console.log('| median round | median | p99 |');
console.log('| --- | ---: | ---: |');
row(
  'bare Hono route',
  figure(({ bare }) => bare.median),
  figure(({ bare }) => bare.p99),
);
row(
  'handler',
  figure(({ ours }) => ours.median),
  figure(({ ours }) => ours.p99),
);
row(
  'added',
  figure(({ bare, ours }) => ours.median - bare.median),
  addedMs,
);
console.log(`\nAdded at p99, round by round, in ms: ${added.map((ms) => ms.toFixed(2)).join(' ')}\n`);

const heaps: number[] = [];
for (let tenth = 1; tenth <= TENTHS; tenth++) {
  for (let i = 0; i < REQUESTS / TENTHS; i++) await ask(ENDPOINT);
  globalThis.gc?.();
  heaps.push(process.memoryUsage().heapUsed);
  progress(`${(tenth * REQUESTS) / TENTHS} requests`);
}
progress();
const growth = heaps.at(-1)! - heaps[0]!;
const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
console.log(`Heap after each tenth of ${REQUESTS} requests, in MB: ${heaps.map(megabytes).join(' ')}\n`);

const isFast = addedMs <= MAX_ADDED_MS;
const isFlat = growth <= MAX_GROWTH;
console.log(isFast ? `Adds no more than ${MAX_ADDED_MS} ms.` : `Adds more than ${MAX_ADDED_MS} ms.`);
console.log(isFlat ? 'The heap is flat.' : `The heap grew by ${megabytes(growth)} MB.`);
process.exitCode = isFast && isFlat ? 0 : 1;

import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createMemoryStore, type Store } from '../../../src/server/index.js';
import type { ProblemAnswer, SessionAnswer } from '../../../src/contract/index.js';
import { fc } from '../../support/property-runs.js';
import {
  atPaymentPage,
  deferred,
  openShop,
  press as pressRequest,
  resolve,
  settle,
  type Network,
} from '../fixtures.js';

/*
 * One key, and everything that can happen between the handler, its store and the provider: commands that are lost before or
 * after they take effect, commands that arrive late, a provider that is busy, loses its answer or is slower than the lease,
 * changed prices, paid and cancelled sessions, several presses at once.
 */

/** Ten times as many under `npm run verify`. */
const numRuns = Math.min(Number(process.env['FC_RUNS'] ?? 300), 3000);

/** What becomes of one command to the store. */
type Fate = 'done' | 'lost' | 'unanswered' | 'late';
/** What becomes of one request that opens a session. */
type Opening = 'answered' | 'slow' | 'busy' | 'broken' | 'unanswered';

type Step =
  | { do: 'press'; opening: Opening }
  | { do: 'answer' | 'reconnect' | 'outlast the lease' }
  | { do: 'price'; shipping: number }
  | { do: 'pay' | 'cancel'; which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('press' as const),
      opening: fc.constantFrom<Opening[]>('answered', 'answered', 'slow', 'busy', 'broken', 'unanswered'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('answer' as const, 'reconnect' as const, 'outlast the lease' as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('price' as const), shipping: fc.nat({ max: 3 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('pay' as const, 'cancel' as const), which: fc.nat(9) }),
  },
);
/** The store works mostly, or hardly ever. */
const fates = fc.oneof(
  fc.constant<Fate[]>(['done']),
  fc.array(
    fc.oneof(
      { weight: 5, arbitrary: fc.constant<Fate>('done') },
      { weight: 1, arbitrary: fc.constantFrom<Fate[]>('lost', 'unanswered', 'late') },
    ),
    { minLength: 1, maxLength: 60 },
  ),
);

/** A press on its way, and what is true of it. */
interface Press {
  answer: Promise<Response>;
  /** Whether every command to the store was done while it was on its way. */
  isKept: boolean;
  /** Whether nothing else happened meanwhile. */
  isCalm: boolean;
  /** Whether a session was paid or cancelled meanwhile. */
  hasClosing: boolean;
  shipping: number;
}

interface Session {
  url: string;
  status: 'open' | 'paid' | 'cancelled';
  /** Whether a press has returned it: only then can a shopper be on its page. */
  isGiven: boolean;
}

class World {
  shipping = 0;
  readonly sessions = new Map<string, Session>();
  /** Ids that a press has returned whose commands were all done: the store must know them. */
  readonly known = new Set<string>();
  /** The id that the last undisturbed press returned, while nothing has changed since. */
  latest: string | undefined;
  readonly #fates: readonly Fate[];
  #commands = 0;
  #skippedMs = 0;
  #opening: Opening = 'answered';
  readonly #late: (() => Promise<unknown>)[] = [];
  readonly #presses = new Set<Press>();
  readonly #gates: (() => void)[] = [];
  readonly #shop;

  constructor(all: readonly Fate[]) {
    this.#fates = all;
    const memory = createMemoryStore({ now: () => Date.now() + this.#skippedMs });
    const command = <T>(send: () => Promise<T>): Promise<T> => this.#command(send);
    const store: Store = {
      claim: (...args) => command(() => memory.claim(...args)),
      complete: (...args) => command(() => memory.complete(...args)),
      release: (...args) => command(() => memory.release(...args)),
      read: (...args) => command(() => memory.read(...args)),
    };
    this.#shop = openShop({
      store,
      webhookUrl: undefined,
      timeoutMs: 120_000,
      resolveCart: (cart) => ({ ...resolve(cart), shipping: this.shipping }),
      network: this.#network,
    });
  }

  /** Marks every press that is on its way. */
  #mark(change: Partial<Press>): void {
    for (const press of this.#presses) Object.assign(press, change);
  }

  async #command<T>(send: () => Promise<T>): Promise<T> {
    const fate = this.#fates[this.#commands++ % this.#fates.length]!;
    if (fate === 'done') return send();
    this.#mark({ isKept: false });
    if (fate === 'unanswered') await send();
    if (fate === 'late') this.#late.push(send);
    throw new Error('connection lost');
  }

  readonly #network: Network = async (request, pass) => {
    if (request.method !== 'POST') return pass();
    const opening = this.#opening;
    this.#opening = 'answered';
    if (opening === 'busy') return Response.json({}, { status: 429 });
    if (opening === 'broken') return Response.json({}, { status: 500 });
    if (opening === 'slow') {
      const gate = deferred();
      this.#gates.push(gate.resolve);
      await gate.promise;
    }
    const answer = await pass();
    const session = (await answer.clone().json()) as Partial<SessionAnswer>;
    if (session.checkout_id && !this.sessions.has(session.checkout_id))
      this.sessions.set(session.checkout_id, {
        url: session.checkout_url!,
        status: 'open',
        isGiven: false,
      });
    return opening === 'unanswered' ? Response.json({}, { status: 500 }) : answer;
  };

  /** Presses, and waits for the answer unless the provider is slow. */
  async press(opening: Opening): Promise<void> {
    this.#opening = opening;
    const press: Press = {
      answer: this.#shop.handler(pressRequest()),
      isKept: true,
      isCalm: true,
      hasClosing: false,
      shipping: this.shipping,
    };
    this.#presses.add(press);
    const gates = this.#gates.length;
    let isOver = false;
    const judged = this.#judge(press).finally(() => (isOver = true));
    // A press that is still on its way is awaited at the end.
    judged.catch(() => {});
    while (!isOver && this.#gates.length === gates) await settle();
    if (isOver) await judged;
    else this.#pending.push(judged);
    this.#opening = 'answered';
  }
  readonly #pending: Promise<void>[] = [];

  async #judge(press: Press): Promise<void> {
    const isAlone = this.#presses.size === 1;
    const response = await press.answer;
    this.#presses.delete(press);
    const body = (await response.json()) as Pick<SessionAnswer, 'checkout_id'> & Partial<ProblemAnswer>;
    assert.notEqual(body.code, 'hook_failed', 'an error that was not expected');
    const paid = [...this.known].filter((id) => this.sessions.get(id)!.status === 'paid');
    if (response.status !== 200) {
      if (body.code === 'session_closed')
        assert.ok(
          [...this.sessions.values()].some(({ status }) => status === 'paid'),
          'closed, but not paid',
        );
      return;
    }
    const id = body.checkout_id;
    const session = this.sessions.get(id)!;
    session.isGiven = true;
    if (!press.hasClosing) assert.equal(session.status, 'open', 'returns a session that is over');
    if (press.isKept) this.known.add(id);
    if (!press.isKept || !press.isCalm || !isAlone || press.shipping !== this.shipping) {
      this.latest = undefined;
      return;
    }
    assert.deepEqual(paid, [], 'forgets a paid session');
    if (this.latest !== undefined)
      assert.equal(id, this.latest, 'opens a second session for the same answer');
    this.latest = id;
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'press':
        return this.press(step.opening);
      case 'answer':
        this.#gates.shift()?.();
        return settle();
      case 'reconnect':
        this.#mark({ isCalm: false });
        for (const send of this.#late.splice(0)) await send();
        return;
      case 'outlast the lease':
        this.#mark({ isCalm: false });
        this.#skippedMs += 10 * 60_000;
        return;
      case 'price':
        this.shipping = step.shipping;
        this.latest = undefined;
        return;
      default:
        return this.#close(step.do, step.which);
    }
  }

  async #close(action: 'pay' | 'cancel', which: number): Promise<void> {
    const open = [...this.sessions.values()].filter(({ status, isGiven }) => isGiven && status === 'open');
    const session = open[which % (open.length || 1)];
    if (!session) return;
    await atPaymentPage(this.#shop, session.url, action);
    session.status = action === 'pay' ? 'paid' : 'cancelled';
    this.latest = undefined;
    this.#mark({ hasClosing: true, isCalm: false });
  }

  /** Everything that is under way ends; then a press must lead somewhere. */
  async end(): Promise<void> {
    for (const open of this.#gates.splice(0)) open();
    await Promise.all(this.#pending);
    for (const send of this.#late.splice(0)) await send();
    this.#skippedMs += 10 * 60_000;
    (this.#fates as Fate[]).splice(0, Infinity, 'done');
    this.latest = undefined;
    let response = await this.#shop.handler(pressRequest());
    let { code } = (await response.json()) as ProblemAnswer;
    // A browser tries this answer again by itself.
    if (code === 'request_in_progress') {
      response = await this.#shop.handler(pressRequest());
      ({ code } = (await response.json()) as ProblemAnswer);
    }
    assert.ok(
      response.status === 200 || code === 'session_closed' || code === 'rate_limited',
      `ends in ${response.status} ${code}`,
    );
    const isPaid = [...this.known].some((id) => this.sessions.get(id)!.status === 'paid');
    if (isPaid) assert.notEqual(response.status, 200, 'forgets a paid session in the end');
  }
}

describe('the sessions of one key', () => {
  it(`are never two for one answer, and none that is paid is forgotten: ${numRuns} random histories`, async (t: TestContext) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    await fc.assert(
      fc.asyncProperty(fates, fc.array(step, { minLength: 1, maxLength: 25 }), async (all, steps) => {
        const world = new World([...all]);
        for (const each of steps) {
          // Nobody pays within the two seconds that clocks may differ by.
          t.mock.timers.tick(5000);
          await world.take(each);
        }
        t.mock.timers.tick(5000);
        await world.end();
      }),
      { numRuns, includeErrorInReport: true },
    );
  });
});

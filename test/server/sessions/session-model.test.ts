import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { createMemoryStore, type Store } from '../../../src/server/index.js';
import type { ProblemAnswer, SessionAnswer } from '../../../src/contract/index.js';
import { fc } from '../../support/property-runs.js';
import {
  submitPaymentPage,
  deferred,
  openShop,
  press as pressRequest,
  resolve,
  settle,
  type Network,
} from '../fixtures.js';

/*
 * A model-based test of one idempotency key. Random histories have store commands that are lost before or after they take
 * effect or arrive late, a provider that is busy, loses its response or is slower than the lease, changed prices, paid and
 * cancelled sessions, and several presses at once.
 */

/** `npm run verify` runs ten times as many. */
const numRuns = Math.min(Number(process.env['FC_RUNS'] ?? 300), 3000);

/** The result of one store command: `unanswered` takes effect, but fails; `late` fails, and takes effect later. */
type Fate = 'done' | 'lost' | 'unanswered' | 'late';
/** The provider's response to one request that opens a session: `unanswered` opens it, but responds with 500. */
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
/** Half of the histories have a store that never fails. */
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

/** A press whose response has not arrived, and facts about the time since its request. */
interface Press {
  answer: Promise<Response>;
  /** Whether no store command failed. */
  isStored: boolean;
  /** Whether no lease ended, no late command took effect, and no session was paid or cancelled. */
  isUndisturbed: boolean;
  /** Whether a session was paid or cancelled. */
  hasClosing: boolean;
  shipping: number;
}

interface Session {
  url: string;
  status: 'open' | 'paid' | 'cancelled';
  /** Whether a press has returned it. A shopper can be on its page only then. */
  isReturned: boolean;
}

class SessionModel {
  shipping = 0;
  readonly sessions = new Map<string, Session>();
  /** Ids that a press with working store commands has returned. The store must still have them. */
  readonly storedIds = new Set<string>();
  /** The id that the last undisturbed press returned. Undefined after a change. */
  latest: string | undefined;
  readonly #fates: readonly Fate[];
  #commands = 0;
  #skippedMs = 0;
  #opening: Opening = 'answered';
  readonly #lateCommands: (() => Promise<unknown>)[] = [];
  readonly #pendingPresses = new Set<Press>();
  readonly #gates: (() => void)[] = [];
  readonly #shop;

  constructor(fates: readonly Fate[]) {
    this.#fates = fates;
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

  /** Sets facts of every pending press. */
  #updatePresses(change: Partial<Press>): void {
    for (const press of this.#pendingPresses) Object.assign(press, change);
  }

  async #command<T>(send: () => Promise<T>): Promise<T> {
    const fate = this.#fates[this.#commands++ % this.#fates.length]!;
    if (fate === 'done') return send();
    this.#updatePresses({ isStored: false });
    if (fate === 'unanswered') await send();
    if (fate === 'late') this.#lateCommands.push(send);
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
        isReturned: false,
      });
    return opening === 'unanswered' ? Response.json({}, { status: 500 }) : answer;
  };

  /** Presses, and waits for the response unless the provider is slow. */
  async press(opening: Opening): Promise<void> {
    this.#opening = opening;
    const press: Press = {
      answer: this.#shop.handler(pressRequest()),
      isStored: true,
      isUndisturbed: true,
      hasClosing: false,
      shipping: this.shipping,
    };
    this.#pendingPresses.add(press);
    const gates = this.#gates.length;
    let isOver = false;
    const checked = this.#checkResponse(press).finally(() => (isOver = true));
    // `finish` awaits a press that is still pending.
    checked.catch(() => {});
    while (!isOver && this.#gates.length === gates) await settle();
    if (isOver) await checked;
    else this.#checks.push(checked);
    this.#opening = 'answered';
  }
  readonly #checks: Promise<void>[] = [];

  async #checkResponse(press: Press): Promise<void> {
    const isAlone = this.#pendingPresses.size === 1;
    const response = await press.answer;
    this.#pendingPresses.delete(press);
    const body = (await response.json()) as Pick<SessionAnswer, 'checkout_id'> & Partial<ProblemAnswer>;
    assert.notEqual(body.code, 'hook_failed', 'unexpected error');
    const paid = [...this.storedIds].filter((id) => this.sessions.get(id)!.status === 'paid');
    if (response.status !== 200) {
      if (body.code === 'session_closed')
        assert.ok(
          [...this.sessions.values()].some(({ status }) => status === 'paid'),
          'responds with session_closed, but no session is paid',
        );
      return;
    }
    const id = body.checkout_id;
    const session = this.sessions.get(id)!;
    session.isReturned = true;
    if (!press.hasClosing) assert.equal(session.status, 'open', 'returns a closed session');
    if (press.isStored) this.storedIds.add(id);
    if (!press.isStored || !press.isUndisturbed || !isAlone || press.shipping !== this.shipping) {
      this.latest = undefined;
      return;
    }
    assert.deepEqual(paid, [], 'forgets a paid session');
    if (this.latest !== undefined)
      assert.equal(id, this.latest, 'opens a second session for the same cart and price');
    this.latest = id;
  }

  async run(step: Step): Promise<void> {
    switch (step.do) {
      case 'press':
        return this.press(step.opening);
      case 'answer':
        this.#gates.shift()?.();
        return settle();
      case 'reconnect':
        this.#updatePresses({ isUndisturbed: false });
        for (const send of this.#lateCommands.splice(0)) await send();
        return;
      case 'outlast the lease':
        this.#updatePresses({ isUndisturbed: false });
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
    const open = [...this.sessions.values()].filter(
      ({ status, isReturned }) => isReturned && status === 'open',
    );
    const session = open[which % (open.length || 1)];
    if (!session) return;
    await submitPaymentPage(this.#shop, session.url, action);
    session.status = action === 'pay' ? 'paid' : 'cancelled';
    this.latest = undefined;
    this.#updatePresses({ hasClosing: true, isUndisturbed: false });
  }

  /** Ends every pending press, lets the lease end, and checks that another press gets a final response. */
  async finish(): Promise<void> {
    for (const open of this.#gates.splice(0)) open();
    await Promise.all(this.#checks);
    for (const send of this.#lateCommands.splice(0)) await send();
    this.#skippedMs += 10 * 60_000;
    (this.#fates as Fate[]).splice(0, Infinity, 'done');
    this.latest = undefined;
    let response = await this.#shop.handler(pressRequest());
    let { code } = (await response.json()) as ProblemAnswer;
    // The button retries after this response.
    if (code === 'request_in_progress') {
      response = await this.#shop.handler(pressRequest());
      ({ code } = (await response.json()) as ProblemAnswer);
    }
    assert.ok(
      response.status === 200 || code === 'session_closed' || code === 'rate_limited',
      `ends in ${response.status} ${code}`,
    );
    const isPaid = [...this.storedIds].some((id) => this.sessions.get(id)!.status === 'paid');
    if (isPaid) assert.notEqual(response.status, 200, 'forgets a paid session after every press has ended');
  }
}

describe('sessions of one idempotency key', () => {
  it(`are never two for one price, and a paid one is never forgotten, in ${numRuns} random histories`, async (t: TestContext) => {
    t.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-03-01T12:00:00Z') });
    await fc.assert(
      fc.asyncProperty(fates, fc.array(step, { minLength: 1, maxLength: 25 }), async (storeFates, steps) => {
        const model = new SessionModel([...storeFates]);
        for (const nextStep of steps) {
          // More than the two seconds by which clocks may differ, so that no session is paid within them.
          t.mock.timers.tick(5000);
          await model.run(nextStep);
        }
        t.mock.timers.tick(5000);
        await model.finish();
      }),
      { numRuns, includeErrorInReport: true },
    );
  });
});

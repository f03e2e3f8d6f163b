import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import type { TestContext } from 'node:test';
import type { SessionRequest } from '../../src/client/index.js';
import type { CheckoutError, CheckoutErrorCode } from '../../src/core/index.js';
import { minimalCart } from '../support/fixtures.js';
import { Endpoint, type Step } from './endpoint.js';

/** The time at which every test starts. */
const NOW = Date.UTC(2026, 10, 23, 12);

/** The two methods of `sessionStorage` that the client needs. */
export type TabStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** A tab's storage: empty, or a copy as after a reload. */
export function createStorage(entries: Iterable<[string, string]> = []): TabStorage & {
  entries: Map<string, string>;
} {
  const map = new Map(entries);
  return {
    entries: map,
    getItem: (name) => map.get(name) ?? null,
    setItem: (name, value) => void map.set(name, value),
  };
}

/** The storage of a browser that blocks it. */
export const blockedStorage: TabStorage = {
  getItem: () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  },
  setItem: () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  },
};

/** A page in Node, with its network, clock and storage. At the end it checks that no timer and no step is left. */
export class Page {
  readonly endpoint = new Endpoint();
  readonly #test: TestContext;
  readonly #window = new EventTarget();
  /** How long the page has been frozen. */
  #frozenMs = 0;
  /** When each pending timer is due. */
  readonly #timers = new Map<unknown, number>();

  constructor(t: TestContext, steps: Step[]) {
    this.#test = t;
    this.endpoint.steps = steps;
    const undo = [
      define('fetch', this.endpoint.fetch),
      define('navigator', { onLine: true }),
      define('location', { origin: 'https://www.shop.example' }),
      define('sessionStorage', createStorage()),
      // The window's methods.
      define('addEventListener', this.#window.addEventListener.bind(this.#window)),
      define('removeEventListener', this.#window.removeEventListener.bind(this.#window)),
    ];
    t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: NOW });
    const now = Date.now;
    Date.now = () => now() + this.#frozenMs;
    const { setTimeout: set, clearTimeout: clear, setInterval: repeat, clearInterval: end } = globalThis;
    undo.push(
      define('setTimeout', (action: () => void, ms = 0) => {
        const timer = set(() => {
          this.#timers.delete(timer);
          action();
        }, ms);
        this.#timers.set(timer, Date.now() + ms);
        return timer;
      }),
      define('clearTimeout', (timer: NodeJS.Timeout) => {
        this.#timers.delete(timer);
        clear(timer);
      }),
      define('setInterval', (action: () => void, ms = 0) => {
        const timer = repeat(() => {
          this.#timers.set(timer, Date.now() + ms);
          action();
        }, ms);
        this.#timers.set(timer, Date.now() + ms);
        return timer;
      }),
      define('clearInterval', (timer: NodeJS.Timeout) => {
        this.#timers.delete(timer);
        end(timer);
      }),
    );
    t.after(() => {
      for (const step of undo.reverse()) step();
      assert.equal(this.pendingTimers, 0, 'timers are left behind');
      const listeners = getEventListeners(this.#window, 'securitypolicyviolation');
      assert.deepEqual(listeners, [], 'listeners are left behind');
      assert.deepEqual(this.endpoint.steps, [], 'steps are left unused');
    });
  }

  /** The request of a press with the page's cart. */
  get purchase(): SessionRequest {
    return { endpoint: this.endpoint.url, cart: minimalCart() };
  }

  get pendingTimers(): number {
    return this.#timers.size;
  }

  set onLine(onLine: boolean) {
    define('navigator', { onLine });
  }

  set storage(storage: TabStorage) {
    define('sessionStorage', storage);
  }

  /** Dispatches an event of the window. */
  tell(event: Event): void {
    this.#window.dispatchEvent(event);
  }

  /** Freezes the page: the clock goes on, but timers do not run. */
  async freeze(ms: number): Promise<void> {
    await settle();
    this.#frozenMs += ms;
    for (const [timer, atMs] of this.#timers) this.#timers.set(timer, atMs + ms);
  }

  /** Advances the clock and runs the timers that are due. */
  async pass(ms: number): Promise<void> {
    await settle();
    this.#test.mock.timers.tick(ms);
    await settle();
  }

  /** The result of some work. Advances the clock to the next timer whenever nothing else can happen. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = () => (isDone = true);
    void work.then(done, done);
    for (await settle(); !isDone; await settle()) {
      if (!this.pendingTimers) throw new Error('The work waits for something that is no timer');
      this.#test.mock.timers.tick(Math.max(Math.min(...this.#timers.values()) - Date.now(), 0));
    }
    return work;
  }

  /** The error of some work, which must have this code. */
  async fails(work: Promise<unknown>, code: CheckoutErrorCode): Promise<CheckoutError> {
    const error = await this.run(
      work.then(
        (value) => assert.fail(`expected ${code}, got ${JSON.stringify(value)}`),
        (reason: CheckoutError) => reason,
      ),
    );
    assert.equal(error.name, 'CheckoutError', `expected ${code}, got ${String(error)}`);
    assert.equal(error.code, code);
    return error;
  }
}

/** Opens a page whose endpoint responds with these steps. */
export function openPage(t: TestContext, ...steps: Step[]): Page {
  return new Page(t, steps);
}

/** Makes `Math.random` constant, so that the first waits are 375 ms and 750 ms. */
export function fixChance(t: TestContext, random = 0.5): void {
  t.mock.method(Math, 'random', () => random);
}

/** Defines a global of a browser. Returns a function that restores the previous one. */
export function define(name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(globalThis, name);
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(globalThis, name, before);
    else Reflect.deleteProperty(globalThis, name);
  };
}

/** Waits for everything that needs no timer: promises, streams. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve));
}

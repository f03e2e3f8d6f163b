import type { Button } from './button.js';
import { answer, missing, type Answer } from './merchant.js';
import type { World } from './simulation.js';

/** A cart that is being read, or a request that is under way. */
export interface Pending {
  readonly owner: Button;
  /** One step further. */
  advance(): void;
}

/** A request between the page and the merchant. */
export class Ask implements Pending {
  readonly owner: Button;
  readonly #world: World;
  readonly #key: string;
  readonly #cart: string;
  /** How the page gets its answer; nothing once it has it, or has stopped waiting. */
  client?: { resolve: (response: Response) => void; reject: (cause: unknown) => void };
  #phase: 'sent' | 'claimed' | 'answered' = 'sent';
  #answer?: Answer;

  constructor(world: World, owner: Button, key: string, cart: string) {
    this.#world = world;
    this.owner = owner;
    this.#key = key;
    this.#cart = cart;
  }

  /** Whether its next step is one that the page would see. */
  get isForPage(): boolean {
    return this.#phase === 'answered';
  }

  advance(): void {
    const { merchant } = this.#world;
    if (this.#phase === 'answered') return this.#deliver(this.#answer!);
    this.#answer =
      this.#phase === 'sent' ? merchant.start(this.#key, this.#cart) : merchant.finish(this.#key);
    this.#phase = this.#answer ? 'answered' : 'claimed';
    if (this.#answer && !this.client) this.#end();
  }

  /** Something else comes than the answer. What the merchant has begun goes on. */
  fault(kind: string): void {
    const { client, owner } = this;
    const isOpen = !!this.#answer?.opens;
    const said = this.#answer ? this.#answer.text : '';
    const drop = () => {
      this.client = undefined;
      if (this.#phase !== 'claimed') this.#end();
      owner.answer = undefined;
      client?.reject(new TypeError('Failed to fetch'));
    };
    const faults: Record<string, () => void> = {
      drop,
      torn: () => this.#deliver({ ...answer(200, said), type: 'torn' }),
      'status-500': () => this.#deliver(answer(500, 'oops', 'text/plain')),
      'status-502': () => this.#deliver(answer(502)),
      'status-504': () => this.#deliver(answer(504)),
      'status-429': () => this.#deliver({ ...answer(429), retryAfter: '2' }),
      'status-429-long': () => this.#deliver(answer(429)),
      misses: () => this.#deliver(missing('customer.email')),
      html: () => this.#deliver(answer(200, '<h1>Sign in</h1>', 'text/html')),
      cut: () => this.#deliver(answer(200, said.slice(0, -1))),
      reused: () => this.#deliver(this.#world.merchant.refuseKey(this.#key)),
      // A session's answer, with something about it that must not be followed.
      evil: () => isOpen && this.#deliver(answer(200, said.replace('checkout.withgale', 'checkout.evil'))),
      script: () => isOpen && this.#deliver(answer(200, said.replace('https://', 'javascript://'))),
      nowhere: () => isOpen && this.#deliver(answer(200, said.replace('checkout_url', 'url'))),
      nameless: () => isOpen && this.#deliver(answer(200, said.replace('"chk_', '"<b>'))),
    };
    if (client) faults[kind]!();
  }

  /** The page does not wait any more: it has aborted, or it is gone. */
  abandon(cause?: unknown): void {
    const { client } = this;
    this.client = undefined;
    if (this.#phase === 'answered') this.#end();
    if (cause) client?.reject(cause);
  }

  #deliver(given: Answer): void {
    const { client } = this;
    this.client = undefined;
    if (this.#phase !== 'claimed') this.#end();
    this.owner.answer = given;
    const { status, text, type, retryAfter } = given;
    let isRead = false;
    const read = async () => {
      if (type === 'torn') throw new TypeError('network error');
      const done = isRead;
      isRead = true;
      return { done, value: done ? undefined : new TextEncoder().encode(text) };
    };
    const headers = new Map([['content-type', type]]);
    if (retryAfter) headers.set('retry-after', retryAfter);
    client?.resolve({
      ok: status < 400,
      status,
      headers: { get: (name: string) => headers.get(name) ?? null },
      body: { getReader: () => ({ read, cancel: async () => undefined }) },
    } as unknown as Response);
  }

  #end(): void {
    this.#world.forget(this);
  }
}

import type { Button } from './button.js';
import { answer, missing, type Answer } from './merchant.js';
import type { Simulation } from './simulation.js';

/** A read of the cart, a request or a dialog that is not finished. */
export interface Pending {
  readonly owner: Button;
  /** Completes its next step. */
  advance(): void;
}

/** A request between the page and the merchant. */
export class PendingRequest implements Pending {
  readonly owner: Button;
  readonly #simulation: Simulation;
  readonly #key: string;
  readonly #cart: string;
  /** The page's promise of the response; undefined after it is settled or abandoned. */
  client?: { resolve: (response: Response) => void; reject: (cause: unknown) => void };
  #phase: 'sent' | 'claimed' | 'answered' = 'sent';
  #answer?: Answer;

  constructor(simulation: Simulation, owner: Button, key: string, cart: string) {
    this.#simulation = simulation;
    this.owner = owner;
    this.#key = key;
    this.#cart = cart;
  }

  /** Whether the next step delivers the response to the page. */
  get isForPage(): boolean {
    return this.#phase === 'answered';
  }

  advance(): void {
    const { merchant } = this.#simulation;
    if (this.#phase === 'answered') return this.#deliver(this.#answer!);
    this.#answer =
      this.#phase === 'sent' ? merchant.start(this.#key, this.#cart) : merchant.finish(this.#key);
    this.#phase = this.#answer ? 'answered' : 'claimed';
    if (this.#answer && !this.client) this.#end();
  }

  /** Delivers a fault in place of the response. The merchant's work goes on. */
  fault(kind: string): void {
    const { client, owner } = this;
    const isOpen = !!this.#answer?.opens;
    const text = this.#answer ? this.#answer.text : '';
    const drop = () => {
      this.client = undefined;
      if (this.#phase !== 'claimed') this.#end();
      owner.answer = undefined;
      client?.reject(new TypeError('Failed to fetch'));
    };
    const faults: Record<string, () => void> = {
      drop,
      torn: () => this.#deliver({ ...answer(200, text), type: 'torn' }),
      'status-500': () => this.#deliver(answer(500, 'oops', 'text/plain')),
      'status-502': () => this.#deliver(answer(502)),
      'status-504': () => this.#deliver(answer(504)),
      'status-429': () => this.#deliver({ ...answer(429), retryAfter: '2' }),
      'status-429-long': () => this.#deliver(answer(429)),
      incomplete: () => this.#deliver(missing('customer.email')),
      html: () => this.#deliver(answer(200, '<h1>Sign in</h1>', 'text/html')),
      cut: () => this.#deliver(answer(200, text.slice(0, -1))),
      reused: () => this.#deliver(this.#simulation.merchant.refuseKey(this.#key)),
      // The response of a session with a URL or an id that must be refused.
      evil: () => isOpen && this.#deliver(answer(200, text.replace('checkout.withgale', 'checkout.evil'))),
      script: () => isOpen && this.#deliver(answer(200, text.replace('https://', 'javascript://'))),
      nowhere: () => isOpen && this.#deliver(answer(200, text.replace('checkout_url', 'url'))),
      nameless: () => isOpen && this.#deliver(answer(200, text.replace('"chk_', '"<b>'))),
    };
    if (client) faults[kind]!();
  }

  /** The page has aborted the request, or was closed. */
  abandon(cause?: unknown): void {
    const { client } = this;
    this.client = undefined;
    if (this.#phase === 'answered') this.#end();
    if (cause) client?.reject(cause);
  }

  #deliver(received: Answer): void {
    const { client } = this;
    this.client = undefined;
    if (this.#phase !== 'claimed') this.#end();
    this.owner.answer = received;
    const { status, text, type, retryAfter } = received;
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
    this.#simulation.removePending(this);
  }
}

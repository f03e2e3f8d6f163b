import { setMaxListeners } from 'node:events';
import { createSession, type Session } from '../../../../src/client/index.js';
import { createStorage, define } from '../../../client/fixtures.js';
import { CART } from '../../fixtures.js';

/** What a shopper's browser was answered by one of the processes. */
interface Answer {
  /** Which of the processes. */
  process: number;
  status: number;
  key: string;
  /** Whether the process found the session in the store. */
  isReplayed: boolean;
}

/** A path of their own for each shopper makes a cart of their own. */
const endpointOf = (shopper: string) => `https://shop.example/checkout/${shopper}`;

/**
 * The browsers of some shoppers, in one window, before a load balancer that gives every request to the next process. What
 * a press does is the button's own client: one key for a cart, and its retries of what passes by itself.
 */
export class Shoppers {
  readonly answers: Answer[] = [];
  /** Hears of every answer before the page does. */
  onAnswer: (answer: Answer) => void = () => {};
  readonly #urls: readonly string[];
  /** The key that each shopper's cart has. */
  readonly #keys = new Map<string, string>();
  readonly #undo: (() => void)[];
  #turn = 0;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
    const send = globalThis.fetch;
    const window = new EventTarget();
    // Every request of every shopper listens for broken policies.
    setMaxListeners(0, window);
    this.#undo = [
      define('navigator', { onLine: true }),
      define('sessionStorage', createStorage()),
      define('addEventListener', window.addEventListener.bind(window)),
      define('removeEventListener', window.removeEventListener.bind(window)),
      define('fetch', async (url: string, init: RequestInit) => {
        const process = this.#turn++ % this.#urls.length;
        const headers = new Headers(init.headers);
        // A browser writes it on a request of the shop's own page.
        headers.set('sec-fetch-site', 'same-origin');
        this.#keys.set(url, headers.get('idempotency-key')!);
        const response = await send(this.#urls[process] + new URL(url).pathname, { ...init, headers });
        const answer = {
          process,
          status: response.status,
          key: headers.get('idempotency-key')!,
          isReplayed: response.headers.has('idempotency-replayed'),
        };
        this.answers.push(answer);
        this.onAnswer(answer);
        return response;
      }),
    ];
  }

  /** Takes the window away again. */
  close(): void {
    for (const step of this.#undo) step();
  }

  /** A press of a shopper's button. Each of them has a cart of their own. */
  press(shopper: string): Promise<Session> {
    return createSession({ endpoint: endpointOf(shopper), cart: CART });
  }

  /** The key under which a shopper has asked last. */
  keyOf(shopper: string): string {
    return this.#keys.get(endpointOf(shopper))!;
  }
}

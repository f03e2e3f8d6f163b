import { setMaxListeners } from 'node:events';
import { createSession, type Session } from '../../../../src/client/index.js';
import { createStorage, define } from '../../../client/fixtures.js';
import { CART } from '../../fixtures.js';

/** A response of one of the processes to a shopper's browser. */
interface Answer {
  /** Index of the process. */
  process: number;
  status: number;
  key: string;
  /** Whether the process found the session in the store. */
  isReplayed: boolean;
}

/** Each shopper has another path, because the client keeps one key for each endpoint and cart. */
const endpointOf = (shopper: string) => `https://shop.example/checkout/${shopper}`;

/**
 * The browsers of several shoppers in one window, behind a load balancer that sends every request to the next process. A
 * press runs the button's own client, with its key for each cart and its retries.
 */
export class Shoppers {
  readonly answers: Answer[] = [];
  /** Called with every response before the page gets it. */
  onAnswer: (answer: Answer) => void = () => {};
  readonly #urls: readonly string[];
  /** The last key of each shopper, by request URL. */
  readonly #keys = new Map<string, string>();
  readonly #undo: (() => void)[];
  #requests = 0;

  constructor(urls: readonly string[]) {
    this.#urls = urls;
    const send = globalThis.fetch;
    const window = new EventTarget();
    // Every request of every shopper listens for `securitypolicyviolation`.
    setMaxListeners(0, window);
    this.#undo = [
      define('navigator', { onLine: true }),
      define('sessionStorage', createStorage()),
      define('addEventListener', window.addEventListener.bind(window)),
      define('removeEventListener', window.removeEventListener.bind(window)),
      define('fetch', async (url: string, init: RequestInit) => {
        const process = this.#requests++ % this.#urls.length;
        const headers = new Headers(init.headers);
        // A browser sets this header for a request of the shop's own page.
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

  /** Restores the globals. */
  close(): void {
    for (const step of this.#undo) step();
  }

  /** Presses a shopper's button. Each shopper has their own cart. */
  press(shopper: string): Promise<Session> {
    return createSession({ endpoint: endpointOf(shopper), cart: CART });
  }

  /** The key of a shopper's last request. */
  keyOf(shopper: string): string {
    return this.#keys.get(endpointOf(shopper))!;
  }
}

import type { SessionAnswer } from '../../../src/contract/index.js';

/** A request of the page under test. */
export interface Sent {
  url: string;
  method: string;
  headers: Headers;
  body: { line_items: { quantity: number }[]; product_ids: string[] };
  signal?: AbortSignal | null;
}

type Answer = (sent: Sent) => Response | Promise<Response>;

/** A successful response of a handler in test mode, with a payment page on the page's own host. */
export const sessionAnswer = (fields: Partial<SessionAnswer> = {}): SessionAnswer => ({
  checkout_id: 'cs_1',
  checkout_url: `${location.origin}/test/elements/paid.html`,
  status: 'open',
  expires_in: 86_400,
  status_token: 'token',
  test: true,
  ...fields,
});

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' },
  });

/** Replaces `fetch` of a page for the duration of one test. */
export class Endpoint {
  /** All requests so far. */
  readonly sent: Sent[] = [];
  readonly #page: Window & typeof globalThis;
  readonly #fetch: typeof fetch;
  #answer: Answer = () => json(sessionAnswer());

  /** @param page the window whose `fetch` is replaced; a frame has its own. */
  constructor(page: Window & typeof globalThis = window) {
    this.#page = page;
    this.#fetch = page.fetch;
    page.fetch = (input, init = {}) => {
      const sent: Sent = {
        url: String(input),
        method: init.method ?? 'GET',
        headers: new Headers(init.headers),
        body: JSON.parse(String(init.body ?? '{}')) as Sent['body'],
        signal: init.signal,
      };
      this.sent.push(sent);
      return new Promise((resolve, reject) => {
        const abort = () => reject(new DOMException('aborted', 'AbortError'));
        if (init.signal?.aborted) return abort();
        init.signal?.addEventListener('abort', abort);
        Promise.resolve(this.#answer(sent)).then(resolve, reject);
      });
    };
    if (page === window) sessionStorage.clear();
  }

  /** Sets the response for all further requests. */
  respondWith(answer: Answer): void {
    this.#answer = answer;
  }

  /** Responds with these in order, then with sessions. */
  respondInOrder(...given: Response[]): void {
    this.#answer = () => given.shift() ?? json(sessionAnswer());
  }

  /** Holds all responses until the returned function is called. */
  holdResponses(): (response?: Response) => void {
    let release!: (response: Response) => void;
    const held = new Promise<Response>((resolve) => (release = resolve));
    this.#answer = () => held;
    return (response = json(sessionAnswer())) => release(response);
  }

  restore(): void {
    this.#page.fetch = this.#fetch;
  }
}

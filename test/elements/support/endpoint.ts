import type { SessionAnswer } from '../../../src/contract/index.js';

/** A request that the page under test has sent. */
export interface Sent {
  url: string;
  method: string;
  headers: Headers;
  body: { line_items: { quantity: number }[]; product_ids: string[] };
  signal?: AbortSignal | null;
}

type Answer = (sent: Sent) => Response | Promise<Response>;

/** The good answer of a handler in test mode, whose payment page is on the page's own host. */
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

/** Stands in for the network between the page and the merchant's endpoint, for the length of one test. */
export class Endpoint {
  /** Everything that was sent. */
  readonly sent: Sent[] = [];
  readonly #page: Window & typeof globalThis;
  readonly #fetch: typeof fetch;
  #answer: Answer = () => json(sessionAnswer());

  /** @param page whose requests to answer; a frame has its own. */
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

  /** Answers so from now on. */
  answers(answer: Answer): void {
    this.#answer = answer;
  }

  /** Answers these in turn, and then with a session. */
  answersInTurn(...given: Response[]): void {
    this.#answer = () => given.shift() ?? json(sessionAnswer());
  }

  /** Answers nothing until the returned function is called. */
  holds(): (response?: Response) => void {
    let release!: (response: Response) => void;
    const held = new Promise<Response>((resolve) => (release = resolve));
    this.#answer = () => held;
    return (response = json(sessionAnswer())) => release(response);
  }

  restore(): void {
    this.#page.fetch = this.#fetch;
  }
}

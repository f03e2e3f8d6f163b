/** A call of the provider's API, as faults name it. */
export type Call =
  | 'POST /checkout'
  | 'GET /checkout/{id}'
  | 'GET /products'
  | 'POST /products'
  | 'POST /products/check-eligibility';

/**
 * What goes wrong: an error `status`; no answer until the caller gives up (`timeout`); a broken connection (`reset`); JSON
 * that ends in the middle (`truncated`); a 200 with a page instead of JSON (`html`); the right answer, late (`slow`).
 */
export type FaultKind = 'status' | 'timeout' | 'reset' | 'truncated' | 'html' | 'slow';

/** One thing that goes wrong, and how often. */
export interface Fault {
  /** The call that it befalls; `*` is any. */
  on: Call | '*';
  kind: FaultKind;
  /** The HTTP status of `status`, 500 unless told. */
  status?: number;
  /** The `Retry-After` header of `status`: seconds or an HTTP date. */
  retryAfter?: number | string;
  /** How late `slow` is, 3,000 ms unless told. */
  delayMs?: number;
  /** How many calls it befalls; every one unless told. */
  times?: number;
  /** The share of calls that it befalls, from 0 to 1; every one unless told. */
  rate?: number;
  /** The call does its work first, and only its answer is lost: the ambiguous kind. `truncated` and `slow` always are. */
  afterEffect?: boolean;
}

/** What goes wrong on purpose. The first fault that fits a call befalls it. */
export interface Faults {
  /** Adds a fault; the function that comes back takes it away again. */
  add(fault: Fault): () => void;
  /** Takes every fault away. */
  clear(): void;
}

/** Makes the provider's API misbehave on demand. */
export class FaultInjector implements Faults {
  readonly #random: () => number;
  #faults: { fault: Fault; left: number }[] = [];

  constructor(random: () => number) {
    this.#random = random;
  }

  add(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Infinity };
    this.#faults.push(entry);
    return () => {
      this.#faults = this.#faults.filter((other) => other !== entry);
    };
  }

  clear(): void {
    this.#faults = [];
  }

  /** Answers a call, or lets a fault befall it. */
  async apply(call: Call, signal: AbortSignal, answer: () => Promise<Response>): Promise<Response> {
    const entry = this.#faults.find(
      ({ fault: { on, rate = 1 }, left }) => left > 0 && (on === '*' || on === call) && this.#random() < rate,
    );
    if (!entry) return answer();
    entry.left--;
    const { fault } = entry;
    const done = fault.afterEffect || fault.kind === 'truncated' || fault.kind === 'slow';
    return injectFault(fault, signal, done ? await answer() : undefined);
  }
}

async function injectFault(fault: Fault, signal: AbortSignal, real?: Response): Promise<Response> {
  switch (fault.kind) {
    case 'reset':
      throw new TypeError('fetch failed');
    case 'timeout':
      return rejectOnAbort(signal);
    case 'slow':
      await Promise.race([
        rejectOnAbort(signal),
        new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 3000)),
      ]);
      return real!;
    case 'truncated': {
      const text = await real!.text();
      return new Response(text.slice(0, text.length / 2), { status: real!.status, headers: real!.headers });
    }
    case 'html':
      return new Response('<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>', {
        headers: { 'content-type': 'text/html; charset=utf-8' },
      });
    case 'status': {
      const { status = 500, retryAfter } = fault;
      const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
      const code = status === 429 ? 'rate_limited' : 'internal_error';
      return Response.json({ error: { code, message: 'Injected by the sandbox.' } }, { status, headers });
    }
  }
}

/** Never resolves; rejects as `fetch` does when its caller gives up. */
function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const leave = () => reject(signal.reason as Error);
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
}

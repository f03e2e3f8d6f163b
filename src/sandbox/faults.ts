/** A call of the provider's API. */
export type Call =
  | 'POST /checkout'
  | 'GET /checkout/{id}'
  | 'GET /products'
  | 'POST /products'
  | 'POST /products/check-eligibility';

/**
 * The kinds of failure: an error `status`; no response until the caller aborts (`timeout`); a broken connection (`reset`); JSON
 * that ends in the middle (`truncated`); a 200 with an HTML page (`html`); the right response after a delay (`slow`).
 */
export type FaultKind = 'status' | 'timeout' | 'reset' | 'truncated' | 'html' | 'slow';

/** A failure to inject, and how often. */
export interface Fault {
  /** The call that it affects; `*` affects every call. */
  on: Call | '*';
  kind: FaultKind;
  /** The HTTP status of the kind `status`. Default: 500. */
  status?: number;
  /** The `Retry-After` header of the kind `status`: seconds, or an HTTP date. */
  retryAfter?: number | string;
  /** The delay of the kind `slow`, in milliseconds. Default: 3,000. */
  delayMs?: number;
  /** How many calls it affects. Default: every one. */
  times?: number;
  /** The share of calls that it affects, from 0 to 1. Default: 1. */
  rate?: number;
  /** True: the call takes effect, and only its response is lost. `truncated` and `slow` always take effect. Default: false. */
  afterEffect?: boolean;
}

/** The failures to inject. The first one that matches a call affects it. */
export interface Faults {
  /** Adds a fault. Returns a function that removes it. */
  add(fault: Fault): () => void;
  /** Removes every fault. */
  clear(): void;
}

/** Injects failures into the provider's API. */
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

  /** Answers a call, or applies the first fault that matches it. */
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

/** Never resolves. Rejects when the caller aborts, as `fetch` does. */
function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
}

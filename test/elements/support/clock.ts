interface Timer {
  at: number;
  ms: number;
  run: () => void;
}

/** A fake clock for the timers of one page. `Date` is not replaced, because no element uses it for a wait. */
export class Clock {
  readonly #page: Window & typeof globalThis;
  readonly #original: { setTimeout: typeof setTimeout; clearTimeout: typeof clearTimeout };
  readonly #timers = new Map<number, Timer>();
  readonly #waiting = new Set<() => void>();
  #now = 0;
  // Far from the browser's ids, so that timers from before the fake clock can still be cleared.
  #lastId = 1_000_000;

  /** @param page the window whose timers are replaced; a frame has its own. */
  constructor(page: Window & typeof globalThis = window) {
    this.#page = page;
    this.#original = { setTimeout: page.setTimeout, clearTimeout: page.clearTimeout };
    page.setTimeout = ((handler: () => void, ms = 0) => {
      const id = ++this.#lastId;
      this.#timers.set(id, { at: this.#now + ms, ms, run: () => handler() });
      for (const check of this.#waiting) check();
      return id;
    }) as typeof setTimeout;
    page.clearTimeout = ((id?: number) => {
      if (!this.#timers.delete(id!)) this.#original.clearTimeout.call(page, id);
    }) as typeof clearTimeout;
  }

  /** The lengths of all running timers, in milliseconds. */
  get running(): number[] {
    return [...this.#timers.values()].map(({ ms }) => ms);
  }

  /** Resolves when a timer of this length, in milliseconds, is running. */
  async untilTimer(ms: number): Promise<void> {
    if (this.running.includes(ms)) return;
    await new Promise<void>((resolve) => {
      const check = () => {
        if (!this.running.includes(ms)) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
    });
  }

  /** Advances the time, and runs the timers that are due, in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [due] = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!due) break;
      const [id, { at, run }] = due;
      this.#timers.delete(id);
      this.#now = at;
      run();
    }
    this.#now = end;
  }

  restore(): void {
    Object.assign(this.#page, this.#original);
  }
}

interface Timer {
  atMs: number;
  everyMs?: number;
  action: () => void;
  owner: unknown;
}

/** The time at which every simulation starts. */
const START_MS = Date.UTC(2026, 10, 23, 12);

/** A clock whose timers run only when a test runs them. */
export class Clock {
  nowMs = START_MS;
  /** The owner of the timers that are set from now on. */
  owner: unknown;
  readonly #timers = new Map<number, Timer>();
  #count = 0;

  readonly globals = {
    setTimeout: (action: () => void, ms = 0) =>
      this.#add({ action, atMs: this.nowMs + ms, owner: this.owner }),
    setInterval: (action: () => void, ms: number) =>
      this.#add({ action, atMs: this.nowMs + ms, everyMs: ms, owner: this.owner }),
    clearTimeout: (id?: number) => void this.#timers.delete(id!),
    clearInterval: (id?: number) => void this.#timers.delete(id!),
  };

  /** The number of timers, of all owners or of one. */
  count(owner?: unknown): number {
    if (!owner) return this.#timers.size;
    let count = 0;
    for (const timer of this.#timers.values()) if (timer.owner === owner) count++;
    return count;
  }

  /** Whether a timer of an owner is due. */
  isDue(owner: unknown): boolean {
    for (const timer of this.#timers.values())
      if (timer.owner === owner && timer.atMs <= this.nowMs) return true;
    return false;
  }

  /** Removes the timers of an owner. */
  drop(owner: unknown): void {
    for (const [id, timer] of this.#timers) if (timer.owner === owner) this.#timers.delete(id);
  }

  /** Runs the next timer that is due by a time. Returns false if there is none. */
  runNext(byMs = Infinity): boolean {
    let next: [number, Timer] | undefined;
    for (const entry of this.#timers) if (!next || entry[1].atMs < next[1].atMs) next = entry;
    if (!next || next[1].atMs > byMs) return false;
    const [id, timer] = next;
    this.nowMs = Math.max(this.nowMs, timer.atMs);
    if (timer.everyMs) timer.atMs = this.nowMs + timer.everyMs;
    else this.#timers.delete(id);
    this.owner = timer.owner;
    timer.action();
    return true;
  }

  #add(timer: Timer): number {
    this.#timers.set(++this.#count, timer);
    return this.#count;
  }
}

interface Task {
  readonly dueMs: number;
  readonly run: () => Promise<void>;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * A clock that can be moved forward. What is planned on it runs when its moment comes, by real time or by
 * {@link Clock.advance}. Its timers do not keep a Node process alive.
 */
export class Clock {
  readonly #base: () => number;
  #movedMs = 0;
  readonly #planned = new Set<Task>();
  readonly #running = new Set<Promise<void>>();

  constructor(base: () => number) {
    this.#base = base;
  }

  /** The time now, in milliseconds since 1970. */
  now(): number {
    return this.#base() + this.#movedMs;
  }

  /** The time now, or `ms`, as ISO 8601. */
  iso(ms = this.now()): string {
    return new Date(ms).toISOString();
  }

  /** Plans `run` for `delayMs` from now; at once, when that is zero. `run` must not reject. */
  after(delayMs: number, run: () => Promise<void>): void {
    const task: Task = { dueMs: this.now() + delayMs, run };
    if (delayMs <= 0) return this.#start(task);
    this.#planned.add(task);
    this.#arm(task);
  }

  /** Moves the clock forward, runs what became due on the way, in order and at its own moment, and waits for it. */
  async advance(ms: number): Promise<void> {
    const until = this.now() + ms;
    for (;;) {
      await Promise.all(this.#running);
      const next = [...this.#planned].sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next || next.dueMs > until) break;
      this.#moveTo(next.dueMs);
      this.#start(next);
    }
    this.#moveTo(until);
    for (const task of this.#planned) this.#arm(task);
  }

  #moveTo(ms: number): void {
    this.#movedMs += Math.max(ms - this.now(), 0);
  }

  #start(task: Task): void {
    this.#planned.delete(task);
    clearTimeout(task.timer);
    const running = task.run().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  #arm(task: Task): void {
    clearTimeout(task.timer);
    // A timer only wakes; the clock decides. A base clock that stands still is moved by `advance` alone.
    const wake = () => (this.now() < task.dueMs ? this.#arm(task) : this.#start(task));
    task.timer = setTimeout(wake, task.dueMs - this.now());
    (task.timer as { unref?: () => void }).unref?.();
  }
}

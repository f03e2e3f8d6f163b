interface Task {
  readonly dueMs: number;
  readonly run: () => Promise<void>;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * A clock that can be moved forward. Its tasks run when they are due, by real time or by {@link Clock.advance}. Its timers do not
 * keep a Node process alive.
 */
export class Clock {
  readonly #base: () => number;
  #movedMs = 0;
  readonly #tasks = new Set<Task>();
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

  /** Runs a task in `delayMs`, or at once for zero. The task must not reject. */
  after(delayMs: number, run: () => Promise<void>): void {
    const task: Task = { dueMs: this.now() + delayMs, run };
    if (delayMs <= 0) return this.#start(task);
    this.#tasks.add(task);
    this.#arm(task);
  }

  /** Moves the clock forward. Each task that becomes due runs at its own time, in order. Resolves when all have ended. */
  async advance(ms: number): Promise<void> {
    const until = this.now() + ms;
    for (;;) {
      await Promise.all(this.#running);
      const next = [...this.#tasks].sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next || next.dueMs > until) break;
      this.#moveTo(next.dueMs);
      this.#start(next);
    }
    this.#moveTo(until);
    for (const task of this.#tasks) this.#arm(task);
  }

  #moveTo(ms: number): void {
    this.#movedMs += Math.max(ms - this.now(), 0);
  }

  #start(task: Task): void {
    this.#tasks.delete(task);
    clearTimeout(task.timer);
    const running = task.run().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  #arm(task: Task): void {
    clearTimeout(task.timer);
    // The clock decides whether the task is due, because the base clock may differ from real time: in a test only `advance` moves it.
    const wake = () => (this.now() < task.dueMs ? this.#arm(task) : this.#start(task));
    task.timer = setTimeout(wake, task.dueMs - this.now());
    (task.timer as { unref?: () => void }).unref?.();
  }
}

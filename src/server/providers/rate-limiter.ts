/** The clock of a rate limiter. */
export interface Clock {
  /** The current time, in milliseconds. */
  now(): number;
  /** Resolves after `ms` milliseconds, or when the signal aborts. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Limits the total rate of all requests that acquire from it. */
export interface RateLimiter {
  /** Waits until a request is allowed, and counts it. It also resolves when the signal aborts first, and counts nothing then. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Allows no request for `ms` milliseconds from now. */
  pauseFor(ms: number): void;
}

const WINDOW_MS = 60_000;

/** The clock of the process, which tests replace. */
export const REAL_CLOCK: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      if (signal.aborted) done();
      else signal.addEventListener('abort', done);
    }),
};

/**
 * Creates a limiter of at most `perMinute` requests in any 60 seconds. The first `perMinute` requests are allowed at
 * once, so that a small list does not wait. `onWait` is called before each wait, with its length in milliseconds.
 */
export function createRateLimiter(
  perMinute: number,
  clock: Clock,
  onWait: (ms: number) => void,
): RateLimiter {
  const taken: number[] = [];
  let pausedUntil = -Infinity;
  return {
    async acquire(signal) {
      while (!signal.aborted) {
        const now = clock.now();
        const oldest = taken.length < perMinute ? -Infinity : taken[0]! + WINDOW_MS;
        const ms = Math.max(oldest, pausedUntil) - now;
        if (ms <= 0) {
          taken.push(now);
          if (taken.length > perMinute) taken.shift();
          return;
        }
        onWait(ms);
        await clock.wait(ms, signal);
      }
    },
    pauseFor(ms) {
      pausedUntil = Math.max(pausedUntil, clock.now() + ms);
    },
  };
}

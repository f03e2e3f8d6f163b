/** What a pace goes by; tests bring their own. */
export interface Clock {
  /** The time, in milliseconds. */
  now(): number;
  /** Waits so many milliseconds, or until the signal fires. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** Hands out turns to all who share a limit. */
export interface RateLimiter {
  /** Waits until there is a turn, and takes it. Takes none when the signal fires first. */
  acquire(signal: AbortSignal): Promise<void>;
  /** Gives nobody a turn for so many milliseconds from now. */
  pauseFor(ms: number): void;
}

const WINDOW_MS = 60_000;

/** Real time. */
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
 * Makes a pace of at most `perMinute` turns in any 60 seconds: the first ones at once, so that a small list is done at
 * once. `onWait` hears of every wait before it begins.
 */
export function createRateLimiter(
  perMinute: number,
  clock: Clock,
  onWait: (ms: number) => void,
): RateLimiter {
  const taken: number[] = [];
  let heldUntil = -Infinity;
  return {
    async acquire(signal) {
      while (!signal.aborted) {
        const now = clock.now();
        const oldest = taken.length < perMinute ? -Infinity : taken[0]! + WINDOW_MS;
        const ms = Math.max(oldest, heldUntil) - now;
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
      heldUntil = Math.max(heldUntil, clock.now() + ms);
    },
  };
}

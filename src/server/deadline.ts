/** Says that something took longer than it was given. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Gives `work` so many milliseconds. Whoever ignores the signal is left behind, so the answer is on time all the same.
 * @throws {DeadlineError} when the time is over first.
 */
export async function within<T>(ms: number, work: (signal: AbortSignal) => T | Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineError(`not done after ${ms} ms`));
      controller.abort();
    }, ms);
  });
  try {
    return await Promise.race([(async () => work(controller.signal))(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Waits so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

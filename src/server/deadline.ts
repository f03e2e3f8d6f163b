/** Says that something took longer than it was given. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Gives `work` so many milliseconds, or less where `outer` aborts. Whoever ignores the signal is left behind, so the
 * answer is on time all the same.
 * @throws {DeadlineError} when the time is over first; the reason of `outer` when that aborts first, or has.
 */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => T | Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave: () => void;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new DeadlineError(`not done after ${ms} ms`));
      controller.abort();
    }, ms);
    leave = () => {
      reject(outer!.reason as Error);
      controller.abort(outer!.reason);
    };
    outer?.addEventListener('abort', leave);
  });
  try {
    return await Promise.race([(async () => work(controller.signal))(), late]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', leave!);
  }
}

/** Waits so many milliseconds. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

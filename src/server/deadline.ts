/** Thrown when work takes longer than its deadline. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** The longest delay of `setTimeout`, in milliseconds. It treats a longer one as 0. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Rejects NaN and out-of-range values of an option, which `setTimeout` treats as 0.
 * @throws {TypeError} with the option's name and the allowed range.
 */
export function assertDurationMs(name: string, ms: unknown, maxMs = MAX_TIMER_MS): void {
  if (typeof ms !== 'number' || !(ms >= 1 && ms <= maxMs))
    throw new TypeError(`${name} must be a number of milliseconds from 1 to ${maxMs}`);
}

/**
 * Waits for `work` at most `ms` milliseconds. The work itself is not stopped.
 * @throws {DeadlineError} when the time is over first.
 */
export function withTimeout<T>(ms: number, work: () => T | Promise<T>): Promise<T> {
  // Not `Promise.race`, which costs more: a checkout runs this eight times.
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(`not done after ${ms} ms`)), ms);
    new Promise<T>((done) => done(work())).then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: Error) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/**
 * Gives work access to the signal of its deadline. It is the whole controller, because Node creates a controller's signal
 * when it is first read, and most work never reads it.
 */
export type Deadline = Pick<AbortController, 'signal'>;

/**
 * Waits for `work` at most `ms` milliseconds, or until `outer` aborts, and passes it a signal that aborts then. Work that
 * ignores the signal may continue, but is not waited for. Use {@link withTimeout} for work that cannot be stopped.
 * @throws {DeadlineError} when the time is over first, or the reason of `outer` when that aborts first.
 */
export async function withDeadlineSignal<T>(
  ms: number,
  work: (deadline: Deadline) => T | Promise<T>,
  outer?: AbortSignal,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  let leave: (() => void) | undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(outer?.reason as Error);
    outer?.addEventListener('abort', leave);
  });
  try {
    return await withTimeout(ms, () => Promise.race([(async () => work(controller))(), left]));
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    if (leave) outer?.removeEventListener('abort', leave);
  }
}

/** Runs work without waiting for it. An exception or a rejection is ignored, so that it cannot end the process. */
export function bestEffort(work: () => unknown): void {
  void (async () => work())().catch(() => {});
}

/** Resolves after `ms` milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

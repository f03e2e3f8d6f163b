/** Says that something took longer than it was given. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** The longest that a timer waits, in milliseconds: it takes more for no time at all. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Checks an option when the server starts: whatever is no time would end every wait at once. @throws {TypeError} that names it. */
export function assertDurationMs(name: string, ms: unknown, mostMs = MAX_TIMER_MS): void {
  if (typeof ms !== 'number' || !(ms >= 1 && ms <= mostMs))
    throw new TypeError(`${name} must be a number of milliseconds from 1 to ${mostMs}`);
}

/**
 * Gives `work` so many milliseconds. Past them it goes on, and nobody waits for it.
 * @throws {DeadlineError} when the time is over first.
 */
export function withTimeout<T>(ms: number, work: () => T | Promise<T>): Promise<T> {
  // By hand, not with `Promise.race`: a checkout comes through here eight times.
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

/** What work that is given a time may ask about it. The signal is made when it is asked for: few do, and it costs. */
export type Deadline = Pick<AbortController, 'signal'>;

/**
 * Gives `work` so many milliseconds, or less where `outer` aborts, and a signal that says when they are over. Whoever
 * ignores it is left behind, so the answer is on time all the same. What cannot be stopped gets {@link withTimeout}.
 * @throws {DeadlineError} when the time is over first; the reason of `outer` when that aborts first, or has.
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

/** Tells somebody something. Nobody waits for it, and what fails there ends no process, be it a promise that rejects. */
export function bestEffort(work: () => unknown): void {
  void (async () => work())().catch(() => {});
}

/** Waits so many milliseconds. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

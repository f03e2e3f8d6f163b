/** How long a slice of work may take, in milliseconds: a fifth of a long task (50 ms). */
const SLICE_MS = 10;

const queue: (() => void)[] = [];
let isRunning = false;

async function runSlice(): Promise<void> {
  // Each piece runs in a microtask of its own, so that its reactions run before the next piece, within the same slice.
  for (
    const end = performance.now() + SLICE_MS;
    queue.length && performance.now() < end;
    await Promise.resolve()
  )
    queueMicrotask(queue.shift()!);
  isRunning = queue.length > 0;
  if (isRunning) setTimeout(() => void runSlice());
}

/**
 * Runs a piece of work at once if the queue is empty, or else after the queued ones. A page with a thousand badges renders them
 * in slices, and can scroll, paint and handle clicks between them.
 */
export function runInSlices(work: () => void): void {
  if (isRunning) queue.push(work);
  else {
    isRunning = true;
    setTimeout(() => void runSlice());
    work();
  }
}

/** Whether work is queued. */
export const hasQueuedWork = (): boolean => queue.length > 0;

/** How long a page works for its waiting elements at a stretch, in milliseconds: a fifth of what is called a long task. */
const SLICE_MS = 10;

const queue: (() => void)[] = [];
let isRunning = false;

async function runSlice(): Promise<void> {
  // What a turn sets off comes before the next one, and counts, too.
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
 * Does a piece of work: at once where nobody waits, else after what waits. A page with a thousand badges works for them in
 * slices, between which it scrolls, paints and takes presses.
 */
export function runInSlices(work: () => void): void {
  if (isRunning) queue.push(work);
  else {
    isRunning = true;
    setTimeout(() => void runSlice());
    work();
  }
}

/** Whether something waits for its turn. */
export const hasQueuedWork = (): boolean => queue.length > 0;

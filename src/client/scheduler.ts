/** How long a page works for its waiting elements at a stretch, in milliseconds: a fifth of what is called a long task. */
const SLICE_MS = 10;

const waiting: (() => void)[] = [];
let isServing = false;

async function serve(): Promise<void> {
  // What a turn sets off comes before the next one, and counts, too.
  for (
    const end = performance.now() + SLICE_MS;
    waiting.length && performance.now() < end;
    await Promise.resolve()
  )
    queueMicrotask(waiting.shift()!);
  isServing = waiting.length > 0;
  if (isServing) setTimeout(() => void serve());
}

/**
 * Does a piece of work: at once where nobody waits, else after what waits. A page with a thousand badges works for them in
 * slices, between which it scrolls, paints and takes presses.
 */
export function inTurn(work: () => void): void {
  if (isServing) waiting.push(work);
  else {
    isServing = true;
    setTimeout(() => void serve());
    work();
  }
}

/** Whether something waits for its turn. */
export const isCrowded = (): boolean => waiting.length > 0;

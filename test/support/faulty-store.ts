import type { Store } from '../../src/server/index.js';

/** The shares of a store's commands that are lost, that run without a response, and that run late. */
export interface StoreFaults {
  lost: number;
  unanswered: number;
  late: number;
}

/** The delay of a late command, in milliseconds. */
const LATE_MS = 400;

/** A store whose connection breaks at times. A command that fails may have run, or may run later. */
export function faultyStore(
  store: Store,
  { lost, unanswered, late }: StoreFaults,
  random: () => number,
  onFault: () => void,
): Store {
  const send = async <T>(command: () => Promise<T>): Promise<T> => {
    const fate = random();
    if (fate >= lost + unanswered + late) return command();
    onFault();
    if (fate >= lost + unanswered) setTimeout(() => void command(), LATE_MS * random());
    else if (fate >= lost) await command();
    throw new Error('connection lost');
  };
  return {
    claim: (...args) => send(() => store.claim(...args)),
    complete: (...args) => send(() => store.complete(...args)),
    release: (...args) => send(() => store.release(...args)),
    read: (...args) => send(() => store.read(...args)),
  };
}

import type { OrderCreatedEvent } from '../../contract/index.js';

/** What tells the two modes apart, in the words that payment providers have for it. */
interface Marks {
  livemode?: unknown;
  test?: unknown;
  test_mode?: unknown;
  mode?: unknown;
  environment?: unknown;
}

const TEST_WORDS: readonly unknown[] = ['test', 'sandbox'];
const LIVE_WORDS: readonly unknown[] = ['live', 'production'];

/**
 * Whether an event says of itself that it is a test (true) or live (false); undefined where it says neither, as the
 * provider's documented form does: then only the API key decides which checkouts are known.
 */
export function isTestEvent(event: OrderCreatedEvent): boolean | undefined {
  for (const { livemode, test, test_mode, mode, environment } of [event, event.data] as Marks[]) {
    for (const said of [test, test_mode, typeof livemode === 'boolean' ? !livemode : undefined])
      if (typeof said === 'boolean') return said;
    for (const word of [mode, environment]) {
      if (TEST_WORDS.includes(word)) return true;
      if (LIVE_WORDS.includes(word)) return false;
    }
  }
  return undefined;
}

import type { Clock } from './clock.js';
import { ApiError } from './api-error.js';

/** How long the response for a key is stored, in milliseconds. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Repeats the first response for each idempotency key for 24 hours, even if the session has changed since, as the provider
 * documents. An error is not stored: the call had no effect, so a retry with the same key may run again.
 */
export class Idempotency {
  readonly #clock: Clock;
  readonly #responses = new Map<string, { body: string; answer: object; atMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Returns the response that is stored for the key. Without one, calls `first` and stores its result.
   * @throws {ApiError} 409 if the key was used with another body.
   */
  once(key: string | null, body: unknown, first: () => object): object {
    if (!key) return first();
    const text = JSON.stringify(body);
    const now = this.#clock.now();
    const kept = this.#responses.get(key);
    if (kept && now - kept.atMs < KEPT_MS) {
      if (kept.body !== text)
        throw new ApiError(409, 'conflict', 'this Idempotency-Key was used with another body');
      return kept.answer;
    }
    const answer = first();
    this.#responses.set(key, { body: text, answer, atMs: now });
    return answer;
  }
}

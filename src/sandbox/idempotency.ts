import type { Clock } from './clock.js';
import { ApiError } from './api-error.js';

/** How long a key is remembered. */
const KEPT_MS = 24 * 60 * 60 * 1000;

/**
 * Remembers the first answer for each idempotency key, and gives it again for 24 hours whatever has happened to the
 * session since, as the provider documents. Refusals are not remembered: nothing happened that could happen twice.
 */
export class Idempotency {
  readonly #clock: Clock;
  readonly #kept = new Map<string, { body: string; answer: object; atMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The answer of `first`, or the one that the key already has. @throws {ApiError} 409 for a key with another body. */
  once(key: string | null, body: unknown, first: () => object): object {
    if (!key) return first();
    const text = JSON.stringify(body);
    const now = this.#clock.now();
    const kept = this.#kept.get(key);
    if (kept && now - kept.atMs < KEPT_MS) {
      if (kept.body !== text)
        throw new ApiError(409, 'conflict', 'this Idempotency-Key was used with another body');
      return kept.answer;
    }
    const answer = first();
    this.#kept.set(key, { body: text, answer, atMs: now });
    return answer;
  }
}

import assert from 'node:assert/strict';
import type { CheckoutError } from '../../../../src/core/index.js';
import type { Shoppers } from './shoppers.js';

/** Presses of each shopper at the same time. */
const PRESSES = 2;
/** The longest that a press is repeated, and that the processes may take to reconnect to Redis, in milliseconds. */
export const TIMEOUT_MS = 30_000;

/** The presses of several shoppers, and the ids of the sessions that each shopper got. */
export class Traffic {
  readonly sessions = new Map<string, Set<string>>();
  /** The number of presses that were repeated after `request_in_progress`. */
  repeats = 0;
  slowestMs = 0;
  readonly #shoppers: Shoppers;

  constructor(shoppers: Shoppers) {
    this.#shoppers = shoppers;
  }

  /** Presses for every shopper at the same time, and calls `meanwhile` after the first response. */
  async pressAll(names: readonly string[], meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    const presses = names.flatMap((name) => Array.from({ length: PRESSES }, () => this.#press(name)));
    await Promise.race(presses);
    await meanwhile();
    await Promise.all(presses);
  }

  /** Presses until the last response of each process has a session from Redis. */
  async recover(name: string): Promise<void> {
    const { answers } = this.#shoppers;
    const last = (process: number) => answers.filter((answer) => answer.process === process).at(-1);
    const end = Date.now() + TIMEOUT_MS;
    while (!last(0)?.isReplayed || !last(1)?.isReplayed) {
      assert.ok(Date.now() < end, 'the processes did not reconnect to Redis');
      await this.#press(name);
    }
  }

  async #press(name: string): Promise<void> {
    const start = Date.now();
    for (;;)
      try {
        const { checkoutId } = await this.#shoppers.press(name);
        this.slowestMs = Math.max(this.slowestMs, Date.now() - start);
        this.sessions.set(name, (this.sessions.get(name) ?? new Set()).add(checkoutId));
        return;
      } catch (error) {
        const { code, details } = error as CheckoutError;
        if (code !== 'conflict' || details.reason !== 'request_in_progress') throw error;
        if (Date.now() > start + TIMEOUT_MS) throw error;
        this.repeats++;
      }
  }
}

import assert from 'node:assert/strict';
import type { CheckoutError } from '../../../../src/core/index.js';
import type { Shoppers } from './shoppers.js';

/** How often each shopper presses at once. */
const PRESSES = 2;
/** How long a shopper presses again, and how long the processes may take to find their Redis again, in milliseconds. */
export const PATIENCE_MS = 30_000;

/** The presses of some shoppers, and the sessions that each of them was given from the first to the last. */
export class Traffic {
  readonly sessions = new Map<string, Set<string>>();
  /** How often a shopper was told to press once more. */
  repeats = 0;
  slowestMs = 0;
  readonly #shoppers: Shoppers;

  constructor(shoppers: Shoppers) {
    this.#shoppers = shoppers;
  }

  /** Presses for every shopper some times at once, and lets something happen in the middle. */
  async flow(names: readonly string[], meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    const presses = names.flatMap((name) => Array.from({ length: PRESSES }, () => this.#press(name)));
    await Promise.race(presses);
    await meanwhile();
    await Promise.all(presses);
  }

  /** Presses until each of the processes answers from its Redis. */
  async recover(name: string): Promise<void> {
    const { answers } = this.#shoppers;
    const last = (process: number) => answers.filter((answer) => answer.process === process).at(-1);
    const end = Date.now() + PATIENCE_MS;
    while (!last(0)?.isReplayed || !last(1)?.isReplayed) {
      assert.ok(Date.now() < end, 'the processes did not find their Redis again');
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
        if (Date.now() > start + PATIENCE_MS) throw error;
        this.repeats++;
      }
  }
}

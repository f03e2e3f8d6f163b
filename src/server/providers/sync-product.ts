import { backoffMs, type LineEligibility, type Violation } from '../../core/index.js';
import { productEligibility, type Product } from '../../contract/index.js';
import type { RateLimiter, Clock } from './rate-limiter.js';
import type { Provider } from './provider.js';
import { ProviderFailure, type ProviderFailureKind } from './provider-failure.js';

/** What every product's turn needs. */
export interface SyncContext {
  provider: Provider;
  rateLimiter: RateLimiter;
  clock: Clock;
  signal: AbortSignal;
}

/** What became of one product: the provider's word on it, or why it is not known there. */
export type SyncOutcome =
  | { productId: string; eligibility: LineEligibility }
  | { code: 'duplicate' | ProviderFailureKind; fields: readonly Violation[] };

/** How often one product is sent at most. */
const MAX_ATTEMPTS = 5;
/** How long the provider is left alone when it is busy and does not say for how long, in milliseconds. */
const DEFAULT_PAUSE_MS = 15_000;
/** The failures that may pass. A broken answer is none of them: the same product would get it again. */
const RETRYABLE: readonly ProviderFailureKind[] = ['rate_limited', 'timeout', 'unavailable'];

/** Whether a product got no answer, however often it was sent. */
export function isUnanswered(outcome: SyncOutcome): boolean {
  return 'code' in outcome && RETRYABLE.some((kind) => kind === outcome.code);
}

/** Sends a product until there is an outcome; undefined when the signal fires first. */
export async function syncProduct(line: SyncContext, product: Product): Promise<SyncOutcome | undefined> {
  const { provider, rateLimiter, clock, signal } = line;
  const productId = product.merchant_product_id;
  for (let attempt = 0; ; attempt++) {
    await rateLimiter.acquire(signal);
    if (signal.aborted) return undefined;
    try {
      // Each request takes a turn of its own, so that retries count as well.
      const answer = await provider.syncProduct(product, { signal, retry: false });
      return answer.merchant_product_id === productId
        ? { productId, eligibility: productEligibility(answer) }
        : { code: 'contract', fields: [] };
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof ProviderFailure)) throw error;
      const { kind, fields = [], retryAfterMs } = error;
      // All of the others wait with it.
      if (kind === 'rate_limited') rateLimiter.pauseFor(retryAfterMs ?? DEFAULT_PAUSE_MS);
      if (!RETRYABLE.includes(kind) || attempt + 1 === MAX_ATTEMPTS) return { code: kind, fields };
      if (kind !== 'rate_limited')
        await clock.wait(retryAfterMs ?? backoffMs(attempt, Math.random()), signal);
    }
  }
}

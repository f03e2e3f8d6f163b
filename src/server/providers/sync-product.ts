import {
  isTransientSyncFailure,
  productSyncRetryMs,
  productSyncWaitMs,
  type LineEligibility,
  type Violation,
} from '../../core/index.js';
import { productEligibility, type Product } from '../../contract/index.js';
import type { RateLimiter, Clock } from './rate-limiter.js';
import type { Provider } from './provider.js';
import { ProviderFailure, type ProviderFailureKind } from './provider-failure.js';

/** Shared by all products of one sync. */
export interface SyncContext {
  provider: Provider;
  rateLimiter: RateLimiter;
  clock: Clock;
  signal: AbortSignal;
}

/** The result for one product: its eligibility, or why the provider did not register it. */
export type SyncOutcome =
  | { productId: string; eligibility: LineEligibility }
  | { code: 'duplicate' | ProviderFailureKind; fields: readonly Violation[] };

/** Whether the provider gave no result for a product: the last attempt failed for a temporary reason. */
export function isUnanswered(outcome: SyncOutcome): boolean {
  return 'code' in outcome && isTransientSyncFailure(outcome.code);
}

/** Sends a product, and again after temporary failures while attempts are left. Undefined when the signal aborts first. */
export async function syncProduct(context: SyncContext, product: Product): Promise<SyncOutcome | undefined> {
  const { provider, rateLimiter, clock, signal } = context;
  const productId = product.merchant_product_id;
  for (let attempt = 0; ; attempt++) {
    await rateLimiter.acquire(signal);
    if (signal.aborted) return undefined;
    try {
      // The provider's client must not retry by itself, so that every request is counted against the rate limit.
      const answer = await provider.syncProduct(product, { signal, retry: false });
      return answer.merchant_product_id === productId
        ? { productId, eligibility: productEligibility(answer) }
        : { code: 'contract', fields: [] };
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof ProviderFailure)) throw error;
      const { kind, fields = [] } = error;
      const random = Math.random();
      // A rate limit makes all products wait, also after the last attempt of this one.
      if (kind === 'rate_limited') rateLimiter.pauseFor(productSyncWaitMs(error, attempt, random));
      const waitMs = productSyncRetryMs(error, attempt, random);
      if (waitMs === undefined) return { code: kind, fields };
      if (kind !== 'rate_limited') await clock.wait(waitMs, signal);
    }
  }
}

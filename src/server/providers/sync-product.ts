import { backoffMs, type LineEligibility, type Violation } from '../../core/index.js';
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

/** The most requests for one product. */
const MAX_ATTEMPTS = 5;
/** The pause after a 429 without `Retry-After`, in milliseconds. */
const DEFAULT_PAUSE_MS = 15_000;
/** The failures that a retry may fix. A malformed response is not one: the same product would get it again. */
const RETRYABLE: readonly ProviderFailureKind[] = ['rate_limited', 'timeout', 'unavailable'];

/** Whether every request for a product failed without a result. */
export function isUnanswered(outcome: SyncOutcome): boolean {
  return 'code' in outcome && RETRYABLE.some((kind) => kind === outcome.code);
}

/** Sends a product until there is a result. Undefined when the signal aborts first. */
export async function syncProduct(context: SyncContext, product: Product): Promise<SyncOutcome | undefined> {
  const { provider, rateLimiter, clock, signal } = context;
  const productId = product.merchant_product_id;
  for (let attempt = 0; ; attempt++) {
    await rateLimiter.acquire(signal);
    if (signal.aborted) return undefined;
    try {
      // Without retries of the client's own, so that every request is counted against the limit.
      const answer = await provider.syncProduct(product, { signal, retry: false });
      return answer.merchant_product_id === productId
        ? { productId, eligibility: productEligibility(answer) }
        : { code: 'contract', fields: [] };
    } catch (error) {
      if (signal.aborted) return undefined;
      if (!(error instanceof ProviderFailure)) throw error;
      const { kind, fields = [], retryAfterMs } = error;
      // The limit is the account's, so all products wait.
      if (kind === 'rate_limited') rateLimiter.pauseFor(retryAfterMs ?? DEFAULT_PAUSE_MS);
      if (!RETRYABLE.includes(kind) || attempt + 1 === MAX_ATTEMPTS) return { code: kind, fields };
      if (kind !== 'rate_limited')
        await clock.wait(retryAfterMs ?? backoffMs(attempt, Math.random()), signal);
    }
  }
}

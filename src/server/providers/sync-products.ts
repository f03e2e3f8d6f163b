import type { LineEligibility, Violation } from '../../core/index.js';
import { Product, validate } from '../../contract/index.js';
import { bestEffort } from '../deadline.js';
import { createRateLimiter, REAL_CLOCK, type Clock } from './rate-limiter.js';
import type { Provider } from './provider.js';
import type { ProviderFailureKind } from './provider-failure.js';
import { isUnanswered, syncProduct, type SyncOutcome } from './sync-product.js';

/** Progress of a sync. */
export interface SyncProgress {
  /** Products with a result. */
  done: number;
  total: number;
  synced: number;
  refused: number;
  /** The current wait for the provider's rate limit, in milliseconds. Missing while requests are sent. */
  waitMs?: number;
}

/** A product that the provider did not register. The provider refuses carts with this product. */
export interface RefusedProduct {
  /** Index in the list, from 0. */
  index: number;
  /** Its `merchant_product_id`, if it has one. */
  productId?: string;
  /** `invalid`: fix `fields`. `duplicate`: an earlier product has the same id. Otherwise the provider's failure. */
  code: 'duplicate' | ProviderFailureKind;
  /** The wrong fields by path, with messages of this project. Empty when the provider named none. */
  fields: readonly Violation[];
}

/** Result of a sync, in the order of the list. */
export interface SyncReport {
  synced: { productId: string; eligibility: LineEligibility }[];
  refused: RefusedProduct[];
  /** Indexes, from 0, of the products without a result, because the sync stopped before they had one. */
  left: number[];
  /** Why the sync stopped early: the key was refused, the signal aborted, or too many products in a row got no response. */
  stopped?: 'auth' | 'aborted' | 'unavailable';
}

/** Options of {@link syncProducts}. */
export interface SyncProductsOptions {
  /** Stops the sync. The report then has the results so far and what is left. */
  signal?: AbortSignal;
  /** Called after each result and before each wait. It is not awaited, and its errors are ignored. */
  onProgress?(progress: SyncProgress): unknown;
  /**
   * The most requests in any 60 seconds. Default: 80 with a test key, 800 with a live key. The provider allows 100 and 1,000,
   * of which the checkouts of shoppers need some.
   */
  perMinute?: number;
}

/** The number of concurrent requests. Four reach the limit for a live key when a response takes a quarter of a second. */
const WORKERS = 4;
/** The sync stops after this many products in a row without a response. */
const MAX_UNANSWERED = 8;

/**
 * Registers a shop's products with the provider, which refuses carts with other products. It stays below the provider's rate
 * limit, waits for `Retry-After` (at most 10 minutes) and retries temporary failures. A refused product does not stop the sync; a
 * refused API key does. Run it again at any time to update the products.
 * @throws {TypeError} when `perMinute` is not a whole number above zero. Failures of the provider are in the report.
 */
export function syncProducts(
  provider: Provider,
  products: readonly Product[],
  options: SyncProductsOptions = {},
): Promise<SyncReport> {
  return syncWithClock(provider, products, options, REAL_CLOCK);
}

/** {@link syncProducts} with the clock as a parameter, so that a test does not wait for the rate limit. */
export async function syncWithClock(
  provider: Provider,
  products: readonly Product[],
  options: SyncProductsOptions,
  clock: Clock,
): Promise<SyncReport> {
  const { perMinute = provider.test ? 80 : 800 } = options;
  if (!(Number.isInteger(perMinute) && perMinute > 0))
    throw new TypeError('syncProducts: perMinute must be a whole number above zero');
  const stop = new AbortController();
  const { signal } = stop;
  const abort = () => stop.abort();
  // Not `AbortSignal.any`, which would leave its signal registered with the caller's signal.
  if (options.signal?.aborted) abort();
  else options.signal?.addEventListener('abort', abort);
  const report: SyncReport = { synced: [], refused: [], left: [] };
  const outcomes = new Map<number, SyncOutcome>();
  let refused = 0;
  let unanswered = 0;

  const reportProgress = (waitMs?: number) => {
    const done = outcomes.size;
    const counts = { done, total: products.length, synced: done - refused, refused };
    bestEffort(() => options.onProgress?.({ ...counts, ...(waitMs !== undefined && { waitMs }) }));
  };
  const end = (reason: 'auth' | 'unavailable') => {
    report.stopped ??= reason;
    stop.abort();
  };

  const context = {
    provider,
    rateLimiter: createRateLimiter(perMinute, clock, reportProgress),
    clock,
    signal,
  };
  const seen = new Set<string>();
  const outcomeOf = (given: Product): SyncOutcome | Promise<SyncOutcome | undefined> => {
    const { value: product, violations } = validate(Product, given);
    if (!product) return { code: 'invalid', fields: violations };
    if (seen.has(product.merchant_product_id)) return { code: 'duplicate', fields: [] };
    seen.add(product.merchant_product_id);
    return syncProduct(context, product);
  };
  const queue = products.entries();
  const work = async () => {
    for (const [index, product] of queue) {
      if (signal.aborted) return;
      const outcome = await outcomeOf(product);
      if (!outcome) return;
      if ('code' in outcome && outcome.code === 'auth') return end('auth');
      outcomes.set(index, outcome);
      if ('code' in outcome) refused++;
      reportProgress();
      unanswered = isUnanswered(outcome) ? unanswered + 1 : 0;
      if (unanswered === MAX_UNANSWERED) return end('unavailable');
    }
  };
  try {
    await Promise.all(Array.from({ length: WORKERS }, work));
  } finally {
    // When one worker throws, the others stop as well.
    stop.abort();
    options.signal?.removeEventListener('abort', abort);
  }

  for (const [index, product] of products.entries()) {
    const outcome = outcomes.get(index);
    if (!outcome) report.left.push(index);
    else if ('eligibility' in outcome) report.synced.push(outcome);
    else {
      const productId: unknown = Object(product).merchant_product_id;
      report.refused.push({ index, ...(typeof productId === 'string' && { productId }), ...outcome });
    }
  }
  if (report.left.length) report.stopped ??= 'aborted';
  return report;
}

import type { LineEligibility, Violation } from '../../core/index.js';
import { Product, validate } from '../../contract/index.js';
import { bestEffort } from '../deadline.js';
import { createRateLimiter, REAL_CLOCK, type Clock } from './rate-limiter.js';
import type { Provider } from './provider.js';
import type { ProviderFailureKind } from './provider-failure.js';
import { isUnanswered, syncProduct, type SyncOutcome } from './sync-product.js';

/** How far a sync has come. */
export interface SyncProgress {
  /** How many products have an outcome. */
  done: number;
  total: number;
  synced: number;
  refused: number;
  /** How long it now waits for the provider's rate limit, in milliseconds; missing while it works. */
  waitMs?: number;
}

/** A product that is not known to the provider after the sync: a cart with it is refused. */
export interface RefusedProduct {
  /** Its place in the list, from 0. */
  index: number;
  /** Its `merchant_product_id`, if it has one. */
  productId?: string;
  /** `invalid`: mend `fields`. `duplicate`: an earlier product has the same id. Else how the provider failed, each time. */
  code: 'duplicate' | ProviderFailureKind;
  /** The fields at fault, by path, in this project's words; empty where the provider named none. */
  fields: readonly Violation[];
}

/** What became of every product, in the order of the list. */
export interface SyncReport {
  synced: { productId: string; eligibility: LineEligibility }[];
  refused: RefusedProduct[];
  /** The places in the list, from 0, of those that it did not come to. */
  left: number[];
  /** Why it stopped early: the key was refused, the signal fired, or the provider left too many products unanswered. */
  stopped?: 'auth' | 'aborted' | 'unavailable';
}

/** What {@link syncProducts} may be told. */
export interface SyncProductsOptions {
  /** Stops it; the report then says what is done and what is left. */
  signal?: AbortSignal;
  /** Hears of each outcome, and of each wait. It is not waited for, and what it throws is ignored. */
  onProgress?(progress: SyncProgress): unknown;
  /**
   * The most requests in any 60 seconds. Default: 80 with a test key and 800 with a live one: the provider takes 100 and
   * 1,000, and shoppers need some of them.
   */
  perMinute?: number;
  /** The clock; real time unless told. */
  clock?: Clock;
}

/** How many are under way at once: a provider that answers in a quarter of a second then still fills its live limit. */
const WORKERS = 4;
/** After so many products in a row without any answer the provider is down, and the rest is not tried. */
const MAX_UNANSWERED = 8;

/**
 * Makes a shop's products known to the provider, which takes no cart with any other: within its rate limit, waiting as long
 * as it asks (`Retry-After`, 10 minutes at most), trying again what may pass. A refused product never stops the rest; a
 * refused key does, at once. It may be run again at any time: a known product is brought up to date.
 * @throws {TypeError} when `perMinute` is no whole number above zero. What the provider does is in the report.
 */
export async function syncProducts(
  provider: Provider,
  products: readonly Product[],
  options: SyncProductsOptions = {},
): Promise<SyncReport> {
  const { perMinute = provider.test ? 80 : 800, clock = REAL_CLOCK } = options;
  if (!(Number.isInteger(perMinute) && perMinute > 0))
    throw new TypeError('syncProducts: perMinute must be a whole number above zero');
  const stop = new AbortController();
  const { signal } = stop;
  const giveUp = () => stop.abort();
  // By hand, and taken away at the end: AbortSignal.any would leave a signal registered with the caller's.
  if (options.signal?.aborted) giveUp();
  else options.signal?.addEventListener('abort', giveUp);
  const report: SyncReport = { synced: [], refused: [], left: [] };
  const outcomes = new Map<number, SyncOutcome>();
  let refused = 0;
  let unanswered = 0;

  const tell = (waitMs?: number) => {
    const done = outcomes.size;
    const counts = { done, total: products.length, synced: done - refused, refused };
    bestEffort(() => options.onProgress?.({ ...counts, ...(waitMs !== undefined && { waitMs }) }));
  };
  const end = (why: 'auth' | 'unavailable') => {
    report.stopped ??= why;
    stop.abort();
  };

  const line = { provider, rateLimiter: createRateLimiter(perMinute, clock, tell), clock, signal };
  const seen = new Set<string>();
  const outcomeOf = (given: Product): SyncOutcome | Promise<SyncOutcome | undefined> => {
    const { value: product, violations } = validate(Product, given);
    if (!product) return { code: 'invalid', fields: violations };
    if (seen.has(product.merchant_product_id)) return { code: 'duplicate', fields: [] };
    seen.add(product.merchant_product_id);
    return syncProduct(line, product);
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
      tell();
      unanswered = isUnanswered(outcome) ? unanswered + 1 : 0;
      if (unanswered === MAX_UNANSWERED) return end('unavailable');
    }
  };
  try {
    await Promise.all(Array.from({ length: WORKERS }, work));
  } finally {
    // Where one of them threw, the others stop as well.
    stop.abort();
    options.signal?.removeEventListener('abort', giveUp);
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

import type { LineEligibility } from '../../core/index.js';
import { productEligibility } from '../../contract/index.js';
import { DeadlineError, withDeadlineSignal } from '../deadline.js';
import type { Provider } from './provider.js';
import { ProviderFailure } from './provider-failure.js';

/** The age up to which the provider's list is used, in milliseconds. */
const MAX_AGE_MS = 5 * 60_000;
/** The longest that reading all pages may take, in milliseconds. */
const READ_TIMEOUT_MS = 8000;
/** The most pages of 100 products that are read. A larger catalogue needs `resolveEligibility`. */
const MAX_PAGES = 10;
/** The pause after the second failure in a row, in milliseconds. It doubles with each further failure. */
const FIRST_COOLDOWN_MS = 1000;
const MAX_COOLDOWN_MS = 60_000;

/** Eligibility of products by id, from the provider's list. */
export interface Catalogue {
  readonly byId: ReadonlyMap<string, LineEligibility>;
  /** Whether the list has more pages than were read. Products on them are unknown. */
  readonly truncated: boolean;
}

/**
 * Returns the catalogue. When a call starts a read, and the provider's list has more pages than are read, its `onTruncated`
 * is called with the number of products that were read.
 */
export type CatalogueReader = (
  requestId: string,
  onTruncated: (products: number) => void,
) => Promise<Catalogue>;

async function readPages(provider: Provider, requestId: string, signal: AbortSignal): Promise<Catalogue> {
  const byId = new Map<string, LineEligibility>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { products, next, has_more } = await provider.listProducts({
      signal,
      requestId,
      ...(cursor && { cursor }),
    });
    for (const product of products) byId.set(product.merchant_product_id, productEligibility(product));
    if (!next || next === cursor || has_more === false) return { byId, truncated: false };
    cursor = next;
  }
  return { byId, truncated: true };
}

async function readCatalogue(provider: Provider, requestId: string): Promise<Catalogue> {
  try {
    return await withDeadlineSignal(READ_TIMEOUT_MS, ({ signal }) => readPages(provider, requestId, signal));
  } catch (cause) {
    if (!(cause instanceof DeadlineError)) throw cause;
    throw new ProviderFailure('timeout', `the product list was not read within ${READ_TIMEOUT_MS} ms`, {
      cause,
    });
  }
}

/**
 * The pause after a failure, in milliseconds. It is the provider's `Retry-After`, or else it doubles with each failure in a
 * row.
 */
function cooldownMs(failure: unknown, failures: number): number {
  const requestedMs = failure instanceof ProviderFailure ? failure.retryAfterMs : undefined;
  // The first failure may be temporary, so the next caller starts a new read at once.
  return (
    requestedMs ?? (failures < 2 ? 0 : Math.min(FIRST_COOLDOWN_MS * 2 ** (failures - 2), MAX_COOLDOWN_MS))
  );
}

/**
 * Creates a reader of the provider's product list. It reads at most once in five minutes; concurrent callers share one read,
 * which sends the request id of the first caller to the provider. On failure every waiter gets the error; stale eligibility
 * is never served. After several failures in a row it pauses, and callers get the last error until the pause ends.
 */
export function createCatalogue(provider: Provider): CatalogueReader {
  let reading: Promise<Catalogue> | undefined;
  let expiresAt = 0;
  let failures = 0;
  return (requestId, onTruncated) => {
    if (reading && Date.now() < expiresAt) return reading;
    const started = readCatalogue(provider, requestId);
    reading = started;
    expiresAt = Date.now() + MAX_AGE_MS;
    started.then(
      ({ byId, truncated }) => {
        failures = 0;
        if (truncated) onTruncated(byId.size);
      },
      (failure: unknown) => {
        failures++;
        if (reading === started) expiresAt = Date.now() + cooldownMs(failure, failures);
      },
    );
    return started;
  };
}

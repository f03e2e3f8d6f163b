import type { LineEligibility } from '../../core/index.js';
import { productEligibility } from '../../contract/index.js';
import { DeadlineError, withDeadlineSignal } from '../deadline.js';
import type { Provider } from './provider.js';
import { ProviderFailure } from './provider-failure.js';

/** How long the provider's list is believed, in milliseconds. */
const MAX_AGE_MS = 5 * 60_000;
/** How long all of its pages together may take, in milliseconds. */
const READ_TIMEOUT_MS = 8000;
/** The most pages of 100 products that are read. A larger catalogue wants `resolveEligibility`. */
const MAX_PAGES = 10;
/** How long the provider is left alone after the second failure in a row, in milliseconds; doubled with each one more. */
const FIRST_COOLDOWN_MS = 1000;
const MAX_COOLDOWN_MS = 60_000;

/** What HSA/FSA money can do for products, as far as the provider's list was read. */
export interface Catalogue {
  readonly byId: ReadonlyMap<string, LineEligibility>;
  /** Whether the list goes on after the last page that is read: its other products are unknown. */
  readonly truncated: boolean;
}

/**
 * Gives what is known of the provider's products. Whoever makes it read the list anew hears of one that is too long, in
 * `onTruncated`.
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

/** How long a failure is answered without asking again, in milliseconds: as long as the provider asks, or longer each time. */
function cooldownMs(failure: unknown, failures: number): number {
  const asked = failure instanceof ProviderFailure ? failure.retryAfterMs : undefined;
  // The first one may be a moment's: the next page of the shop tries again.
  return asked ?? (failures < 2 ? 0 : Math.min(FIRST_COOLDOWN_MS * 2 ** (failures - 2), MAX_COOLDOWN_MS));
}

/**
 * Makes a reader of the provider's product list that asks at most once in five minutes, however many pages of a shop
 * ask it at the same time: with the id of the request that came first. A failure is told to all who wait, and what was
 * known before is never told instead of it: an old word on eligibility is none. A provider that keeps failing is asked less
 * and less.
 */
export function createCatalogue(provider: Provider): CatalogueReader {
  let reading: Promise<Catalogue> | undefined;
  let until = 0;
  let failures = 0;
  return (requestId, onTruncated) => {
    if (reading && Date.now() < until) return reading;
    const started = readCatalogue(provider, requestId);
    reading = started;
    until = Date.now() + MAX_AGE_MS;
    started.then(
      ({ byId, truncated }) => {
        failures = 0;
        if (truncated) onTruncated(byId.size);
      },
      (failure: unknown) => {
        failures++;
        if (reading === started) until = Date.now() + cooldownMs(failure, failures);
      },
    );
    return started;
  };
}

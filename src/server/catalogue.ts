import type { LineEligibility } from '../core/index.js';
import { productEligibility } from '../contract/index.js';
import { DeadlineError, within } from './deadline.js';
import type { Provider } from './provider.js';
import { ProviderFailure } from './provider-failure.js';

/** How long the provider's list is believed, in milliseconds. */
const KEEP_MS = 5 * 60_000;
/** How long all of its pages together may take, in milliseconds. */
const READ_MS = 8000;
/** The most pages of 100 products that are read. A larger catalogue wants `resolveEligibility`. */
const MAX_PAGES = 10;

/** What HSA/FSA money can do for products, by their id. */
export type Catalogue = ReadonlyMap<string, LineEligibility>;

async function readPages(provider: Provider, requestId: string, signal: AbortSignal): Promise<Catalogue> {
  const found = new Map<string, LineEligibility>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const { products, next } = await provider.listProducts({ signal, requestId, ...(cursor && { cursor }) });
    for (const product of products) found.set(product.merchant_product_id, productEligibility(product));
    if (!next || next === cursor) break;
    cursor = next;
  }
  return found;
}

async function readCatalogue(provider: Provider, requestId: string): Promise<Catalogue> {
  try {
    return await within(READ_MS, (signal) => readPages(provider, requestId, signal));
  } catch (cause) {
    if (!(cause instanceof DeadlineError)) throw cause;
    throw new ProviderFailure('timeout', `the product list was not read within ${READ_MS} ms`, { cause });
  }
}

/**
 * Makes a reader of the provider's product list that asks at most once in five minutes, however many pages of a shop
 * ask it at the same time: with the id of the request that came first. A failure is not kept.
 */
export function createCatalogue(provider: Provider): (requestId: string) => Promise<Catalogue> {
  let reading: Promise<Catalogue> | undefined;
  let until = 0;
  return (requestId) => {
    if (reading && Date.now() < until) return reading;
    const started = readCatalogue(provider, requestId);
    reading = started;
    until = Date.now() + KEEP_MS;
    started.catch(() => {
      if (reading === started) reading = undefined;
    });
    return started;
  };
}

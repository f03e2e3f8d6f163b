import { endpointRoute, toJson, type CheckoutError, type LineEligibility } from '../core/index.js';
import { EligibilityCache, type EligibilityRow } from './eligibility-cache.js';
import { hasQueuedWork } from './scheduler.js';
import { requestJson } from './request.js';

/** The most products in one request. */
const MAX_BATCH = 100;

const caches = new Map<string, EligibilityCache>();
const openBatches = new Map<string, { ids: string[]; answer: Promise<unknown> }>();
const pendingAnswers = new Map<string, Promise<unknown>>();

/** Options of `requestEligibility`. */
export interface EligibilityOptions {
  /** Whether to ignore the cache. */
  refresh?: boolean;
  /**
   * Called if a cached value was returned and the endpoint then responds with another one, or the request fails. The callback
   * should request the eligibility again, because it is not given the new value.
   */
  onChange?: () => void;
}

async function sendBatch(endpoint: string, ids: string[]): Promise<void> {
  // Wait until the page has mounted its elements, so that they share the request. For many elements this takes several tasks.
  do await new Promise((resolve) => setTimeout(resolve));
  while (hasQueuedWork() && ids.length < MAX_BATCH);
  if (openBatches.get(endpoint)?.ids === ids) openBatches.delete(endpoint);
  let rows: EligibilityRow[] | undefined;
  try {
    const headers = { 'content-type': 'application/json' };
    const body = toJson({ product_ids: ids });
    rows = await requestJson(
      endpointRoute(endpoint, 'eligibility'),
      { method: 'POST', headers, body },
      ({ products }) => (Array.isArray(products) ? (products as EligibilityRow[]) : []),
    );
  } catch (error) {
    // The page shows nothing for an unknown eligibility, so a mistake in the setup is only visible here.
    const { code, message } = error as CheckoutError;
    if (/^(not_found|unauthorized|bad_response)/.test(code)) console.error(`eligibility ${code}: ${message}`);
  }
  caches.get(endpoint)!.store(ids, rows);
  for (const id of ids) pendingAnswers.delete(`${endpoint} ${id}`);
}

/**
 * Requests the eligibility of one product from the endpoint. Calls at the same time share one request of up to 100 products.
 * Entries of the cache are valid for five minutes; one from an earlier page of the tab is returned at once, and requested
 * again in the background. The result is `unknown` if the request fails or the endpoint returns an unknown value. After a
 * failure the next call sends a new request, except for a product that had a valid entry: it stays `unknown` for five minutes.
 */
export async function requestEligibility(
  endpoint: string,
  productId: string,
  { refresh, onChange }: EligibilityOptions = {},
): Promise<LineEligibility> {
  let cache = caches.get(endpoint)!;
  if (!cache) caches.set(endpoint, (cache = new EligibilityCache(endpoint)));
  const cached = refresh ? undefined : cache.get(productId);
  if (cached?.isFromThisPage) return cached.value;
  const key = `${endpoint} ${productId}`;
  let answer = pendingAnswers.get(key);
  if (!answer) {
    let batch = openBatches.get(endpoint);
    if (!batch || batch.ids.length >= MAX_BATCH) {
      const ids: string[] = [];
      batch = { ids, answer: sendBatch(endpoint, ids) };
      openBatches.set(endpoint, batch);
    }
    batch.ids.push(productId);
    pendingAnswers.set(key, (answer = batch.answer));
  }
  const received = answer.then(() => cache.get(productId)?.value ?? 'unknown');
  if (!cached) return received;
  void received.then((value) => value === cached.value || onChange?.());
  return cached.value;
}

import { endpointRoute, toJson, type CheckoutError, type LineEligibility } from '../core/index.js';
import { EligibilityCache, type EligibilityRow } from './eligibility-cache.js';
import { hasQueuedWork } from './scheduler.js';
import { requestJson } from './request.js';

/** The most products in one request. */
const MAX_BATCH = 100;

const caches = new Map<string, EligibilityCache>();
const openBatches = new Map<string, { ids: string[]; answer: Promise<unknown> }>();
const pendingAnswers = new Map<string, Promise<unknown>>();

/** How to ask for the eligibility of a product. */
export interface EligibilityOptions {
  /** Believe nothing that was answered before. */
  refresh?: boolean;
  /** Called when what was said at once turns out to be so no more: ask again. */
  onChange?: () => void;
}

async function sendBatch(endpoint: string, ids: string[]): Promise<void> {
  // One turn of the event loop, or as many as it takes: everything that the page mounts together asks together.
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
    // A mistake in the setup shows nowhere else: the badges stay away. Other failures pass by themselves.
    const { code, message } = error as CheckoutError;
    if (/^(not_found|unauthorized|bad_response)/.test(code)) console.error(`eligibility ${code}: ${message}`);
  }
  caches.get(endpoint)!.store(ids, rows);
  for (const id of ids) pendingAnswers.delete(`${endpoint} ${id}`);
}

/**
 * What the endpoint knows of one product. All who ask in the same moment share one request of up to 100 products. An answer
 * of this page, or one that this tab kept from the page before, is believed for five minutes; the latter is asked for again
 * in the background. A failure, or a word that is not known, is `unknown`; after a failure the next one asks again.
 */
export async function requestEligibility(
  endpoint: string,
  productId: string,
  { refresh, onChange }: EligibilityOptions = {},
): Promise<LineEligibility> {
  let answers = caches.get(endpoint)!;
  if (!answers) caches.set(endpoint, (answers = new EligibilityCache(endpoint)));
  const said = refresh ? undefined : answers.get(productId);
  if (said?.isFromThisPage) return said.value;
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
  const now = answer.then(() => answers.get(productId)?.value ?? 'unknown');
  if (!said) return now;
  void now.then((word) => word === said.value || onChange?.());
  return said.value;
}

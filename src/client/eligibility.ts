import { endpointRoute, toJson, type CheckoutError, type LineEligibility } from '../core/index.js';
import { Answers, type EligibilityRow } from './eligibility-cache.js';
import { isCrowded } from './scheduler.js';
import { requestJson } from './request.js';

/** The most products in one request. */
const BATCH = 100;

const known = new Map<string, Answers>();
const open = new Map<string, { ids: string[]; answer: Promise<unknown> }>();
const pending = new Map<string, Promise<unknown>>();

/** How to ask for the eligibility of a product. */
export interface Asking {
  /** Believe nothing that was answered before. */
  isAnew?: boolean;
  /** Called when what was said at once turns out to be so no more: ask again. */
  onChange?: () => void;
}

async function ask(endpoint: string, ids: string[]): Promise<void> {
  // One turn of the event loop, or as many as it takes: everything that the page mounts together asks together.
  do await new Promise((resolve) => setTimeout(resolve));
  while (isCrowded() && ids.length < BATCH);
  if (open.get(endpoint)?.ids === ids) open.delete(endpoint);
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
  known.get(endpoint)!.keep(ids, rows);
  for (const id of ids) pending.delete(`${endpoint} ${id}`);
}

/**
 * What the endpoint knows of one product. All who ask in the same moment share one request of up to 100 products. An answer
 * of this page, or one that this tab kept from the page before, is believed for five minutes; the latter is asked for again
 * in the background. A failure, or a word that is not known, is `unknown`; after a failure the next one asks again.
 */
export async function askEligibility(
  endpoint: string,
  productId: string,
  { isAnew, onChange }: Asking = {},
): Promise<LineEligibility> {
  let answers = known.get(endpoint)!;
  if (!answers) known.set(endpoint, (answers = new Answers(endpoint)));
  const said = isAnew ? undefined : answers.get(productId);
  if (said?.isOfThisPage) return said.word;
  const key = `${endpoint} ${productId}`;
  let answer = pending.get(key);
  if (!answer) {
    let batch = open.get(endpoint);
    if (!batch || batch.ids.length >= BATCH) {
      const ids: string[] = [];
      batch = { ids, answer: ask(endpoint, ids) };
      open.set(endpoint, batch);
    }
    batch.ids.push(productId);
    pending.set(key, (answer = batch.answer));
  }
  const now = answer.then(() => answers.get(productId)?.word ?? 'unknown');
  if (!said) return now;
  void now.then((word) => word === said.word || onChange?.());
  return said.word;
}

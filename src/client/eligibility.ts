import { endpointRoute, type LineEligibility } from '../core/index.js';
import { requestJson } from './request.js';

/** The most products in one request. */
const BATCH = 100;
const WORDS: LineEligibility[] = ['eligible', 'lmn', 'regular'];

const known = new Map<string, Promise<LineEligibility>>();
const open = new Map<string, { ids: string[]; answer: Promise<Map<string, LineEligibility>> }>();

async function ask(endpoint: string, ids: string[]): Promise<Map<string, LineEligibility>> {
  // One turn of the event loop: everything that the page mounts together asks together.
  await new Promise((resolve) => setTimeout(resolve));
  if (open.get(endpoint)?.ids === ids) open.delete(endpoint);
  const { products } = await requestJson(endpointRoute(endpoint, 'eligibility'), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ product_ids: ids }),
  });
  const rows = (Array.isArray(products) ? products : []) as {
    product_id: string;
    eligibility: LineEligibility;
  }[];
  return new Map(rows.map((row) => [row?.product_id, row?.eligibility]));
}

/**
 * What the endpoint knows of one product. All who ask in the same moment share one request of up to 100 products, and an
 * answer is kept for the page's life. A failure, or a word that is not known, is `unknown`; after a failure the next one asks again.
 */
export function askEligibility(endpoint: string, productId: string): Promise<LineEligibility> {
  const key = `${endpoint} ${productId}`;
  let word = known.get(key);
  if (!word) {
    let batch = open.get(endpoint);
    if (!batch || batch.ids.length >= BATCH) {
      const ids: string[] = [];
      batch = { ids, answer: ask(endpoint, ids) };
      open.set(endpoint, batch);
    }
    batch.ids.push(productId);
    word = batch.answer.then(
      (answers) => {
        const answer = answers.get(productId)!;
        return WORDS.includes(answer) ? answer : 'unknown';
      },
      () => {
        known.delete(key);
        return 'unknown';
      },
    );
    known.set(key, word);
  }
  return word;
}

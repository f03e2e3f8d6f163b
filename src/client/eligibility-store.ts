import type { LineEligibility } from '../core/index.js';
import { pageStore } from './page-store.js';

/** How long an answer is believed, in milliseconds: as long as the handler keeps the provider's list. */
const LIFE_MS = 5 * 60_000;
/** The most answers that a tab keeps for an endpoint: some 40 KB of the 5 MB that a site has. */
const MOST = 1_000;
const WORDS: unknown[] = ['eligible', 'lmn', 'regular'];

type Row = [productId: string, word: LineEligibility, at: number];

interface Answer {
  word: LineEligibility;
  at: number;
  /** Whether this page has asked for it; else it is the word of the page before. */
  isOfThisPage?: boolean;
}

/** Not where a clock was set back: then nobody knows how old an answer is. */
function isYoung(at: number): boolean {
  const age = Date.now() - at;
  return age >= 0 && age < LIFE_MS;
}

const nameOf = (endpoint: string) => `eligibility ${endpoint}`;

/** The answers that are still believed, by product. */
class Answers extends Map<string, Answer> {
  override get(productId: string): Answer | undefined {
    const answer = super.get(productId);
    return answer && isYoung(answer.at) ? answer : undefined;
  }
}

const known = new Map<string, Answers>();

/** What an endpoint has answered: this page, and what this tab still believes of the page before. */
export function answersOf(endpoint: string): Answers {
  let answers = known.get(endpoint);
  if (!answers) {
    known.set(endpoint, (answers = new Answers()));
    try {
      // Storage may hold anything: of another version, or of another script.
      for (const [id, word, at] of JSON.parse(pageStore.get(nameOf(endpoint)) ?? '[]') as Row[])
        if (typeof id === 'string' && WORDS.includes(word) && isYoung(at)) answers.set(id, { word, at });
    } catch {
      // What was read so far is good.
    }
  }
  return answers;
}

/**
 * Takes note of what was answered on some products; without rows nobody has answered, and what was believed of them is over.
 * The tab keeps ids, words and times, and nothing else.
 */
export function keepAnswers(
  endpoint: string,
  ids: string[],
  rows?: { product_id: string; eligibility: LineEligibility }[],
): void {
  const answers = answersOf(endpoint);
  const words = new Map(rows?.map((row) => [row?.product_id, row?.eligibility]));
  const at = Date.now();
  for (const id of ids) {
    const had = answers.get(id);
    answers.delete(id);
    const word = words.get(id)!;
    // After a failure the next one asks again; but what had been said before is taken back without another try.
    if (rows || had)
      answers.set(id, { word: WORDS.includes(word) ? word : 'unknown', at, isOfThisPage: true });
  }
  const kept = [...answers].filter(([, { word }]) => word !== 'unknown').slice(-MOST);
  pageStore.set(nameOf(endpoint), JSON.stringify(kept.map(([id, { word, at }]): Row => [id, word, at])));
}

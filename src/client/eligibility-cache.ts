import { toJson, type LineEligibility } from '../core/index.js';
import { pageStore } from './tab-storage.js';

/** How long an answer is believed, in milliseconds: as long as the handler keeps the provider's list. */
const LIFE_MS = 5 * 60_000;
/** The most answers that a tab keeps for an endpoint: some 40 KB of the 5 MB that a site has. */
const MOST = 1_000;
const WORDS: unknown[] = ['eligible', 'lmn', 'regular'];

/** A line of an endpoint's answer. */
export interface EligibilityRow {
  product_id: string;
  eligibility: LineEligibility;
}

interface Answer {
  word: LineEligibility;
  at: number;
  /** Whether this page was told it; else it is the word of the page before. */
  isOfThisPage?: boolean;
}

/** Not where a clock was set back: then nobody knows how old an answer is. */
function isYoung(at: number): boolean {
  const age = Date.now() - at;
  return age >= 0 && age < LIFE_MS;
}

/** What an endpoint has answered of products and is still believed: to this page, and to the pages of this tab before it. */
export class Answers {
  readonly #name: string;
  readonly #known = new Map<string, Answer>();

  constructor(endpoint: string) {
    this.#name = `eligibility ${endpoint}`;
    try {
      // Storage may hold anything: of another version, or of another script.
      for (const [id, word, at] of JSON.parse(pageStore.get(this.#name) ?? '') as [
        string,
        LineEligibility,
        number,
      ][])
        if (typeof id === 'string' && WORDS.includes(word) && typeof at === 'number')
          this.#known.set(id, { word, at });
    } catch {
      // What was read so far is good.
    }
  }

  get(productId: string): Answer | undefined {
    const answer = this.#known.get(productId);
    return answer && isYoung(answer.at) ? answer : undefined;
  }

  /**
   * Takes note of what was answered on some products; without rows nobody has answered, and what was believed of them is
   * over. The tab keeps ids, words and times, and nothing else.
   */
  keep(ids: string[], rows?: EligibilityRow[]): void {
    const words = new Map(rows?.map((row) => [row?.product_id, row?.eligibility]));
    const at = Date.now();
    for (const id of ids) {
      const before = this.get(id);
      // To the end of the line: the oldest are the first to go.
      this.#known.delete(id);
      const word = words.get(id)!;
      // After a failure the next one asks again; but what had been said before is taken back without another try.
      if (rows || before)
        this.#known.set(id, { word: WORDS.includes(word) ? word : 'unknown', at, isOfThisPage: true });
    }
    const kept = [...this.#known].filter(([, { word }]) => word !== 'unknown').slice(-MOST);
    pageStore.set(this.#name, toJson(kept.map(([id, { word, at }]) => [id, word, at])));
  }
}

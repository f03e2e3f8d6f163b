import { toJson, type LineEligibility } from '../core/index.js';
import { tabStorage } from './tab-storage.js';

/** How long an answer is believed, in milliseconds: as long as the handler keeps the provider's list. */
const MAX_AGE_MS = 5 * 60_000;
/** The most answers that a tab keeps for an endpoint: some 40 KB of the 5 MB that a site has. */
const MAX_ENTRIES = 1_000;
const KNOWN_VALUES: unknown[] = ['eligible', 'lmn', 'regular'];

/** A line of an endpoint's answer. */
export interface EligibilityRow {
  product_id: string;
  eligibility: LineEligibility;
}

interface CachedEligibility {
  value: LineEligibility;
  receivedAt: number;
  /** Whether this page was told it; else it is the word of the page before. */
  isFromThisPage?: boolean;
}

/** Not where a clock was set back: then nobody knows how old an answer is. */
function isFresh(at: number): boolean {
  const age = Date.now() - at;
  return age >= 0 && age < MAX_AGE_MS;
}

/** What an endpoint has answered of products and is still believed: to this page, and to the pages of this tab before it. */
export class EligibilityCache {
  readonly #storageName: string;
  readonly #entries = new Map<string, CachedEligibility>();

  constructor(endpoint: string) {
    this.#storageName = `eligibility ${endpoint}`;
    try {
      // Storage may hold anything: of another version, or of another script.
      for (const [id, word, at] of JSON.parse(tabStorage.get(this.#storageName) ?? '') as [
        string,
        LineEligibility,
        number,
      ][])
        if (typeof id === 'string' && KNOWN_VALUES.includes(word) && typeof at === 'number')
          this.#entries.set(id, { value: word, receivedAt: at });
    } catch {
      // What was read so far is good.
    }
  }

  get(productId: string): CachedEligibility | undefined {
    const answer = this.#entries.get(productId);
    return answer && isFresh(answer.receivedAt) ? answer : undefined;
  }

  /**
   * Takes note of what was answered on some products; without rows nobody has answered, and what was believed of them is
   * over. The tab keeps ids, words and times, and nothing else.
   */
  store(ids: string[], rows?: EligibilityRow[]): void {
    const words = new Map(rows?.map((row) => [row?.product_id, row?.eligibility]));
    const at = Date.now();
    for (const id of ids) {
      const before = this.get(id);
      // To the end of the line: the oldest are the first to go.
      this.#entries.delete(id);
      const word = words.get(id)!;
      // After a failure the next one asks again; but what had been said before is taken back without another try.
      if (rows || before)
        this.#entries.set(id, {
          value: KNOWN_VALUES.includes(word) ? word : 'unknown',
          receivedAt: at,
          isFromThisPage: true,
        });
    }
    const kept = [...this.#entries].filter(([, { value }]) => value !== 'unknown').slice(-MAX_ENTRIES);
    tabStorage.set(
      this.#storageName,
      toJson(kept.map(([id, { value, receivedAt }]) => [id, value, receivedAt])),
    );
  }
}

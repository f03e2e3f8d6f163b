import { toJson, type LineEligibility } from '../core/index.js';
import { tabStorage } from './tab-storage.js';

/** How long an entry is valid, in milliseconds: as long as the handler caches the provider's list. */
const MAX_AGE_MS = 5 * 60_000;
/** The most entries of an endpoint that a tab stores: some 40 KB of the 5 MB that browsers let a site store. */
const MAX_ENTRIES = 1_000;
const KNOWN_VALUES: unknown[] = ['eligible', 'lmn', 'regular'];

/** One product of an endpoint's response. */
export interface EligibilityRow {
  product_id: string;
  eligibility: LineEligibility;
}

interface CachedEligibility {
  value: LineEligibility;
  receivedAt: number;
  /** Whether this page has received it. The others come from an earlier page of the tab. */
  isFromThisPage?: boolean;
}

/** Whether an entry is valid. It is not if the clock was set back since, because its age is then unknown. */
function isFresh(receivedAt: number): boolean {
  const age = Date.now() - receivedAt;
  return age >= 0 && age < MAX_AGE_MS;
}

/** The eligibility that an endpoint has returned for products to this page, and to earlier pages of this tab. */
export class EligibilityCache {
  readonly #storageName: string;
  readonly #entries = new Map<string, CachedEligibility>();

  constructor(endpoint: string) {
    this.#storageName = `eligibility ${endpoint}`;
    try {
      // Storage may hold anything, from another version or another script.
      for (const [id, value, receivedAt] of JSON.parse(tabStorage.get(this.#storageName) ?? '') as [
        string,
        LineEligibility,
        number,
      ][])
        if (typeof id === 'string' && KNOWN_VALUES.includes(value) && typeof receivedAt === 'number')
          this.#entries.set(id, { value, receivedAt });
    } catch {
      // The entries before the malformed one are kept.
    }
  }

  get(productId: string): CachedEligibility | undefined {
    const entry = this.#entries.get(productId);
    return entry && isFresh(entry.receivedAt) ? entry : undefined;
  }

  /**
   * Stores the response for some products. `rows` is undefined if the request has failed. Valid entries of these products then
   * become `unknown`, so that stale eligibility is never shown. Only ids, eligibility and times are stored.
   */
  store(ids: string[], rows?: EligibilityRow[]): void {
    const values = new Map(rows?.map((row) => [row?.product_id, row?.eligibility]));
    const receivedAt = Date.now();
    for (const id of ids) {
      const previous = this.get(id);
      // Entries are kept in the order of their age, so that the oldest ones are dropped first.
      this.#entries.delete(id);
      const value = values.get(id)!;
      // After a failure a product without a valid entry gets none, so that the next call sends a new request. A valid entry
      // becomes `unknown`, so that the call from `onChange` finds this value and does not repeat the failed request.
      if (rows || previous)
        this.#entries.set(id, {
          value: KNOWN_VALUES.includes(value) ? value : 'unknown',
          receivedAt,
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

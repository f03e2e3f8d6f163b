/** A session at the provider, as the merchant's backend stores it. */
export interface ProviderSession {
  id: string;
  /** The idempotency key of its request. */
  key: string;
  /** Its cart as JSON, as it was sent. */
  cart: string;
  status: 'open' | 'paid' | 'cancelled';
  endsAtMs: number;
  totalCents: number;
  /** The last tab that went to its payment page. */
  tab?: string;
  /** Whether the backend has refused its key, so that the cart may get a second session. */
  isSuperseded: boolean;
}

/** A response of the backend. */
export interface Answer {
  status: number;
  text: string;
  type: string;
  retryAfter?: string;
  /** The open session in the response, if any. */
  opens?: ProviderSession;
}

/** How long a session is open. Shorter than a key (23 hours), because an expired key alone would open a second session. */
const SESSION_MS = 3_600_000;

export const answer = (status: number, body: object | string = '', type = 'application/json'): Answer => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  type,
});

const problem = (status: number, code: string, retryAfter?: string): Answer => ({
  ...answer(status, { code }, 'application/problem+json'),
  ...(retryAfter && { retryAfter }),
});

/** The response that reports a missing field of the shopper. */
export const missing = (path: string): Answer =>
  answer(
    422,
    { code: 'details_required', errors: [{ path, code: 'required', message: 'expected text' }] },
    'application/problem+json',
  );

/** The URL of a session's payment page. */
export const payUrl = (id: string) => `https://checkout.withgale.com/c/${id}`;

/**
 * A merchant's backend. It follows the contract: one open session for each key, whose status it checks before it returns it. With
 * `onlyReplays` it returns the first session of each key, whatever its status.
 */
export class Merchant {
  readonly sessions: ProviderSession[] = [];
  /** How much more the cart costs than the page states. */
  surchargeCents = 0;
  readonly #keys = new Map<string, { cart: string; isClaimed: boolean; sessions: ProviderSession[] }>();
  readonly #refused = new Set<string>();
  readonly #onlyReplays: boolean;
  readonly #needsAddress: boolean;
  readonly #now: () => number;

  /** @param needsAddress whether it does not know the shopper's address, and so refuses a cart without one. */
  constructor(onlyReplays: boolean, needsAddress: boolean, now: () => number) {
    this.#onlyReplays = onlyReplays;
    this.#needsAddress = needsAddress;
    this.#now = now;
  }

  /** Whether a session can be paid for at least another second, the unit of `expires_in`. */
  isOpen({ status, endsAtMs }: ProviderSession): boolean {
    return status === 'open' && endsAtMs - this.#now() >= 1000;
  }

  /** Receives a request. Returns the response, or undefined if the request holds its key until `finish`. */
  start(key: string, cart: string): Answer | undefined {
    // An incomplete request opens no session and does not use its key.
    if (this.#needsAddress && !cart.includes('shipping_info')) return missing('shipping_info.city');
    const entry = this.#keys.get(key) ?? { cart, isClaimed: false, sessions: [] };
    this.#keys.set(key, entry);
    if (entry.cart !== cart) return this.refuseKey(key);
    const latest = entry.sessions.at(-1);
    if (latest && this.isOpen(latest)) return this.#respondWith(latest);
    if (latest?.status === 'paid' || (latest && this.#onlyReplays)) return this.#closed(latest);
    if (entry.isClaimed) return problem(409, 'request_in_progress', '1');
    entry.isClaimed = true;
    return undefined;
  }

  /** Creates the session of a request that holds its key. */
  finish(key: string): Answer {
    const entry = this.#keys.get(key)!;
    entry.isClaimed = false;
    const stated = JSON.parse(entry.cart) as { line_items: { price: number; quantity: number }[] };
    const goods = stated.line_items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    const session: ProviderSession = {
      id: `chk_${this.sessions.length + 1}`,
      key,
      cart: entry.cart,
      status: 'open',
      endsAtMs: this.#now() + SESSION_MS,
      totalCents: goods + this.surchargeCents,
      isSuperseded: this.#refused.has(key),
    };
    entry.sessions.push(session);
    this.sessions.push(session);
    return this.#respondWith(session);
  }

  /** Refuses a key, so that the page has to use another one for its cart. */
  refuseKey(key: string): Answer {
    this.#refused.add(key);
    for (const session of this.sessions) session.isSuperseded ||= session.key === key;
    return problem(422, 'idempotency_key_reused');
  }

  #respondWith(session: ProviderSession): Answer {
    const { id, endsAtMs, totalCents } = session;
    const body = {
      checkout_id: id,
      checkout_url: payUrl(id),
      status: 'open',
      expires_at: new Date(endsAtMs).toISOString(),
      expires_in: Math.floor((endsAtMs - this.#now()) / 1000),
      type: 'split',
      amounts: { subtotal: totalCents, total: totalCents },
      status_token: `v1.${id}`,
      test: false,
    };
    return { ...answer(200, body), opens: session };
  }

  #closed({ id, status }: ProviderSession): Answer {
    if (!this.#onlyReplays) return problem(409, 'session_closed');
    const spelling = status === 'open' ? 'EXPIRED' : status.toUpperCase();
    return answer(200, { checkout_id: id, checkout_url: payUrl(id), status: spelling });
  }
}

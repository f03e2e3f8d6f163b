/** A session at the provider, as the merchant's backend knows it. */
export interface PaidPage {
  id: string;
  /** The idempotency key that it was opened under. */
  key: string;
  /** The cart that it sells, as it was sent. */
  cart: string;
  status: 'open' | 'paid' | 'cancelled';
  endsAtMs: number;
  totalCents: number;
  /** The tab that went there last. */
  tab?: string;
  /** Whether the backend has told the page to take another key, and so to forget this one. */
  isSuperseded: boolean;
}

/** What the backend says, as it stood when it said it. */
export interface Answer {
  status: number;
  text: string;
  type: string;
  retryAfter?: string;
  /** The open session that it gives, untouched. */
  opens?: PaidPage;
}

/** How long a session lives. Shorter than a key (23 hours), or a key's own end would open a second session. */
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

/** The answer that misses a field of the shopper's. */
export const missing = (path: string): Answer =>
  answer(
    422,
    { code: 'details_required', errors: [{ path, code: 'required', message: 'expected text' }] },
    'application/problem+json',
  );

/** The URL of a session's payment page. */
export const payUrl = (id: string) => `https://checkout.withgale.com/c/${id}`;

/**
 * A merchant's backend as the contract wants it: one open session for each key, looked at before it is handed out. A `plain`
 * one only replays: it says what has become of a key's first session, and leaves the rest to the page.
 */
export class Merchant {
  readonly sessions: PaidPage[] = [];
  /** How much dearer the cart is here than the page states. */
  risesByCents = 0;
  readonly #keys = new Map<string, { cart: string; isClaimed: boolean; sessions: PaidPage[] }>();
  readonly #refused = new Set<string>();
  readonly #isPlain: boolean;
  readonly #isStranger: boolean;
  readonly #now: () => number;

  /** @param isStranger whether it knows no shopper, and so misses where to ship to. */
  constructor(isPlain: boolean, isStranger: boolean, now: () => number) {
    this.#isPlain = isPlain;
    this.#isStranger = isStranger;
    this.#now = now;
  }

  /** Whether a session can still be paid: it has a whole second left, the unit of `expires_in`. */
  isOpen({ status, endsAtMs }: PaidPage): boolean {
    return status === 'open' && endsAtMs - this.#now() >= 1000;
  }

  /** A request comes in: it is answered at once, or it holds the key until `finish`. */
  start(key: string, cart: string): Answer | undefined {
    // What is not complete opens nothing, and takes no key.
    if (this.#isStranger && !cart.includes('shipping_info')) return missing('shipping_info.city');
    const entry = this.#keys.get(key) ?? { cart, isClaimed: false, sessions: [] };
    this.#keys.set(key, entry);
    if (entry.cart !== cart) return this.refuseKey(key);
    const latest = entry.sessions.at(-1);
    if (latest && this.isOpen(latest)) return this.#give(latest);
    if (latest?.status === 'paid' || (latest && this.#isPlain)) return this.#closed(latest);
    if (entry.isClaimed) return problem(409, 'request_in_progress', '1');
    entry.isClaimed = true;
    return undefined;
  }

  /** The work on a request is done: there is a session. */
  finish(key: string): Answer {
    const entry = this.#keys.get(key)!;
    entry.isClaimed = false;
    const stated = JSON.parse(entry.cart) as { line_items: { price: number; quantity: number }[] };
    const goods = stated.line_items.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    const session: PaidPage = {
      id: `chk_${this.sessions.length + 1}`,
      key,
      cart: entry.cart,
      status: 'open',
      endsAtMs: this.#now() + SESSION_MS,
      totalCents: goods + this.risesByCents,
      isSuperseded: this.#refused.has(key),
    };
    entry.sessions.push(session);
    this.sessions.push(session);
    return this.#give(session);
  }

  /** The page must take another key for its cart. */
  refuseKey(key: string): Answer {
    this.#refused.add(key);
    for (const session of this.sessions) session.isSuperseded ||= session.key === key;
    return problem(422, 'idempotency_key_reused');
  }

  #give(session: PaidPage): Answer {
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

  #closed({ id, status }: PaidPage): Answer {
    if (!this.#isPlain) return problem(409, 'session_closed');
    const word = status === 'open' ? 'EXPIRED' : status.toUpperCase();
    return answer(200, { checkout_id: id, checkout_url: payUrl(id), status: word });
  }
}

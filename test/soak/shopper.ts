import type { SessionAnswer } from '../../src/contract/index.js';
import { PROBLEM_STATUS } from '../../src/core/index.js';
import { TEST_CARDS } from '../../src/sandbox/index.js';

/** What became of one cart, as its shopper saw it. */
export interface Outcome {
  /** The idempotency key, and so the order's reference. */
  key: string;
  /** `paid`, or the problem code at which the shopper gave up. */
  end: string;
}

/** What a press came to: a session, or why not. */
type Pressed = { session: SessionAnswer } | { code: string; isTransient: boolean };

/** The statuses that the button tries again by itself, twice. */
const TRANSIENT = [408, 409, 425, 429, 502, 503, 504];
/** The button waits half a second, then a whole one: ten times less here, so that more happens. */
const WAITS_MS = [50, 100];
/** How often a shopper presses before giving up: most of them have patience. */
const PRESSES = [1, 4, 4];

const CARTS = [
  [{ product_id: 'monitor', quantity: 1 }],
  [{ product_id: 'vitamins', quantity: 2 }],
  [
    { product_id: 'monitor', quantity: 1 },
    { product_id: 'vitamins', quantity: 1 },
  ],
];

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

/** Sends one request as the button does. @throws {Error} for an answer that is neither a session nor a problem. */
async function ask(endpoint: string, key: string, body: string, signal?: AbortSignal): Promise<Pressed> {
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': key,
    origin: new URL(endpoint).origin,
  };
  const response = await fetch(endpoint, { method: 'POST', headers, body, ...(signal && { signal }) });
  const answer = (await response.json()) as SessionAnswer & { code: keyof typeof PROBLEM_STATUS };
  if (response.status === 200) return { session: answer };
  // A clear error is one of the closed list; and nothing here is the shopper's fault, or the shop's.
  if (!(answer.code in PROBLEM_STATUS) || response.status === 500)
    throw new Error(`no clear answer: ${response.status} ${JSON.stringify(answer)}`);
  return { code: answer.code, isTransient: TRANSIENT.includes(response.status) };
}

/** One press: a try and two more, with one and the same key. */
async function press(endpoint: string, key: string, body: string): Promise<Pressed> {
  for (const waitMs of WAITS_MS) {
    const pressed = await ask(endpoint, key, body);
    if ('session' in pressed || !pressed.isTransient || pressed.code === 'session_closed') return pressed;
    await pause(waitMs);
  }
  return ask(endpoint, key, body);
}

/** Presses and leaves the page before the answer is there: nothing is known of what became of it. */
async function pressAndLeave(endpoint: string, key: string, body: string, afterMs: number): Promise<void> {
  const signal = AbortSignal.timeout(Math.ceil(afterMs));
  try {
    await ask(endpoint, key, body, signal);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function atPaymentPage(url: string, action: 'pay' | 'cancel'): Promise<number> {
  const body = new URLSearchParams({
    action,
    hsa_card: TEST_CARDS.hsa.number,
    card: TEST_CARDS.credit.number,
  });
  const response = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  await response.text();
  return response.status;
}

/** Buys one cart, with the habits of shoppers: doubled presses, leaving, cancelling, paying twice. */
export async function buy(endpoint: string, random: () => number): Promise<Outcome> {
  const key = crypto.randomUUID();
  const body = JSON.stringify({ line_items: CARTS[Math.floor(random() * CARTS.length)] });
  const often = (share: number) => random() < share;
  const patience = PRESSES[Math.floor(random() * PRESSES.length)]!;
  let mayCancel = patience > 1 && often(0.15);

  if (often(0.15)) await pressAndLeave(endpoint, key, body, 60 * random());
  let end = 'nothing';
  for (let presses = 0; presses < patience; presses++) {
    const doubled = often(0.15) ? press(endpoint, key, body) : undefined;
    const [pressed, other] = await Promise.all([press(endpoint, key, body), doubled]);
    if (other && 'session' in other && 'session' in pressed) {
      if (other.session.checkout_id !== pressed.session.checkout_id)
        throw new Error(`two sessions at once for ${key}`);
    }
    if (!('session' in pressed)) {
      end = pressed.code;
      continue;
    }
    const { checkout_url } = pressed.session;
    if (mayCancel) {
      mayCancel = false;
      await atPaymentPage(checkout_url, 'cancel');
      continue;
    }
    const twice = often(0.2) ? atPaymentPage(checkout_url, 'pay') : undefined;
    const statuses = await Promise.all([atPaymentPage(checkout_url, 'pay'), twice]);
    const taken = statuses.filter((status) => status === 303).length;
    if (taken !== 1) throw new Error(`payments taken for ${key}: ${taken}`);
    // Back, and one press more: the order stands, and no second one is sold.
    if (often(0.15)) {
      const again = await press(endpoint, key, body);
      if ('session' in again) throw new Error(`a session for the paid ${key}`);
    }
    return { key, end: 'paid' };
  }
  return { key, end };
}

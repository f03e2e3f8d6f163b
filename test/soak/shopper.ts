import type { SessionAnswer } from '../../src/contract/index.js';
import { PROBLEM_STATUS } from '../../src/core/index.js';
import { TEST_CARDS } from '../../src/sandbox/index.js';

/** The result of a cart, as its shopper saw it. */
export interface Outcome {
  /** The idempotency key, from which the order's reference comes. */
  key: string;
  /** `paid`, or the problem code after which the shopper gave up. */
  end: string;
}

/** The result of a press: a session, or a problem code. */
type Pressed = { session: SessionAnswer } | { code: string; isTransient: boolean };

/** The statuses after which the button retries, twice. */
const TRANSIENT = [408, 409, 425, 429, 502, 503, 504];
/** The button's waits before a retry, divided by ten so that more happens in the same time. */
const WAITS_MS = [50, 100];
/** How often shoppers press before they give up. */
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

/** Sends one request as the button does. @throws {Error} if the response is neither a session nor a problem. */
async function ask(endpoint: string, key: string, body: string, signal?: AbortSignal): Promise<Pressed> {
  const headers = {
    'content-type': 'application/json',
    'idempotency-key': key,
    origin: new URL(endpoint).origin,
  };
  const response = await fetch(endpoint, { method: 'POST', headers, body, ...(signal && { signal }) });
  const answer = (await response.json()) as SessionAnswer & { code: keyof typeof PROBLEM_STATUS };
  if (response.status === 200) return { session: answer };
  // The code must be in the closed list, and none of these shoppers makes an invalid request.
  if (!(answer.code in PROBLEM_STATUS) || response.status === 500)
    throw new Error(`no clear answer: ${response.status} ${JSON.stringify(answer)}`);
  return { code: answer.code, isTransient: TRANSIENT.includes(response.status) };
}

/** One press: a request and two retries, with the same key. */
async function press(endpoint: string, key: string, body: string): Promise<Pressed> {
  for (const waitMs of WAITS_MS) {
    const pressed = await ask(endpoint, key, body);
    if ('session' in pressed || !pressed.isTransient || pressed.code === 'session_closed') return pressed;
    await pause(waitMs);
  }
  return ask(endpoint, key, body);
}

/** Presses and leaves the page before the response. */
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

/** Buys one cart. Some shoppers press twice, leave, cancel or pay twice. */
export async function buy(endpoint: string, random: () => number): Promise<Outcome> {
  const key = crypto.randomUUID();
  const body = JSON.stringify({ line_items: CARTS[Math.floor(random() * CARTS.length)] });
  const often = (share: number) => random() < share;
  const maxPresses = PRESSES[Math.floor(random() * PRESSES.length)]!;
  let mayCancel = maxPresses > 1 && often(0.15);

  if (often(0.15)) await pressAndLeave(endpoint, key, body, 60 * random());
  let end = 'nothing';
  for (let presses = 0; presses < maxPresses; presses++) {
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
    // The shopper goes back and presses again. The order stays the only one.
    if (often(0.15)) {
      const again = await press(endpoint, key, body);
      if ('session' in again) throw new Error(`a session for the paid ${key}`);
    }
    return { key, end: 'paid' };
  }
  return { key, end };
}

import { signWebhook } from '../contract/index.js';
import { notMounted, describeProblem } from '../core/index.js';
import type { Clock } from './clock.js';
import type { SandboxOrder } from './orders.js';
import { randomId } from './random-id.js';

/** The waits before each attempt: at once, then after 30 s, 2 min and 10 min. */
const WAITS_MS = [0, 30_000, 120_000, 600_000];
/** How long a receiver may take. */
const PATIENCE_MS = 5000;

/** How webhooks are sent. */
export interface WebhookOptions {
  clock: Clock;
  fetch: typeof globalThis.fetch;
  secret: string;
  /** `signature`: `X-Gale-Signature`; `bearer`: the secret itself in `Authorization`. */
  auth: 'signature' | 'bearer';
}

/** Sends `order.created` to a URL, and again until it answers 200 within 5 seconds, four times at most. */
export function sendOrderCreated(url: string, order: SandboxOrder, options: WebhookOptions): void {
  const { clock } = options;
  const body = JSON.stringify({
    id: randomId('evt'),
    type: 'order.created',
    created_at: clock.iso(),
    data: order,
  });
  const attempt = (number: number) =>
    clock.after(WAITS_MS[number]!, async () => {
      const result = await deliver(url, body, options).catch((error: unknown) => String(error));
      if (result === 200) return;
      // The page of a shopper who has paid says so. Without this line, nobody would miss the order.
      if (number === 0) console.warn(refusalText(url, result));
      if (number + 1 < WAITS_MS.length) attempt(number + 1);
    });
  attempt(0);
}

/** Says why an order did not reach the shop. */
function refusalText(url: string, result: number | string): string {
  const { pathname } = new URL(url);
  const endpoint = pathname.replace(/\/webhook\/?$/, '');
  const advice = result === 404 || result === 405 ? `. ${describeProblem(notMounted(endpoint))}` : '';
  return `Sandbox: the webhook of an order was not taken: ${url} answered ${result}${advice}`;
}

/** Makes one delivery. Returns the status of the answer. */
async function deliver(
  url: string,
  body: string,
  { clock, fetch, secret, auth }: WebhookOptions,
): Promise<number> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (auth === 'bearer') headers.authorization = `Bearer ${secret}`;
  else headers['x-gale-signature'] = await signWebhook(body, secret, Math.floor(clock.now() / 1000));
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    const { signal } = patience;
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status;
  } finally {
    clearTimeout(timer);
  }
}

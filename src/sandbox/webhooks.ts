import { signWebhook } from '../contract/index.js';
import { notMounted, describeProblem } from '../core/index.js';
import type { Clock } from './clock.js';
import type { SandboxOrder } from './orders.js';
import { randomId } from './random-id.js';

/** The waits before each attempt: at once, then after 30 s, 2 min and 10 min. */
const WAITS_MS = [0, 30_000, 120_000, 600_000];
/** How long a receiver may take to answer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 5000;

/** The options for webhooks. */
export interface WebhookOptions {
  clock: Clock;
  fetch: typeof globalThis.fetch;
  secret: string;
  /** `signature`: `X-Gale-Signature`; `bearer`: the secret itself in `Authorization`. */
  auth: 'signature' | 'bearer';
}

/** Sends `order.created` to a URL. It tries four times at most, until the URL answers 200 within 5 seconds. */
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
      // The shopper's page shows the payment even if the webhook fails, so only the log shows that the order is missing.
      if (number === 0) console.warn(describeFailure(url, order, result));
      if (number + 1 < WAITS_MS.length) attempt(number + 1);
    });
  attempt(0);
}

/** Says why an order did not reach the shop. */
function describeFailure(url: string, { order_id }: SandboxOrder, result: number | string): string {
  const { pathname } = new URL(url);
  const endpoint = pathname.replace(/\/webhook\/?$/, '');
  const advice = result === 404 || result === 405 ? `. ${describeProblem(notMounted(endpoint))}` : '';
  return `Sandbox: the handler did not accept the webhook of order ${order_id}: ${url} answered ${result}${advice}`;
}

/** Sends one delivery. Returns the status of the response. */
async function deliver(
  url: string,
  body: string,
  { clock, fetch, secret, auth }: WebhookOptions,
): Promise<number> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (auth === 'bearer') headers.authorization = `Bearer ${secret}`;
  else headers['x-gale-signature'] = await signWebhook(body, secret, Math.floor(clock.now() / 1000));
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), ANSWER_TIMEOUT_MS);
  try {
    const { signal } = controller;
    const response = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal });
    await response.body?.cancel();
    return response.status;
  } finally {
    clearTimeout(timer);
  }
}

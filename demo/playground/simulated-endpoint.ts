import type {
  CheckoutCart,
  EligibilityAnswer,
  ProblemAnswer,
  SessionAnswer,
} from 'hsa-checkout-button/contract';
import { findProduct } from '../catalogue.js';
import { eligibilityOf } from './cart.js';
import type { Settings } from './settings.js';

/** The delay of a slow response, in milliseconds. It is longer than the five seconds after which the button shows its text for a long wait. */
const SLOW_MS = 8_000;
/** The delay of other responses, so that the button's busy state is visible. */
const USUAL_MS = 400;
/** How long a session stays open, in seconds. */
const DAY_S = 86_400;
/** The `Retry-After` of the rate limiter, in seconds. The button does not wait that long by itself. */
const WAIT_S = 60;

/** The shopper's details that the provider requires. */
const REQUIRED = {
  customer: ['email', 'first_name', 'last_name'],
  shipping_info: ['address_line_1', 'city', 'state', 'postal_code', 'country'],
} as const;

interface Options {
  /** Returns the settings for the network and the shopper. */
  settings: () => Pick<Settings, 'network' | 'shopper'>;
  /** Waits until the time is over. Rejects when the request is aborted. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

/**
 * Simulates a merchant's endpoint inside the page, because the real handler refuses to load in a browser: it has the API key. A test
 * compares the responses with the real handler's.
 */
export function createSimulatedEndpoint({ settings, wait }: Options) {
  /** The open sessions by idempotency key. */
  const sessions = new Map<string, SessionAnswer>();
  return async (request: Request): Promise<Response> => {
    const { network, shopper } = settings();
    if (network === 'offline') throw new TypeError('Failed to fetch');
    await wait(network === 'slow' ? SLOW_MS : USUAL_MS, request.signal);
    if (network === 'limited') return problem(429, 'rate_limited', { 'retry-after': String(WAIT_S) });
    if (network === 'broken') return problem(500, 'hook_failed');
    if (new URL(request.url).pathname.endsWith('/eligibility'))
      return Response.json(eligibilityAnswer((await request.json()) as { product_ids: string[] }));

    const cart = (await request.json()) as CheckoutCart;
    const missing = shopper === 'guest' ? missingIn(cart) : [];
    if (missing.length) return problem(422, 'details_required', {}, missing);
    const key = request.headers.get('idempotency-key') ?? '';
    const session = sessions.get(key) ?? sessionAnswer(cart);
    sessions.set(key, session);
    return Response.json(network === 'expired' ? { ...session, status: 'expired', expires_in: 0 } : session);
  };
}

function missingIn(cart: CheckoutCart): string[] {
  return Object.entries(REQUIRED).flatMap(([group, names]) => {
    const details = (cart[group as keyof typeof REQUIRED] ?? {}) as Record<string, string>;
    return names.filter((name) => !details[name]).map((name) => `${group}.${name}`);
  });
}

function eligibilityAnswer({ product_ids }: { product_ids: string[] }): EligibilityAnswer {
  return {
    products: product_ids.map((product_id) => {
      const product = findProduct(product_id);
      return { product_id, eligibility: product ? eligibilityOf(product) : 'unknown' };
    }),
  };
}

function sessionAnswer({ line_items }: CheckoutCart): SessionAnswer {
  const lines = line_items.map(({ product_id, quantity }) => {
    const product = findProduct(product_id);
    const cents = (product?.priceCents ?? 0) * quantity;
    return { cents, hsaCents: product?.provider.hsa_fsa_eligible ? cents : 0 };
  });
  const total = lines.reduce((sum, { cents }) => sum + cents, 0);
  const hsa_amount = lines.reduce((sum, { hsaCents }) => sum + hsaCents, 0);
  const checkout_id = `cs_${randomText()}`;
  return {
    checkout_id,
    checkout_url: `https://checkout.withgale.com/${checkout_id}`,
    status: 'open',
    expires_at: new Date(Date.now() + DAY_S * 1000).toISOString(),
    expires_in: DAY_S,
    type: !hsa_amount ? 'regular' : hsa_amount === total ? 'eligible' : 'split',
    amounts: { subtotal: total, hsa_amount, regular_amount: total - hsa_amount, total },
    status_token: randomText(),
    test: true,
  };
}

function problem(
  status: number,
  code: string,
  headers: Record<string, string> = {},
  missing?: readonly string[],
): Response {
  const title = code.replaceAll('_', ' ');
  const request_id = randomText();
  const body: ProblemAnswer = {
    type: 'about:blank',
    title: title[0]!.toUpperCase() + title.slice(1),
    status,
    code,
    ...(missing && {
      errors: missing.map((path) => ({ path, code: 'required', message: 'expected text that is not empty' })),
    }),
    request_id,
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { ...headers, 'content-type': 'application/problem+json', 'x-request-id': request_id },
  });
}

function randomText(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

import { parseUrl } from '../core/index.js';
import { answerCall, findCall } from './api.js';
import { originalRequest } from './original-request.js';
import { Clock } from './clock.js';
import { FaultInjector, type Faults } from './faults.js';
import { Idempotency } from './idempotency.js';
import type { SandboxOrder } from './orders.js';
import { PAY_CSS } from './pay-style.js';
import { answerPayment } from './payment.js';
import { Products, type SandboxProduct } from './products.js';
import { ApiError, errorResponse, type Envelope } from './api-error.js';
import { Sessions } from './sessions.js';
import { createShopper, type Shopper } from './shopper.js';
import { sendOrderCreated } from './webhooks.js';

/** How a sandbox is set up. */
export interface SandboxOptions {
  /** The products that are synced from the start. */
  products: readonly SandboxProduct[];
  /** Signs the webhooks: the same text that the merchant's handler gets as `webhookSecret`. */
  webhookSecret: string;
  /** The one API key that is accepted; any `glm_test_…` key without it. A live key never is. */
  apiKey?: string;
  /**
   * The origin of the shop's pages, such as `http://localhost:5173`, where a dev server passes the sandbox's paths on: payment
   * pages are then there, and no longer at the origin of `baseUrl`.
   */
  publicOrigin?: string;
  /** How webhooks prove where they come from: `X-Gale-Signature` (default), or the secret as a bearer token. */
  webhookAuth?: 'signature' | 'bearer';
  /** `older` writes the earlier envelopes: `success`, `data`, `error_code`, `details.field_errors`. */
  envelope?: Envelope;
  /**
   * Delivers the webhooks; the global `fetch` unless told. `(url, init) => handler(new Request(url, init))` takes them to a
   * handler in the same process, so that a test needs no server.
   */
  fetch?: typeof globalThis.fetch;
  /** The clock to start from; `Date.now` unless told. */
  now?: () => number;
  /** Decides which calls a fault with a `rate` befalls; `Math.random` unless told. */
  random?: () => number;
}

/** The provider in memory. */
export interface Sandbox extends Shopper {
  /**
   * Answers a request as the provider would: its API below `{prefix}/v2`, its payment pages at `{prefix}/pay/{id}`, under
   * any prefix. Call it in place of the network, or mount it on a server for browsers. Rejects when a fault says so.
   * @param runtime what a server's adapter passes beside the request; Node's own request in it has the path that Express takes
   *   off, and the body that a parser has read.
   */
  fetch(request: Request, ...runtime: unknown[]): Promise<Response>;
  /** Moves the clock forward by `ms`; webhooks and retries that become due are sent, and waited for. */
  advance(ms: number): Promise<void>;
  /** What goes wrong on purpose. */
  readonly faults: Faults;
  /** Every order that was paid, oldest first. */
  readonly orders: readonly SandboxOrder[];
}

/** Whether a text is an origin and nothing more, as `location.origin` is. */
function isOrigin(text: string): boolean {
  const origin = parseUrl(text)?.origin;
  return origin === text && /^https?:/.test(origin);
}

/**
 * Starts a provider in memory: the API, product sync, payment pages, test cards, expiry and webhooks. No money moves.
 * @throws {TypeError} when `publicOrigin` is no origin.
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { webhookSecret, webhookAuth = 'signature', envelope = 'current' } = options;
  const { publicOrigin } = options;
  if (publicOrigin !== undefined && !isOrigin(publicOrigin))
    throw new TypeError(
      'createSandbox: publicOrigin takes an exact origin such as "http://localhost:5173", without a path or a slash at its end',
    );
  // Looked up at the call, so that a fetch patched later is the one that is used.
  const send: typeof globalThis.fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const clock = new Clock(options.now ?? Date.now);
  const products = new Products(options.products);
  const sessions = new Sessions(clock, products);
  const faults = new FaultInjector(options.random ?? Math.random);
  const orders: SandboxOrder[] = [];
  const idempotency = new Idempotency(clock);
  const api = { clock, sessions, products, idempotency, apiKey: options.apiKey, envelope };

  const onPaid = (order: SandboxOrder, webhookUrl: string | undefined) => {
    orders.push(order);
    if (webhookUrl)
      sendOrderCreated(webhookUrl, order, { clock, fetch: send, secret: webhookSecret, auth: webhookAuth });
  };

  return {
    async fetch(received, ...runtime) {
      const request = originalRequest(received, runtime);
      const url = new URL(request.url);
      const [, prefix = '', area, path = ''] = /^(.*)\/(v2|pay)(\/.*)$/.exec(url.pathname) ?? [];
      const payPath = `${prefix}/pay`;
      if (area === 'pay' && path === '/style.css')
        return new Response(PAY_CSS, { headers: { 'content-type': 'text/css; charset=utf-8' } });
      if (area === 'pay') return answerPayment(path.slice(1), request, { payPath, sessions, onPaid });
      const call = area && findCall(request.method, path);
      if (call)
        return faults.apply(call.call, request.signal, () =>
          answerCall({ ...call, url, request, payUrl: (publicOrigin ?? url.origin) + payPath }, api),
        );
      return errorResponse(new ApiError(404, 'not_found', 'no such path in the API'), envelope);
    },
    ...createShopper({ clock, sessions, onPaid }),
    advance: (ms) => clock.advance(ms),
    faults,
    orders,
  };
}

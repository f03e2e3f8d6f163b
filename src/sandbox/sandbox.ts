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

/** The options of a sandbox. */
export interface SandboxOptions {
  /** The products that are synced from the start. */
  products: readonly SandboxProduct[];
  /** Signs the webhooks. It has to be the `webhookSecret` of the merchant's handler. */
  webhookSecret: string;
  /** The API key that is accepted. Default: any `glm_test_…` key. A live key is always refused. */
  apiKey?: string;
  /**
   * The origin of the payment pages, such as `http://localhost:5173`. Set it if the dev server of the shop's pages forwards the
   * sandbox's paths to the sandbox. Default: the origin of the handler's requests, which is that of its `baseUrl`.
   */
  publicOrigin?: string;
  /** How webhooks are authenticated: with `X-Gale-Signature`, or with the secret as a bearer token. Default: `signature`. */
  webhookAuth?: 'signature' | 'bearer';
  /** `older` uses the provider's earlier format: `success`, `data`, `error_code`, `details.field_errors`. Default: `current`. */
  envelope?: Envelope;
  /**
   * Sends the webhooks. Default: the global `fetch`. `(url, init) => handler(new Request(url, init))` sends them to a handler in
   * the same process, so that a test needs no server.
   */
  fetch?: typeof globalThis.fetch;
  /** The time in milliseconds since 1970. Default: `Date.now`. */
  now?: () => number;
  /** Chooses the calls that a fault with a `rate` affects. Returns a number from 0 to 1. Default: `Math.random`. */
  random?: () => number;
}

/** The provider in memory. */
export interface Sandbox extends Shopper {
  /**
   * Answers a request as the provider does: its API below `{prefix}/v2`, its payment pages at `{prefix}/pay/{id}`, with any
   * prefix. Call it in place of the network, or mount it on a server for browsers. Rejects for a fault of the kind `reset`, and of
   * the kinds `timeout` and `slow` when the caller aborts.
   * @param runtime the other arguments of a server's adapter. Node's own request among them has the path that Express removes,
   *   and the body that a parser has read.
   */
  fetch(request: Request, ...runtime: unknown[]): Promise<Response>;
  /** Moves the clock forward by `ms` milliseconds. Resolves when the webhooks and retries that became due have been sent. */
  advance(ms: number): Promise<void>;
  /** Failures to inject into the API. */
  readonly faults: Faults;
  /** The paid orders, oldest first. */
  readonly orders: readonly SandboxOrder[];
}

/** Whether a text is exactly an origin, as `location.origin` is. */
function isOrigin(text: string): boolean {
  const origin = parseUrl(text)?.origin;
  return origin === text && /^https?:/.test(origin);
}

/**
 * Starts a provider in memory: the API, product sync, payment pages, test cards, expiry and webhooks. No money moves.
 * @throws {TypeError} if `publicOrigin` is not an origin.
 */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { webhookSecret, webhookAuth = 'signature', envelope = 'current' } = options;
  const { publicOrigin } = options;
  if (publicOrigin !== undefined && !isOrigin(publicOrigin))
    throw new TypeError(
      'createSandbox: publicOrigin takes an exact origin such as "http://localhost:5173", without a path or a slash at its end',
    );
  // The global `fetch` is looked up at each call, so that a test can replace it later.
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

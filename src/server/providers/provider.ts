import type * as z from 'zod';
import { isLocalHost } from '../../core/index.js';
import {
  CheckoutSession,
  Product,
  ProductPage,
  SessionState,
  SyncedProduct,
  validate,
  type CheckoutRequest,
} from '../../contract/index.js';
import { BROWSER_REFUSAL, isPage } from '../browser-refusal.js';
import { assertDurationMs } from '../deadline.js';
import { checkPaymentUrl } from '../sessions/payment-page.js';
import { sendRequest, type GaleRequest, type GaleConnection } from './gale/request.js';
import { ProviderFailure } from './provider-failure.js';
import { productIdsOf } from './gale/refusal-reason.js';

/** What may be said with every call. */
export interface CallOptions {
  /** Lets the call be given up. */
  signal?: AbortSignal;
  /** The id of the request that the call is for; the provider gets it as `x-request-id`, to be asked about it. */
  requestId?: string;
}

/** A payment processor as the handler sees it. Every method throws {@link ProviderFailure} when it does not succeed. */
export interface Provider {
  /** True when no real money moves. */
  readonly test: boolean;
  /** The hosts that a `checkout_url` may have, with their ports; `*.example.com` stands for any labels before it. */
  readonly checkoutHosts: readonly string[];
  /** How long one call may take in all, its retries included, in milliseconds. Default: 8,000. A claim is held for as long as two. */
  readonly timeoutMs?: number;
  /** Opens a session. The same idempotency key gives the same session, however often it is asked. */
  createSession(
    request: CheckoutRequest,
    options: { idempotencyKey: string } & CallOptions,
  ): Promise<CheckoutSession>;
  /** Says what has become of a session. */
  readSession(checkoutId: string, options?: CallOptions): Promise<SessionState>;
  /** Gives a page of the synced products; `cursor` is the `next` of the page before. */
  listProducts(options?: { cursor?: string } & CallOptions): Promise<ProductPage>;
  /**
   * Makes a product known to the provider, and says what HSA/FSA money can do for it. With `retry: false` it is one request,
   * whatever becomes of it.
   */
  syncProduct(product: Product, options?: { retry?: boolean } & CallOptions): Promise<SyncedProduct>;
}

/** What {@link createProvider} needs. */
export interface ProviderOptions {
  /** The secret key, `glm_test_…` or `glm_live_…`. It stays on the server. */
  apiKey: string;
  /** Which of the two worlds this is. There is no default: nobody goes live, or stays in test, by accident. */
  environment: 'test' | 'live';
  /** Where the provider's API is; https, or http on this machine. Default `https://api.withgale.com/v2`. */
  baseUrl?: string;
  /** What sends the requests. Default: `globalThis.fetch`, looked up at each call. */
  fetch?: typeof fetch;
  /** The hosts that a `checkout_url` may have. Default `['checkout.withgale.com']`. */
  checkoutHosts?: readonly string[];
  /** How long one call may take in all, its retry included, in milliseconds. Default: 8,000. */
  timeoutMs?: number;
}

const SESSION_BYTES = 64 * 1024;
const PRODUCTS_BYTES = 4 * 1024 * 1024;

/** Whether a base URL may be sent a key. */
function isSafeBase(baseUrl: string): boolean {
  try {
    const { protocol, hostname } = new URL(baseUrl);
    return protocol === 'https:' || (protocol === 'http:' && isLocalHost(hostname));
  } catch {
    return false;
  }
}

/** Checks what cannot be right, so that it shows when the server starts and not when a shopper pays. */
function checkOptions({ apiKey, environment }: ProviderOptions, baseUrl: string): void {
  const refuse = (problem: string) => {
    throw new TypeError(`createProvider: ${problem}`);
  };
  // A bundler gives pages another file in place of this one; a page without a bundler gets here.
  if (isPage()) throw new TypeError(BROWSER_REFUSAL);
  if (environment !== 'test' && environment !== 'live')
    refuse(`environment must be 'test' or 'live', and has no default`);
  if (typeof apiKey !== 'string' || !apiKey) refuse('apiKey is missing: is its environment variable set?');
  if (/\s/.test(apiKey)) refuse('apiKey holds white space: was a line break copied with it?');
  if (!new RegExp(`^glm_${environment}_[!-~]+$`).test(apiKey))
    refuse(`environment is '${environment}', so apiKey must begin with glm_${environment}_, and it does not`);
  if (!isSafeBase(baseUrl))
    refuse('baseUrl must be https, or http on this machine: the API key travels with every request');
}

/**
 * Makes a client of the provider's API: 8 s for a call, one careful retry, answers bounded and checked.
 * @throws {TypeError} when the key is missing, holds white space or belongs to the other environment, when `timeoutMs` is no
 * time, and in a browser, where the key would be there for anyone to read.
 */
export function createProvider(options: ProviderOptions): Provider {
  const { apiKey, environment, checkoutHosts = ['checkout.withgale.com'], timeoutMs = 8000 } = options;
  const baseUrl = (options.baseUrl ?? 'https://api.withgale.com/v2').replace(/\/+$/, '');
  checkOptions(options, baseUrl);
  assertDurationMs('createProvider: timeoutMs', timeoutMs);
  const test = environment === 'test';
  const send: typeof fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const line: GaleConnection = { apiKey, baseUrl, fetch: send, timeoutMs };

  const ask = async <S extends z.ZodType>(schema: S, call: GaleRequest): Promise<z.output<S>> => {
    const { value, violations } = validate(schema, await sendRequest(line, call));
    if (value !== undefined) return value;
    const paths = violations.map(({ path }) => path).join(', ');
    const [first] = violations;
    throw new ProviderFailure('contract', `the provider's answer is not what it promises, at: ${paths}`, {
      reason: first!.code === 'required' ? 'field_missing' : 'field_invalid',
      path: first!.path,
    });
  };

  return {
    test,
    checkoutHosts,
    timeoutMs,

    async createSession(request, { idempotencyKey, signal, requestId }) {
      const opening = ask(CheckoutSession, {
        method: 'POST',
        path: '/checkout',
        body: request,
        idempotencyKey,
        maxBytes: SESSION_BYTES,
        signal,
        requestId,
      });
      const session = await opening.catch((error: unknown) => {
        if (!(error instanceof ProviderFailure) || error.kind !== 'invalid') throw error;
        // With the ids of the cart: a product that was never synced is the usual cause.
        const productIds = productIdsOf(request);
        const { kind, message, status, fields = [], providerMessage = '' } = error;
        throw new ProviderFailure(kind, message, {
          ...(status && { status }),
          fields,
          providerMessage,
          productIds,
        });
      });
      try {
        return { ...session, checkout_url: checkPaymentUrl(session.checkout_url, { checkoutHosts, test }) };
      } catch (cause) {
        throw new ProviderFailure('contract', "the provider's checkout_url is not allowed", {
          reason: 'checkout_url_not_allowed',
          path: 'checkout_url',
          cause,
        });
      }
    },

    async readSession(checkoutId, { signal, requestId } = {}) {
      const path = `/checkout/${encodeURIComponent(checkoutId)}`;
      const state = await ask(SessionState, {
        method: 'GET',
        path,
        maxBytes: SESSION_BYTES,
        signal,
        requestId,
      });
      if (state.checkout_id === checkoutId) return state;
      throw new ProviderFailure('contract', 'the provider answered with another session', {
        reason: 'other_session',
        path: 'checkout_id',
      });
    },

    listProducts({ cursor, signal, requestId } = {}) {
      const path = `/products?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      return ask(ProductPage, { method: 'GET', path, maxBytes: PRODUCTS_BYTES, signal, requestId });
    },

    async syncProduct(product, { retry, signal, requestId } = {}) {
      const { value, violations } = validate(Product, product);
      if (!value)
        throw new ProviderFailure('invalid', `this is no product, at: ${violations[0]!.path}`, {
          fields: violations,
        });
      const call = {
        method: 'POST',
        path: '/products',
        body: value,
        maxBytes: SESSION_BYTES,
        retry,
        signal,
        requestId,
      } as const;
      return ask(SyncedProduct, call);
    },
  };
}

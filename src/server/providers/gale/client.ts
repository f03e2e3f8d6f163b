import type * as z from 'zod';
import { isLocalHost } from '../../../core/index.js';
import {
  CheckoutSession,
  Product,
  ProductPage,
  SessionState,
  SyncedProduct,
  validate,
} from '../../../contract/index.js';
import { BROWSER_REFUSAL, isPage } from '../../browser-refusal.js';
import { assertDurationMs } from '../../deadline.js';
import { sendRequest, type ProviderConnection, type ProviderRequest } from '../provider-http.js';
import { ProviderFailure } from '../provider-failure.js';
import type { CallOptions, Provider } from '../provider.js';
import { productIdsOf, readRefusal } from './refusal.js';
import { readWebhook } from './webhook.js';

/** Options of {@link createProvider}. */
export interface ProviderOptions {
  /** The secret key, `glm_test_…` or `glm_live_…`. It stays on the server. */
  apiKey: string;
  /** Must match the key. There is no default, so that no shop goes live or stays in test mode by accident. */
  environment: 'test' | 'live';
  /** Base URL of the provider's API: https, or http on localhost. Default: `https://api.withgale.com/v2`. */
  baseUrl?: string;
  /** Sends the requests. Default: `globalThis.fetch`, looked up at each call. */
  fetch?: typeof fetch;
  /** Hosts that a `checkout_url` may have. Default: `['checkout.withgale.com']`. */
  checkoutHosts?: readonly string[];
  /** The longest that one call takes, its retry included, in milliseconds. Default: 8,000. */
  timeoutMs?: number;
}

const SESSION_BYTES = 64 * 1024;
const PRODUCTS_BYTES = 4 * 1024 * 1024;

/** Whether a base URL may receive the API key. */
function isSafeBase(baseUrl: string): boolean {
  try {
    const { protocol, hostname } = new URL(baseUrl);
    return protocol === 'https:' || (protocol === 'http:' && isLocalHost(hostname));
  } catch {
    return false;
  }
}

/** Throws on a wrong option when the server starts, not when a shopper pays. */
function checkOptions({ apiKey, environment }: ProviderOptions, baseUrl: string): void {
  const refuse = (problem: string) => {
    throw new TypeError(`createProvider: ${problem}`);
  };
  // A bundler for browsers replaces the entry point. A page that loads the module without a bundler gets here.
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
 * Creates a client of Gale's API. A call takes at most `timeoutMs`, including one retry after a temporary failure. Every response
 * is bounded in size and validated against the contract.
 * @throws {TypeError} when the key is missing, holds white space or belongs to the other environment, when `timeoutMs` is no
 * duration, and in a browser, where anyone could read the key.
 */
export function createProvider(options: ProviderOptions): Provider {
  const { apiKey, environment, checkoutHosts = ['checkout.withgale.com'], timeoutMs = 8000 } = options;
  const baseUrl = (options.baseUrl ?? 'https://api.withgale.com/v2').replace(/\/+$/, '');
  checkOptions(options, baseUrl);
  assertDurationMs('createProvider: timeoutMs', timeoutMs);
  const test = environment === 'test';
  const send: typeof fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const connection: ProviderConnection = { secret: apiKey, baseUrl, fetch: send, timeoutMs, readRefusal };

  const call = async <S extends z.ZodType>(
    schema: S,
    request: Omit<ProviderRequest, 'headers'>,
    { idempotencyKey, requestId, signal }: { idempotencyKey?: string } & CallOptions,
  ): Promise<z.output<S>> => {
    const headers = {
      authorization: `Bearer ${apiKey}`,
      ...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
      ...(requestId && { 'x-request-id': requestId }),
    };
    const body = await sendRequest(connection, { ...request, headers, ...(signal && { signal }) });
    const { value, violations } = validate(schema, body);
    if (value !== undefined) return value;
    const paths = violations.map(({ path }) => path).join(', ');
    const [first] = violations;
    throw new ProviderFailure('contract', `the provider's response breaks its contract at: ${paths}`, {
      reason: first!.code === 'required' ? 'field_missing' : 'field_invalid',
      path: first!.path,
    });
  };

  return {
    test,
    checkoutHosts,
    timeoutMs,
    readWebhook,

    async createSession(request, options) {
      const session = { method: 'POST', path: '/checkout', body: request, maxBytes: SESSION_BYTES } as const;
      try {
        return await call(CheckoutSession, session, options);
      } catch (error) {
        if (!(error instanceof ProviderFailure) || error.kind !== 'invalid') throw error;
        // The usual cause is a product that was never synced, so the failure names the products of the cart.
        const productIds = productIdsOf(request);
        const { kind, message, status, fields = [], providerMessage = '' } = error;
        throw new ProviderFailure(kind, message, {
          ...(status && { status }),
          ...{ fields, providerMessage, productIds },
        });
      }
    },

    async readSession(checkoutId, options = {}) {
      const path = `/checkout/${encodeURIComponent(checkoutId)}`;
      const state = await call(SessionState, { method: 'GET', path, maxBytes: SESSION_BYTES }, options);
      if (state.checkout_id === checkoutId) return state;
      throw new ProviderFailure('contract', 'the provider returned another session', {
        reason: 'other_session',
        path: 'checkout_id',
      });
    },

    listProducts({ cursor, ...options } = {}) {
      const path = `/products?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
      return call(ProductPage, { method: 'GET', path, maxBytes: PRODUCTS_BYTES }, options);
    },

    async syncProduct(product, { retry, ...options } = {}) {
      const { value, violations } = validate(Product, product);
      if (!value)
        throw new ProviderFailure('invalid', `the product is invalid at: ${violations[0]!.path}`, {
          fields: violations,
        });
      const sync = {
        method: 'POST',
        path: '/products',
        body: value,
        maxBytes: SESSION_BYTES,
        retry,
      } as const;
      return call(SyncedProduct, sync, options);
    },
  };
}

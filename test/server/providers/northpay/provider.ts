import type * as z from 'zod';
import {
  Amounts,
  CheckoutSession,
  ProductPage,
  SessionState,
  SyncedProduct,
  validate,
} from '../../../../src/contract/index.js';
import type { Provider, ProviderOptions, WebhookReading } from '../../../../src/server/index.js';
import { ProviderFailure } from '../../../../src/server/index.js';
import { sendRequest, type ProviderRequest } from '../../../../src/server/providers/provider-http.js';
import { createNorthpayApi, fromNorthpay, northpayPath, signNorthpay, toNorthpay } from './wire.js';

const TOLERANCE_S = 300;
const MAX_BYTES = 4 * 1024 * 1024;

function parse(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const rejected = (fault: 'missing' | 'wrong_secret'): WebhookReading => ({
  kind: 'rejected',
  fault: { fault },
  detail: `Northpay-Proof: ${fault}`,
});

const textOf = (value: unknown) => (typeof value === 'string' && value) || undefined;

const readWebhook: Provider['readWebhook'] = async ({ headers }, bytes, { secrets, nowMs, isOriginal }) => {
  const proof = headers.get('northpay-proof');
  if (!proof) return rejected('missing');
  if (!isOriginal) return { kind: 'needs_original_bytes' };
  const seconds = Number(proof.split('.')[0]);
  if (!secrets.some((secret) => signNorthpay(bytes, secret, seconds) === proof))
    return rejected('wrong_secret');
  const offS = Math.floor(nowMs / 1000) - seconds;
  if (Math.abs(offS) > TOLERANCE_S) {
    const fault = offS > 0 ? 'too_old' : 'too_new';
    return { kind: 'rejected', fault: { fault, offS: Math.abs(offS) }, detail: `Northpay-Proof: ${fault}` };
  }
  const malformed: WebhookReading = {
    kind: 'malformed',
    violations: [{ path: '$', code: 'invalid_type', message: 'expected an event' }],
  };
  const event = parse(bytes);
  if (!event) return malformed;
  if ((event['topic'] ?? event['kind']) !== 'payment.settled') return { kind: 'ignored' };
  const subject = Object(event['subject']) as Record<string, unknown>;
  const { sessionRef, orderRef, id, merchantRef, currency } = subject;
  if (typeof sessionRef !== 'string' || !/^[\w-]{1,128}$/.test(sessionRef)) return malformed;
  const orderId = [orderRef, id]
    .map((value) => (typeof value === 'number' ? String(value) : textOf(value)))
    .find((value) => value && value !== sessionRef);
  const amounts = Amounts.safeParse(Object(fromNorthpay({ sums: subject['sums'] })).amounts).data;
  return {
    kind: 'paid',
    checkoutId: sessionRef,
    ...(orderId && { orderId }),
    ...(textOf(merchantRef) && { referenceId: textOf(merchantRef)! }),
    ...(amounts && { amounts }),
    ...(textOf(currency) && { currency: textOf(currency)! }),
    payload: event,
  };
};

/** Creates a provider for Northpay over `provider-http.ts`, with Northpay's own names. */
export function createNorthpay(options: ProviderOptions): Provider {
  const { apiKey, baseUrl = 'https://api.northpay.example', checkoutHosts = [], timeoutMs = 8000 } = options;
  const connection = {
    secret: apiKey,
    baseUrl,
    fetch: createNorthpayApi(options.fetch!),
    timeoutMs,
    readRefusal: () => ({ fields: [] }),
  };
  type Request = Pick<ProviderRequest, 'method' | 'path' | 'retry'> & { body?: unknown };
  const call = async <S extends z.ZodType>(
    schema: S,
    { path, body, ...request }: Request,
    {
      idempotencyKey,
      requestId,
      signal,
    }: { idempotencyKey?: string; requestId?: string; signal?: AbortSignal },
  ): Promise<z.output<S>> => {
    const response = await sendRequest(connection, {
      ...request,
      path: northpayPath(path),
      headers: {
        'northpay-key': apiKey,
        ...(idempotencyKey && { 'northpay-once': idempotencyKey }),
        ...(requestId && { 'northpay-trace': requestId }),
      },
      maxBytes: MAX_BYTES,
      ...(body !== undefined && { body: toNorthpay(body) }),
      ...(signal && { signal }),
    });
    const { value, violations } = validate(schema, fromNorthpay(response));
    if (value !== undefined) return value;
    throw new ProviderFailure('contract', `Northpay broke its contract at ${violations[0]!.path}`, {
      reason: 'field_invalid',
      path: violations[0]!.path,
    });
  };
  return {
    test: true,
    checkoutHosts,
    timeoutMs,
    readWebhook,
    createSession: (body, rest) => call(CheckoutSession, { method: 'POST', path: '/checkout', body }, rest),
    async readSession(id, rest = {}) {
      const state = await call(
        SessionState,
        { method: 'GET', path: `/checkout/${encodeURIComponent(id)}` },
        rest,
      );
      if (state.checkout_id === id) return state;
      throw new ProviderFailure('contract', 'Northpay returned another session', { reason: 'other_session' });
    },
    listProducts: ({ cursor, ...rest } = {}) =>
      call(
        ProductPage,
        {
          method: 'GET',
          path: `/products?limit=100${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
        },
        rest,
      ),
    syncProduct: (body, { retry, ...rest } = {}) =>
      call(
        SyncedProduct,
        { method: 'POST', path: '/products', body, ...(retry === false && { retry }) },
        rest,
      ),
  };
}

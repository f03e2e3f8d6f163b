import {
  CheckoutError,
  endpointRoute,
  sessionStatus,
  type ClosedReason,
  type SessionStatus,
} from '../core/index.js';
import { requestJson } from './request.js';

/** Which session to ask for: by id and its token, or by the return token alone. */
export interface StatusRequest {
  /** The absolute URL of the merchant's endpoint. */
  endpoint: string;
  checkoutId?: string;
  token: string;
  signal?: AbortSignal;
}

/** What the server says of a session. */
export interface StatusReading {
  checkoutId: string;
  status: SessionStatus;
  reason?: ClosedReason;
}

function readAnswer({ checkout_id, status, reason }: Record<string, unknown>): StatusReading {
  const read = sessionStatus(status);
  return {
    checkoutId: typeof checkout_id === 'string' ? checkout_id : '',
    reason: read.status === 'expired' ? sessionStatus(reason).reason : undefined,
    ...read,
  };
}

/**
 * Tells a session that is not found, which the handler says with its code, from a path where nobody is at home: a shop's own
 * 404 says nothing of a payment.
 */
function rethrowUnlessNotMounted(error: CheckoutError): never {
  const { code, message, details } = error;
  if (code !== 'not_found' || details.reason === 'not_found') throw error;
  throw new CheckoutError('server_error', message, details, error);
}

/**
 * Asks the merchant's endpoint what became of a session. An unknown word is `open`, never paid.
 * @throws {CheckoutError} as every request; `not_found` where the handler knows no such session, or the token is wrong.
 */
export async function readStatus({
  endpoint,
  checkoutId,
  token,
  signal,
}: StatusRequest): Promise<StatusReading> {
  const url = new URL(endpointRoute(endpoint, 'status'));
  if (checkoutId) url.searchParams.set('id', checkoutId);
  url.searchParams.set('token', token);
  return requestJson(url.href, {}, readAnswer, signal).catch(rethrowUnlessNotMounted);
}

import {
  CheckoutError,
  closedReason,
  endpointRoute,
  sessionStatus,
  type ClosedReason,
  type SessionStatus,
} from '../core/index.js';
import { requestJson } from './request.js';
import type { JsonObject } from './response.js';

/** Names a session: by its id and status token, or by the return token alone. */
export interface StatusRequest {
  /** The absolute URL of the merchant's endpoint. */
  endpoint: string;
  checkoutId?: string;
  token: string;
  signal?: AbortSignal;
}

/** The status of a session. */
export interface StatusReading {
  checkoutId: string;
  status: SessionStatus;
  reason?: ClosedReason;
  /** The whole response: amounts, reference, date and receipt are not validated. */
  answer: JsonObject;
}

function readAnswer(answer: JsonObject): StatusReading {
  const { checkout_id, status, reason } = answer;
  const normalized = sessionStatus(status);
  return {
    checkoutId: typeof checkout_id === 'string' ? checkout_id : '',
    status: normalized,
    reason: normalized === 'expired' ? (closedReason(status) ?? closedReason(reason)) : undefined,
    answer,
  };
}

/**
 * Turns a 404 that the handler did not send into `server_error`, because it does not mean that the session does not exist. The
 * handler's own 404 has the code `not_found` in its body.
 */
function rethrowUnlessNotMounted(error: CheckoutError): never {
  const { code, message, details } = error;
  if (code !== 'not_found' || details.reason === 'not_found') throw error;
  throw new CheckoutError('server_error', message, details, error);
}

/**
 * Reads the status of a session from the merchant's endpoint. An unknown status is `open`, never `paid`.
 * @throws {CheckoutError} the errors of `requestJson`; `not_found` if the handler has no such session, or the token is wrong.
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

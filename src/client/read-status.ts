import { endpointRoute, sessionStatus, type ClosedReason, type SessionStatus } from '../core/index.js';
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

/**
 * Asks the merchant's endpoint what became of a session. An unknown word is `open`, never paid.
 * @throws {CheckoutError} as every request; `not_found` for an unknown session or a wrong token.
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
  const { checkout_id, status, reason } = await requestJson(url.href, {}, signal);
  const read = sessionStatus(status);
  return {
    checkoutId: typeof checkout_id === 'string' ? checkout_id : '',
    reason: read.status === 'expired' ? sessionStatus(reason).reason : undefined,
    ...read,
  };
}

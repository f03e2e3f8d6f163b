/** The status of a checkout session, as the provider's API names it. */
export type SessionStatus = 'open' | 'paid' | 'expired';

/** Why a session ended before its time. */
export type ClosedReason = 'failed' | 'cancelled' | 'refunded';

/**
 * Reads a session status in every spelling of the versions of the provider's API. An unknown status is `open`, and so never
 * `paid`.
 */
export function sessionStatus(value: unknown): { status: SessionStatus; reason?: ClosedReason } {
  const text = typeof value === 'string' ? value.toLowerCase() : '';
  if (/^(paid|completed?)$/.test(text)) return { status: 'paid' };
  const closed = /^(expired|failed|cancell?ed|refunded)$/.exec(text)?.[0];
  if (!closed) return { status: 'open' };
  if (closed === 'expired') return { status: closed };
  return { status: 'expired', reason: closed.replace('celed', 'celled') as ClosedReason };
}

/** The status of a checkout session, as the provider's API names it. */
export type SessionStatus = 'open' | 'paid' | 'expired';

/** Why a session ended before its time. */
export type ClosedReason = 'failed' | 'cancelled' | 'refunded';

const textOf = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : '');

/**
 * Reads a session status in every spelling of the versions of the provider's API. An unknown status is `open`, and so never
 * `paid`.
 */
export function sessionStatus(value: unknown): SessionStatus {
  const text = textOf(value);
  if (/^(paid|completed?)$/.test(text)) return 'paid';
  return /^(expired|failed|cancell?ed|refunded)$/.test(text) ? 'expired' : 'open';
}

/** Reads why a session ended from its status, or from the reason beside it. Undefined for other values. */
export function closedReason(value: unknown): ClosedReason | undefined {
  const reason = /^(failed|cancell?ed|refunded)$/.exec(textOf(value))?.[0];
  return reason?.replace('celed', 'celled') as ClosedReason | undefined;
}

/** What has become of a checkout session, in the seed's three words. */
export type SessionStatus = 'open' | 'paid' | 'expired';

/** Why a session is over although its time had not passed. */
export type ClosedReason = 'failed' | 'cancelled' | 'refunded';

/**
 * Reads a session status in any spelling that the provider's versions use (the contract's table "session status").
 * Every unknown word is `open`, and so never paid.
 */
export function sessionStatus(word: unknown): { status: SessionStatus; reason?: ClosedReason } {
  const text = typeof word === 'string' ? word.toLowerCase() : '';
  if (/^(paid|completed?)$/.test(text)) return { status: 'paid' };
  const over = /^(expired|failed|cancell?ed|refunded)$/.exec(text)?.[0];
  if (!over) return { status: 'open' };
  if (over === 'expired') return { status: over };
  return { status: 'expired', reason: over.replace('celed', 'celled') as ClosedReason };
}

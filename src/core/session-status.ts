/** What has become of a checkout session, in the seed's three words. */
export type SessionStatus = 'open' | 'paid' | 'expired';

/** Why a session is over although its time had not passed. */
export type ClosedReason = 'failed' | 'cancelled' | 'refunded';

const WORDS: Record<string, [SessionStatus, ClosedReason?]> = {
  paid: ['paid'],
  complete: ['paid'],
  completed: ['paid'],
  expired: ['expired'],
  failed: ['expired', 'failed'],
  cancelled: ['expired', 'cancelled'],
  canceled: ['expired', 'cancelled'],
  refunded: ['expired', 'refunded'],
};

/**
 * Reads a session status in any spelling that the provider's versions use (the contract's table "session status").
 * Every unknown word is `open`, and so never paid.
 */
export function sessionStatus(word: unknown): { status: SessionStatus; reason?: ClosedReason } {
  const key = typeof word === 'string' ? word.toLowerCase() : '';
  const [status, reason] = Object.hasOwn(WORDS, key) ? WORDS[key]! : (['open'] as const);
  return reason ? { status, reason } : { status };
}

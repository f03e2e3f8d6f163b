/** The longest wait an answer can ask for that is passed on, in milliseconds. */
export const MAX_RETRY_AFTER_MS = 600_000;

/**
 * Reads a `Retry-After` header (RFC 9110 §10.2.3: whole seconds or an HTTP date) as milliseconds from `nowMs`,
 * between 0 and 600,000. Undefined when there is none or it cannot be read.
 */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (!header) return undefined;
  // Date.parse makes a year of "-5", "1e9" or "soon 1": a date has a weekday and a time. Of its three forms asctime names
  // no zone and would be read as local time, though all three mean GMT.
  const ms = /^\d+$/.test(header)
    ? +header * 1000
    : /^[A-Z][a-z]{2}.* \d\d:\d\d:\d\d/.test(header)
      ? Date.parse(header.replace(/ GMT$/, '') + ' GMT') - nowMs
      : NaN;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), MAX_RETRY_AFTER_MS);
}

/**
 * The wait before automatic retry `attempt` (0 is the first): 0.5 s doubled each time, at most 5 s, of which a random
 * half is taken away so that many pages do not return together. `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
  return Math.min(500 * 2 ** attempt, 5000) * (0.5 + random / 2);
}

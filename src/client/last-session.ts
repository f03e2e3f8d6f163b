import { toJson } from '../core/index.js';
import { dropKey } from './idempotency-key.js';
import { tabStorage } from './tab-storage.js';

const NAME = 'last';

/** What a return page needs to ask for the session that this tab left for. */
export interface LastSession {
  endpoint: string;
  checkoutId: string;
  statusToken: string;
  /** The idempotency key of its cart, and the name that it is kept under. */
  key: string;
  keyName: string;
}

/** Remembers the session that the page is being left for. */
export function rememberSession(session: LastSession): void {
  tabStorage.set(NAME, toJson(session));
}

/** The session that this tab left for last, if any. */
export function lastSession(): LastSession | undefined {
  try {
    return JSON.parse(tabStorage.get(NAME) ?? '') as LastSession;
  } catch {
    return undefined;
  }
}

/** Takes note that a session is over, unpaid: where this tab left for it, its cart gets a new key, and so a new session. */
export function endSession(checkoutId: string): void {
  const last = lastSession();
  if (last?.checkoutId === checkoutId) dropKey(last.keyName, last.key);
}

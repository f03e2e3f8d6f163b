import { toJson } from '../core/index.js';
import { dropKey } from './idempotency-key.js';
import { tabStorage } from './tab-storage.js';

const NAME = 'last';

/** The data that a return page needs to read the status of the session that this tab left for. */
export interface LastSession {
  endpoint: string;
  checkoutId: string;
  statusToken: string;
  /** The idempotency key of its cart, and the name that it is stored under. */
  key: string;
  keyName: string;
}

/** Stores the session that the tab is about to leave for. */
export function rememberSession(session: LastSession): void {
  tabStorage.set(NAME, toJson(session));
}

/** The last session that this tab left for, if any. */
export function lastSession(): LastSession | undefined {
  try {
    return JSON.parse(tabStorage.get(NAME) ?? '') as LastSession;
  } catch {
    return undefined;
  }
}

/** Handles a session that has ended without payment. If this tab left for it, its cart gets a new key and so a new session. */
export function endSession(checkoutId: string): void {
  const last = lastSession();
  if (last?.checkoutId === checkoutId) dropKey(last.keyName, last.key);
}

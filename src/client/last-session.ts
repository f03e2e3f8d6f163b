import { pageStore } from './page-store.js';

const NAME = 'last';

/** What a return page needs to ask for the session that this tab left for. */
export interface LastSession {
  endpoint: string;
  checkoutId: string;
  statusToken: string;
}

/** Remembers the session that the page is being left for. */
export function rememberSession(session: LastSession): void {
  pageStore.set(NAME, JSON.stringify(session));
}

/** The session that this tab left for last, if any. */
export function lastSession(): LastSession | undefined {
  try {
    return JSON.parse(pageStore.get(NAME) ?? '') as LastSession;
  } catch {
    return undefined;
  }
}

import { isServer } from './is-server.js';

/** What the page goes through; whether it is `persisted` is said where it comes back. */
export type PageEvent = Event & { persisted?: boolean };

/**
 * Who hears of what the page goes through. One listener of the page tells them all: with each further one a browser takes
 * longer to add the next, and a page may have a thousand buttons.
 */
export const subscribers = new Set<{ handlePageEvent(event: PageEvent): void }>();

if (!isServer)
  for (const type of ['DOMContentLoaded', 'pageshow', 'online'])
    addEventListener(type, (event) => {
      for (const listener of subscribers) listener.handlePageEvent(event);
    });

import { isServer } from './is-server.js';

/**
 * `DOMContentLoaded`, `pageshow` or `online`. A `pageshow` event is `persisted` when the page returns from the back/forward
 * cache.
 */
export type PageEvent = Event & { persisted?: boolean };

/**
 * The objects that receive the events of the page. One listener on the window serves them all: adding a listener takes a
 * browser longer the more there are, and a page may have a thousand buttons.
 */
export const subscribers = new Set<{ handlePageEvent(event: PageEvent): void }>();

if (!isServer)
  for (const type of ['DOMContentLoaded', 'pageshow', 'online'])
    addEventListener(type, (event) => {
      for (const subscriber of subscribers) subscriber.handlePageEvent(event);
    });

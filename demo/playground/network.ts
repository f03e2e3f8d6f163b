import { createSimulatedEndpoint } from './simulated-endpoint.js';
import type { Settings } from './settings.js';
import { ENDPOINT } from './snippets/snippet.js';

/** What is told of a request once it is answered. */
export interface Exchange {
  method: string;
  path: string;
  /** The answer's status, or why there is none. */
  outcome: number | string;
  idempotencyKey?: string;
  retryAfter?: string;
  code?: string;
}

/** Waits, until the time is over or the signal aborts. */
function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    });
  });
}

/**
 * Puts the simulated endpoint in the place of the network, for its own path alone, and tells of every exchange. The rest of
 * the page asks the network as before.
 */
export function simulateNetwork(settings: () => Settings, tell: (exchange: Exchange) => void): void {
  const endpoint = createSimulatedEndpoint({ settings, wait });
  const realFetch = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname: path } = new URL(request.url);
    if (origin !== location.origin || !path.startsWith(ENDPOINT)) return realFetch(input, init);
    const idempotencyKey = request.headers.get('idempotency-key') ?? undefined;
    const asked = { method: request.method, path, idempotencyKey };
    try {
      const response = await endpoint(request);
      const { code } = (await response.clone().json()) as { code?: string };
      tell({
        ...asked,
        outcome: response.status,
        code,
        retryAfter: response.headers.get('retry-after') ?? undefined,
      });
      return response;
    } catch (error) {
      tell({ ...asked, outcome: request.signal.aborted ? 'given up' : 'no answer' });
      throw error;
    }
  };
  Object.defineProperty(navigator, 'onLine', {
    configurable: true,
    get: () => settings().network !== 'offline',
  });
}

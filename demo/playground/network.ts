import { createSimulatedEndpoint } from './simulated-endpoint.js';
import type { Settings } from './settings.js';
import { ENDPOINT } from './snippets/snippet.js';

/** A request and its result, for the log. */
export interface Exchange {
  method: string;
  path: string;
  /** The status of the response, or why there is none. */
  outcome: number | string;
  idempotencyKey?: string;
  retryAfter?: string;
  code?: string;
}

/** Waits until the time is over. Rejects when the signal aborts. */
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
 * Answers requests to the endpoint's path from the simulated endpoint, and reports each of them. Other requests of the page use
 * the network.
 */
export function simulateNetwork(settings: () => Settings, report: (exchange: Exchange) => void): void {
  const endpoint = createSimulatedEndpoint({ settings, wait });
  const realFetch = globalThis.fetch.bind(globalThis);
  globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const { origin, pathname: path } = new URL(request.url);
    if (origin !== location.origin || !path.startsWith(ENDPOINT)) return realFetch(input, init);
    const idempotencyKey = request.headers.get('idempotency-key') ?? undefined;
    const exchange = { method: request.method, path, idempotencyKey };
    try {
      const response = await endpoint(request);
      const { code } = (await response.clone().json()) as { code?: string };
      report({
        ...exchange,
        outcome: response.status,
        code,
        retryAfter: response.headers.get('retry-after') ?? undefined,
      });
      return response;
    } catch (error) {
      report({ ...exchange, outcome: request.signal.aborted ? 'given up' : 'no answer' });
      throw error;
    }
  };
  Object.defineProperty(navigator, 'onLine', {
    configurable: true,
    get: () => settings().network !== 'offline',
  });
}

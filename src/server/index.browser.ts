import { BROWSER_REFUSAL } from './browser-refusal.js';
import type * as server from './index.js';

/** Throws when a browser bundle imports the server. The `browser` condition in package.json selects this file. */
function refuse(): typeof server {
  throw new TypeError(BROWSER_REFUSAL);
}

/** The names of the real entry point, so that the bundle builds and reports the error when it runs. */
export const {
  CartProblem,
  createCheckoutHandler,
  createMemoryStore,
  createProvider,
  createRedisStore,
  ProviderFailure,
  signWebhook,
  syncProducts,
  verifyAppProxy,
} = refuse();

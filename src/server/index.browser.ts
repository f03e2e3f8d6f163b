import { BROWSER_REFUSAL } from './browser-refusal.js';
import type * as door from './index.js';

/** Answers every import of the server door in a bundle for browsers: `exports` in package.json puts this file in its place. */
function refuse(): typeof door {
  throw new TypeError(BROWSER_REFUSAL);
}

/** The names of the real door, so that a bundle is made and says why it does not run. */
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

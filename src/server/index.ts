/** The merchant's backend: the handler for all requests of the elements, the provider's client, and the stores. */
export { verifyAppProxy, type AppProxyCall } from './app-proxy.js';
export { CartProblem } from './sessions/cart-problem.js';
export type { HandlerEvent, Route } from './events.js';
export type { Fulfilment } from './orders/fulfilment.js';
export { createCheckoutHandler, type CheckoutHandler } from './handler.js';
export type {
  CheckoutHandlerOptions,
  CreatedOrder,
  CreatedSession,
  HookContext,
  RateLimit,
  ReceiptOptions,
  ResolvedCheckout,
  UrlContext,
} from './options.js';
export { createProvider, type ProviderOptions } from './providers/gale/client.js';
export type {
  CallOptions,
  PaidEvent,
  Provider,
  WebhookFault,
  WebhookOptions,
  WebhookReading,
} from './providers/provider.js';
export {
  ProviderFailure,
  type ContractReason,
  type ProviderFailureDetails,
  type ProviderFailureKind,
} from './providers/provider-failure.js';
export { createRedisStore, type RedisClient, type RedisStoreOptions } from './stores/redis-store.js';
export { createMemoryStore, type MemoryStoreOptions } from './stores/memory-store.js';
export type { Store } from './stores/store.js';
export {
  syncProducts,
  type RefusedProduct,
  type SyncProductsOptions,
  type SyncProgress,
  type SyncReport,
} from './providers/sync-products.js';
export type { StoreOperation } from './stores/tolerant-store.js';
export { signWebhook } from '../contract/index.js';

export { CheckoutButton } from './button/checkout-button.js';
export { CheckoutStatus } from './status/checkout-status.js';
export { EligibilityBadge } from './badge/eligibility-badge.js';
export { warnIfTagTaken } from './shared/tag-conflict.js';
export {
  CheckoutErrorEvent,
  CheckoutPaidEvent,
  CheckoutSessionEvent,
  CheckoutStartEvent,
  CheckoutStateEvent,
  EligibilityEvent,
  type CheckoutEventMap,
  type LineSummary,
} from '../client/index.js';
export type { CartSource } from './shared/cart-source.js';
export type { Theme } from './shared/checkout-element.js';
export type { AssetsHolder, LazyModules } from './shared/lazy.js';
export type { DetailsStrings, ReceiptStrings, StatusStrings, Strings } from './locales/en.js';
export { EmptyRootElement } from './shared/render-root.js';

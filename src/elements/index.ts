export { CheckoutButton } from './checkout-button.js';
export { CheckoutStatus } from './checkout-status.js';
export { EligibilityBadge } from './eligibility-badge.js';
export { tellOwners } from './owners.js';
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
export type { CartSource } from './cart-source.js';
export type { AssetsHolder, LazyModules } from './lazy.js';
export type { DetailsStrings, StatusStrings, Strings } from './locales/en.js';

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
export type { DetailsStrings } from './details-strings.js';
export type { AssetsHolder, LazyModules } from './lazy.js';
export type { Strings } from './strings.js';
export type { StatusStrings } from './status-strings.js';

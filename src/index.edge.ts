/*
 * The elements' doors on servers whose bundlers ask for the build for browsers all the same: workerd, and edge runtimes. There
 * Lit would look for a DOM as soon as it is imported. Nothing can be rendered there but the tags, which needs no class.
 */

export { CheckoutError, toCents } from './core/index.js';
export {
  CheckoutErrorEvent,
  CheckoutPaidEvent,
  CheckoutSessionEvent,
  CheckoutStartEvent,
  CheckoutStateEvent,
  EligibilityEvent,
} from './client/index.js';

/* eslint-disable @typescript-eslint/no-extraneous-class -- They stand for the elements' classes, whose names are imported. */

/** Stands for the class of `<hsa-checkout-button>`. */
export class CheckoutButton {}
/** Stands for the class of `<hsa-checkout-status>`. */
export class CheckoutStatus {}
/** Stands for the class of `<hsa-eligibility-badge>`. */
export class EligibilityBadge {}

/*
 * The entry point of the elements for workerd and edge runtimes, whose bundlers select browser builds. Importing Lit's browser
 * build there would fail, because it needs a DOM. Only the tags are rendered there, which needs no classes.
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

/* eslint-disable @typescript-eslint/no-extraneous-class -- Placeholders for the elements' classes, whose names are imported. */

/** Placeholder for the class of `<hsa-checkout-button>`. */
export class CheckoutButton {}
/** Placeholder for the class of `<hsa-checkout-status>`. */
export class CheckoutStatus {}
/** Placeholder for the class of `<hsa-eligibility-badge>`. */
export class EligibilityBadge {}

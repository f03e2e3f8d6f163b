/*
 * The entry point of the elements for workerd and other edge runtimes. These have no DOM, but their bundlers select browser
 * builds, and Lit's browser build cannot be imported without a DOM. A server on such a runtime renders only the tags, for which
 * it needs no classes.
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

/* eslint-disable @typescript-eslint/no-extraneous-class -- Bundlers require the names that pages import. */

/**
 * Empty class, so that bundlers for edge runtimes find this import. Without a DOM there is no `<hsa-checkout-button>` element.
 */
export class CheckoutButton {}
/**
 * Empty class, so that bundlers for edge runtimes find this import. Without a DOM there is no `<hsa-checkout-status>` element.
 */
export class CheckoutStatus {}
/**
 * Empty class, so that bundlers for edge runtimes find this import. Without a DOM there is no `<hsa-eligibility-badge>`
 * element.
 */
export class EligibilityBadge {}

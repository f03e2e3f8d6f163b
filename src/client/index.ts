export { Checkout, type PriceIncrease } from './checkout.js';
export type { CheckoutHost, DetailsDialog, Purchase } from './checkout-host.js';
export { createSession, type Session, type SessionRequest } from './create-session.js';
export { requestEligibility, type EligibilityOptions } from './eligibility.js';
export {
  CheckoutErrorEvent,
  CheckoutPaidEvent,
  CheckoutSessionEvent,
  CheckoutStartEvent,
  CheckoutStateEvent,
  createErrorEvent,
  EligibilityEvent,
  type CheckoutEventMap,
  type LineSummary,
} from './events.js';
export { warmUp } from './idempotency-key.js';
export { runInSlices } from './scheduler.js';
export { endSession, lastSession, rememberSession, type LastSession } from './last-session.js';
export type { JsonObject } from './response.js';
export { tabStorage } from './tab-storage.js';
export { readStatus, type StatusReading, type StatusRequest } from './read-status.js';

export { BUTTON_TRANSITIONS, nextState, type ButtonEvent, type ButtonState } from './button-state.js';
export { checkoutUrl, isLocalHost } from './checkout-url.js';
export { endpointRoute, endpointUrl } from './endpoint-url.js';
export {
  cartEligibility,
  lineEligibility,
  displayedEligibility,
  type CartEligibility,
  type Eligibility,
  type LineEligibility,
} from './eligibility.js';
export {
  cartError,
  CheckoutError,
  type CheckoutErrorCode,
  type CheckoutErrorDetails,
  type Violation,
} from './errors.js';
export { fingerprint } from './fingerprint.js';
export { toHex } from './hex.js';
export { toJson } from './json.js';
export { isCents, toCents } from './money.js';
export { nodeRequestIn } from './node-request.js';
export { errorCodeFor, PROBLEM_STATUS, type ProblemCode } from './problems.js';
export {
  BODY_READ_BEFORE,
  CALLER_UNKNOWN,
  CLOCKS_APART,
  hostNotListed,
  nothingListens,
  notMounted,
  originNotListed,
  describeProblem,
  wrongSecret,
  type SetupProblem,
} from './setup-problems.js';
export {
  backoffMs,
  endpointRetryMs,
  isTransientSyncFailure,
  MAX_RETRY_AFTER_MS,
  productSyncRetryMs,
  productSyncWaitMs,
  providerRetryMs,
  reportedWaitMs,
  retryAfterMs,
  shopCartRetryMs,
} from './retry-policy.js';
export { isShopperField, shopperFields } from './shopper-fields.js';
export { closedReason, sessionStatus, type ClosedReason, type SessionStatus } from './session-status.js';
export { parseUrl } from './parse-url.js';

/** The wire format: zod schemas, and the types inferred from them. */
export type {
  EligibilityAnswer,
  ProblemAnswer,
  Receipt,
  ReceiptItem,
  SessionAnswer,
  StatusAnswer,
} from './answers.js';
export { MAX_LINES, MAX_QUANTITY } from './fields.js';
export { hmacSha256, isHmacSha256 } from './hmac.js';
export { OrderCreatedEvent } from './order-created.js';
export { Product, ProductPage, SyncedProduct } from './product.js';
export { productEligibility } from './product-eligibility.js';
export { ProviderError } from './provider-error.js';
export { Address, CheckoutCart, CheckoutRequest, Customer, LineItem, Metadata, WebUrl } from './request.js';
export { Amounts, CheckoutSession, CheckoutType, SessionState, SessionStatus } from './session.js';
export { validate, type Checked } from './violations.js';
export {
  findSignatureFault,
  isSignedWebhook,
  SIGNATURE_MISSING,
  signWebhook,
  WEBHOOK_TOLERANCE_S,
  type SignatureFault,
} from './webhook-signature.js';
export {
  cartEligibility,
  toCents,
  type CartEligibility,
  type Eligibility,
  type LineEligibility,
  type Violation,
} from '../core/index.js';

import './lit-globals.js';
import { CheckoutButton, EligibilityBadge, warnIfTagTaken } from './elements/index.js';

export { CheckoutError, toCents, type CheckoutErrorCode, type Violation } from './core/index.js';
export {
  CheckoutButton,
  CheckoutErrorEvent,
  CheckoutSessionEvent,
  CheckoutStartEvent,
  CheckoutStateEvent,
  EligibilityBadge,
  EligibilityEvent,
  type CartSource,
  type CheckoutEventMap,
  type DetailsStrings,
  type LineSummary,
  type Strings,
} from './elements/index.js';
export type { CheckoutCart } from './contract/check.js';

if (!customElements.get('hsa-checkout-button')) customElements.define('hsa-checkout-button', CheckoutButton);
if (!customElements.get('hsa-eligibility-badge'))
  customElements.define('hsa-eligibility-badge', EligibilityBadge);
warnIfTagTaken('hsa-checkout-button', 'hsa-eligibility-badge');

declare global {
  interface HTMLElementTagNameMap {
    'hsa-checkout-button': CheckoutButton;
    'hsa-eligibility-badge': EligibilityBadge;
  }
}

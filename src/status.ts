import './lit-globals.js';
import { CheckoutStatus, warnIfTagTaken } from './elements/index.js';

export {
  CheckoutErrorEvent,
  CheckoutPaidEvent,
  CheckoutStatus,
  type ReceiptStrings,
  type StatusStrings,
} from './elements/index.js';

if (!customElements.get('hsa-checkout-status')) customElements.define('hsa-checkout-status', CheckoutStatus);
warnIfTagTaken('hsa-checkout-status');

declare global {
  interface HTMLElementTagNameMap {
    'hsa-checkout-status': CheckoutStatus;
  }
}

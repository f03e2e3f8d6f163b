/** The script-tag file: it registers the button and the badge, and exports nothing. */
import '../lit-globals.js';
import './share-lit.js';
import { CheckoutButton, EligibilityBadge, warnIfTagTaken } from '../elements/index.js';

if (!customElements.get('hsa-checkout-button')) customElements.define('hsa-checkout-button', CheckoutButton);
// In a separate task: a page may have a thousand badges, and defining the element upgrades all of them at once.
setTimeout(() => {
  if (!customElements.get('hsa-eligibility-badge'))
    customElements.define('hsa-eligibility-badge', EligibilityBadge);
  warnIfTagTaken('hsa-checkout-button', 'hsa-eligibility-badge');
});

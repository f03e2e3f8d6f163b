/** The script-tag file: it registers the button and the badge, and exports nothing. */
import { CheckoutButton, EligibilityBadge, tellOwners } from '../elements/index.js';

if (!customElements.get('hsa-checkout-button')) customElements.define('hsa-checkout-button', CheckoutButton);
// In a task of its own: a page may have a thousand badges, and the browser makes elements of them all in one go.
setTimeout(() => {
  if (!customElements.get('hsa-eligibility-badge'))
    customElements.define('hsa-eligibility-badge', EligibilityBadge);
  tellOwners('hsa-checkout-button', 'hsa-eligibility-badge');
});

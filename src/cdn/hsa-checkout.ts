/** The script-tag file: it registers the button and the badge, and exports nothing. */
import '../lit-globals.js';
import { adoptStyles, css, html, nothing } from 'lit';
import { CheckoutButton, EligibilityBadge, EmptyRootElement, warnIfTagTaken } from '../elements/index.js';
import { LIT } from './lit-key.js';

// If the page loads the script twice, the first copy registers the tags. Its lazy files need the same Lit, so a later copy does
// not replace it.
(globalThis as { [LIT]?: unknown })[LIT] ??= { adoptStyles, css, EmptyRootElement, html, nothing };

if (!customElements.get('hsa-checkout-button')) customElements.define('hsa-checkout-button', CheckoutButton);
// In a separate task: a page may have a thousand badges, and defining the element upgrades all of them at once.
setTimeout(() => {
  if (!customElements.get('hsa-eligibility-badge'))
    customElements.define('hsa-eligibility-badge', EligibilityBadge);
  warnIfTagTaken('hsa-checkout-button', 'hsa-eligibility-badge');
});

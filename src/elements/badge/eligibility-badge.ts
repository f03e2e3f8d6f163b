import { css, html, type PropertyDeclarations } from 'lit';
import { requestEligibility, runInSlices, type EligibilityOptions } from '../../client/index.js';
import type { CartEligibility, CheckoutError, Eligibility } from '../../core/index.js';
import { CartElement } from '../shared/cart-element.js';
import { readCart } from '../shared/cart-source.js';
import { resolveCartEligibility } from '../shared/cart-eligibility.js';
import { translationFor } from '../shared/language.js';
import { canLoadLazy, loadLazy } from '../shared/lazy.js';
import { readEndpoint } from '../shared/page-endpoint.js';
import { shared } from '../shared/styles.js';

/**
 * Styles of the "Learn more" button. It is 44 pixels high (WCAG 2.5.5); its negative margin keeps it from making the line of
 * text higher. When it has the focus it is drawn above its neighbours, so that these do not hide its focus ring (WCAG 2.4.12).
 */
const learnMoreStyles = css`
  button {
    min-width: 44px;
    min-height: 44px;
    margin-block: -13px;
    text-decoration: underline;
  }
  button:focus-visible {
    position: relative;
    z-index: 1;
  }
`;

/**
 * Shows whether HSA/FSA money can pay for one product (set `type`, or `product-id` and `endpoint`), or for which part of a cart
 * (set `cart`; the text states amounts if they are known). It is empty when the eligibility is unknown or `regular` (HSA/FSA
 * money pays for nothing), or when the request failed. The endpoint's responses are kept in the tab's session storage for five
 * minutes: the next page in the tab shows the stored eligibility at once, and requests it again.
 *
 * @csspart badge - The badge.
 * @csspart mark - The icon: a tick, a slice of a circle, or a card with a cross.
 * @csspart learn-more - The button that opens the explanation of HSA, FSA and the letter.
 * @cssprop --hsa-accent - Colour of the icon and of the focus ring.
 * @cssprop --hsa-font - `font` shorthand of the badge.
 * @fires {EligibilityEvent} hsa-eligibility - The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`,
 *   `totalCents`.
 */
export class EligibilityBadge extends CartElement {
  static override readonly styles = [shared, learnMoreStyles];
  static override readonly properties: PropertyDeclarations = {
    type: {},
    productId: { attribute: 'product-id' },
    learnMore: { type: Boolean, attribute: 'learn-more' },
  };

  /** The eligibility, when the page knows it: `eligible`, `lmn`, `split`, `regular` or `unknown`. */
  declare type?: Eligibility;
  /** Id of a product whose eligibility the endpoint knows. All badges of a page share one request. */
  declare productId?: string;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  declare learnMore?: boolean;

  /** Connects in time slices: defining the element upgrades all badges of a page in one task, which could block the page. */
  override connectedCallback(): void {
    runInSlices(() => this.isConnected && super.connectedCallback());
  }

  protected resolveEligibility(options: EligibilityOptions): Promise<CartEligibility> {
    return this.#requestEligibility(options).catch((error: unknown) => {
      // A cart function of the page may throw any value.
      const { code, message } = Object(error) as CheckoutError;
      // A failed badge is empty, so the console names the cause.
      if (code !== 'empty_cart') console.error(`<${this.localName}> ${message}`);
      return { eligibility: 'unknown' };
    });
  }

  protected override get displayed(): CartEligibility {
    return this.type ? { eligibility: this.type } : this.resolved;
  }

  protected content(): unknown {
    return this.badge(
      !!(this.type || this.productId),
      this.learnMore && canLoadLazy(this)
        ? html`<button
            part="learn-more"
            aria-haspopup="dialog"
            @click=${this.openLearnMore}
            @keydown=${stopActivationKeys}
          >
            ${this.texts.learnMore}
          </button>`
        : '',
    );
  }

  /** @internal Opens the dialog. If its file does not load, the badge does not change, and the next press tries again. */
  async openLearnMore(press: Event): Promise<void> {
    // A card or a link around the badge must not react to the press.
    press.stopPropagation();
    press.preventDefault();
    try {
      const { createLearnMore } = await loadLazy('learn-more', this);
      const dialog = createLearnMore({ ...translationFor(this.language)?.learnMore, ...this.strings });
      // The button can be pressed twice while the file loads, so an existing dialog is not added again. The dialog becomes a
      // child of the element with the `lang` of the texts, so that it has their language.
      if (!this.renderRoot.querySelector(dialog.localName))
        this.renderRoot.querySelector('div')!.append(dialog);
    } catch (error) {
      console.error(`<${this.localName}> learn-more did not load: ${String(error)}`);
    }
  }

  async #requestEligibility(options: EligibilityOptions): Promise<CartEligibility> {
    if (this.type) return { eligibility: this.type };
    const endpoint = this.endpoint && readEndpoint(this);
    if (!this.productId) return resolveCartEligibility(await readCart(this), endpoint, options);
    if (!endpoint) return { eligibility: 'unknown' };
    const eligibility = await requestEligibility(endpoint, this.productId, options);
    await new Promise<void>(runInSlices);
    return { eligibility };
  }
}

/**
 * Stops the propagation of Enter and Space, so that a clickable card around the badge does not react to them. Other keys, such
 * as Tab and Escape, still reach the page.
 */
function stopActivationKeys(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
}

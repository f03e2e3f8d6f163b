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
 * A target of 44 pixels (WCAG 2.5.5) that takes no more room than the words beside it. Its focus ring lies above a button that
 * stands close below (WCAG 2.4.12).
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
 * Says what HSA/FSA money can pay for: of one product (`type`, or `product-id` and `endpoint`) or of a cart (`.cart`, with
 * amounts). What is unknown, missing or failed shows nothing. What the endpoint answered on the page before shows at once for
 * five minutes, and is asked for again.
 *
 * @csspart badge - The badge.
 * @csspart mark - The mark: a tick, a part of a whole, or a card with a cross.
 * @csspart learn-more - The button that explains it.
 * @cssprop --hsa-accent - Colour of the mark, and the focus ring.
 * @cssprop --hsa-font - `font` shorthand of the badge.
 * @fires {EligibilityEvent} hsa-eligibility - What the badge says has changed. `eligibility`, `eligibleCents`, `totalCents`.
 */
export class EligibilityBadge extends CartElement {
  static override readonly styles = [shared, learnMoreStyles];
  static override readonly properties: PropertyDeclarations = {
    type: {},
    productId: { attribute: 'product-id' },
    learnMore: { type: Boolean, attribute: 'learn-more' },
  };

  /** What the page already knows: `eligible`, `lmn`, `split`, `regular` or `unknown`. */
  declare type?: Eligibility;
  /** The product to ask the endpoint for. All badges of a page ask together. */
  declare productId?: string;
  /** Adds a button that explains in a dialog what HSA, FSA and a Letter of Medical Necessity are. */
  declare learnMore?: boolean;

  /** A script that comes late defines all tags of a page in one go: there is no time for more than this. */
  override connectedCallback(): void {
    runInSlices(() => this.isConnected && super.connectedCallback());
  }

  protected resolveEligibility(asking: EligibilityOptions): Promise<CartEligibility> {
    return this.#find(asking).catch((error: unknown) => {
      // A page's cart function may throw anything.
      const { code, message } = Object(error) as CheckoutError;
      // Nobody sees a badge that is not there: a developer should not have to guess why.
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

  /** @internal Opens the dialog. Where it does not load, the badge stays as it is, and the next press tries again. */
  async openLearnMore(press: Event): Promise<void> {
    // A card around the badge would react to the press, and a link would be followed.
    press.stopPropagation();
    press.preventDefault();
    try {
      const { createLearnMore } = await loadLazy('learn-more', this);
      const dialog = createLearnMore({ ...translationFor(this.language)?.learnMore, ...this.strings });
      // Where the words' language is told. Two presses before it was there open one.
      if (!this.renderRoot.querySelector(dialog.localName))
        this.renderRoot.querySelector('div')!.append(dialog);
    } catch (error) {
      console.error(`<${this.localName}> learn-more did not load: ${String(error)}`);
    }
  }

  async #find(asking: EligibilityOptions): Promise<CartEligibility> {
    if (this.type) return { eligibility: this.type };
    const endpoint = this.endpoint && readEndpoint(this);
    if (!this.productId) return resolveCartEligibility(await readCart(this), endpoint, asking);
    if (!endpoint) return { eligibility: 'unknown' };
    const eligibility = await requestEligibility(endpoint, this.productId, asking);
    await new Promise<void>(runInSlices);
    return { eligibility };
  }
}

/** Keeps a press by key from a card around the badge. Other keys, such as Tab and Escape, reach the page. */
function stopActivationKeys(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
}

import { css, html, nothing, type PropertyDeclarations } from 'lit';
import { requestEligibility, runInSlices, type EligibilityOptions } from '../../client/index.js';
import type { CartEligibility, CheckoutError, Eligibility } from '../../core/index.js';
import { CartElement } from '../shared/cart-element.js';
import { readCart } from '../shared/cart-source.js';
import { resolveCartEligibility } from '../shared/cart-eligibility.js';
import { readEndpoint } from '../shared/page-endpoint.js';
import { shared } from '../shared/styles.js';

/** Styles of the variants. */
const variantStyles = css`
  :host(:is([variant='pill'], [variant='card'])) > div {
    display: inline-block;
    border: 1px solid color-mix(in srgb, currentColor 40%, #0000);
    border-radius: 1.2em;
    padding: 0.25em 0.75em;
  }
  :host([variant='card']) > div {
    display: block;
    border-radius: var(--hsa-radius, 8px);
    padding: 0.75em;
  }
  [part='badge'] {
    margin: 0;
  }
`;

/**
 * Shows whether HSA/FSA money can pay for one product (set `type`, or `product-id` and `endpoint`), or for which part of a cart
 * (set `cart`; each part of a mixed cart has a line with its amount, if the amounts are known). It is empty when the eligibility is unknown or `regular` (HSA/FSA
 * money pays for nothing), or when the request failed. The endpoint's responses are kept in the tab's session storage for five
 * minutes: the next page in the tab shows the stored eligibility at once, and requests it again.
 *
 * @slot explanation - Text below the badge, such as in a card. `docs/copy-rules.md` defines the claims that it may make.
 * @csspart badge - The badge.
 * @csspart mark - The icons: a tick, a letter, or a card for the part of another card.
 * @csspart line - A part of a mixed cart with its amount.
 * @csspart learn-more - The button that opens the explanation of HSA, FSA and the letter.
 * @cssprop --hsa-accent - Outer colour of the focus ring.
 * @cssprop --hsa-radius - Border radius of a card. Default: `8px`.
 * @cssprop --hsa-font - `font` shorthand of the badge.
 * @fires {EligibilityEvent} hsa-eligibility - The eligibility in the badge has changed. Fields: `eligibility`, `eligibleCents`,
 *   `totalCents`.
 */
export class EligibilityBadge extends CartElement {
  static override readonly styles = [shared, variantStyles];
  static override readonly properties: PropertyDeclarations = {
    type: {},
    productId: { attribute: 'product-id' },
    variant: { reflect: true },
  };

  /** The eligibility, when the page knows it: `eligible`, `lmn`, `split`, `regular` or `unknown`. */
  declare type?: Eligibility;
  /** Id of a product whose eligibility the endpoint knows. All badges of a page share one request. */
  declare productId?: string;
  /** The look: `plain` (default), `pill` with an edge, or `card` with a frame, which also holds the slot `explanation`. */
  declare variant?: 'plain' | 'pill' | 'card';

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
    const badge = this.renderBadge(!!(this.type || this.productId));
    return badge ? html`${badge}<slot name="explanation"></slot>` : nothing;
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

import type { PropertyDeclarations } from 'lit';
import { askEligibility } from '../client/index.js';
import type { CartEligibility, CheckoutError, Eligibility } from '../core/index.js';
import { badge } from './badge.js';
import { CartElement } from './cart-element.js';
import { readCart } from './cart-source.js';
import { cartWords } from './cart-words.js';
import { pageEndpoint } from './page-endpoint.js';
import { shared } from './styles.js';

/**
 * Says what HSA/FSA money can pay for: of one product (`type`, or `product-id` and `endpoint`) or of a cart (`.cart`, with
 * amounts). What is unknown, missing or failed shows nothing.
 *
 * @csspart badge - The badge.
 * @csspart mark - The mark, a card with a cross.
 * @cssprop --hsa-accent - Colour of the mark.
 * @cssprop --hsa-font - `font` shorthand of the badge.
 * @fires {EligibilityEvent} hsa-eligibility - What the badge says has changed.
 */
export class EligibilityBadge extends CartElement {
  static override readonly styles = shared;
  static override readonly properties: PropertyDeclarations = {
    type: {},
    productId: { attribute: 'product-id' },
  };

  /** What the page already knows: `eligible`, `lmn`, `split`, `regular` or `unknown`. */
  declare type?: Eligibility;
  /** The product to ask the endpoint for. All badges of a page ask together. */
  declare productId?: string;

  protected find(): Promise<CartEligibility> {
    return this.#find().catch((error: unknown) => {
      // A page's cart function may throw anything.
      const { code, message } = Object(error) as CheckoutError;
      // Nobody sees a badge that is not there: a developer should not have to guess why.
      if (code !== 'empty_cart') console.error(`<${this.localName}> ${message}`);
      return { eligibility: 'unknown' };
    });
  }

  protected override render() {
    return badge(this.claim(!this.cart && !this.cartJson));
  }

  async #find(): Promise<CartEligibility> {
    if (this.type) return { eligibility: this.type };
    const endpoint = this.endpoint && pageEndpoint(this);
    if (!this.productId) return cartWords(await readCart(this), endpoint);
    return { eligibility: endpoint ? await askEligibility(endpoint, this.productId) : 'unknown' };
  }
}

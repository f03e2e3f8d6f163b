import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { EligibilityEvent, type EligibilityOptions } from '../../client/index.js';
import { toJson, type CartEligibility } from '../../core/index.js';
import type { CartSource } from './cart-source.js';
import { CheckoutElement } from './checkout-element.js';
import { icon } from './icon.js';
import { isServer } from './is-server.js';
import { loadTranslation, translationFor } from './language.js';
import { canLoadLazy } from './lazy.js';
import { loadOptional } from './load-optional.js';
import {
  en,
  type DetailsStrings,
  type LearnMoreStrings,
  type MessageStrings,
  type Strings,
} from '../locales/en.js';
import { eligibilityFromMarkup } from './eligibility-from-markup.js';
import { renderLines } from './eligibility-lines.js';
import { eligibilityLines, eligibilityText } from './strings.js';

/**
 * Base class of the button and the badge: reads a cart or a product, resolves its eligibility, and renders the badge.
 *
 * @attr {string} cart - The cart as JSON. A `<script type="application/json">` child can hold it instead.
 */
export abstract class CartElement extends CheckoutElement {
  static override readonly shadowRootOptions = { mode: 'open' as const, delegatesFocus: true };
  static override readonly properties: PropertyDeclarations = {
    cart: { attribute: false },
    learnMore: { type: Boolean, attribute: 'learn-more' },
    /** @internal */
    cartJson: { attribute: 'cart' },
  };

  /**
   * The cart, or a function that returns the cart or a promise for it. The function is called when the element is connected, on
   * `refresh()` and on each press. A function that replaces another one is not called before the next of these moments. In
   * HTML, the attribute or a `<script type="application/json">` child holds the cart as JSON.
   */
  declare cart: CartSource;
  /** @internal */
  declare cartJson?: string;
  /** Adds a button that opens a dialog. It explains HSA, FSA and the Letter of Medical Necessity. */
  declare learnMore?: boolean;
  /**
   * Texts that replace the built-in ones, by key. They must not make stronger claims about eligibility or payment than the
   * built-in ones do.
   */
  declare strings?: Partial<Strings & DetailsStrings & LearnMoreStrings & MessageStrings>;

  /** The fields of the last `hsa-eligibility` event, as JSON. */
  #lastPublished = '';
  /** Whether the element has set its own `tabindex`. */
  #isTabStop = false;
  /** Sequence number of the last read that was started; 0 before the first. */
  #readSequence = 0;

  /** @internal The eligibility of the cart or the product. */
  protected resolved: CartEligibility = { eligibility: 'unknown' };
  /**
   * @internal Reads the cart or the product and resolves its eligibility. Undefined when the cart or the product could not be
   * read.
   */
  protected abstract resolveEligibility(options: EligibilityOptions): Promise<CartEligibility | undefined>;

  /** @internal The eligibility that the badge shows. */
  protected get displayed(): CartEligibility {
    return this.resolved;
  }

  /**
   * Reads the cart again and requests its eligibility again. Call it when the cart that a `cart` function returns has changed,
   * or when the eligibility of a product has changed on the server.
   */
  refresh(): Promise<void> {
    return this.read(true);
  }

  /** @internal Reads the cart and resolves its eligibility. Uses cached eligibility unless `refresh` is set. */
  protected async read(refresh?: boolean): Promise<void> {
    const sequence = ++this.#readSequence;
    void loadTranslation(this, this.language);
    const eligibility = await this.resolveEligibility({ refresh, onChange: () => void this.read() });
    // A later read has started, so this result is stale.
    if (sequence !== this.#readSequence) return;
    this.resolved = eligibility ?? { eligibility: 'unknown' };
    this.publish();
  }

  /** @internal Renders the eligibility, and fires `hsa-eligibility` if it has changed. */
  protected publish(_?: unknown): void {
    this.requestUpdate();
    const { eligibility, eligibleCents, totalCents } = this.displayed;
    const fields = { eligibility, eligibleCents, totalCents };
    const json = toJson(fields);
    if (json !== this.#lastPublished) this.dispatchEvent(new EligibilityEvent('hsa-eligibility', fields));
    this.#lastPublished = json;
  }

  /** @internal The content of the shadow root; `nothing` hides the element. */
  protected abstract content(): unknown;

  protected override render(): unknown {
    if (isServer) this.resolved = eligibilityFromMarkup(this);
    const content = this.content();
    return content === nothing
      ? content
      : html`<div lang=${this.textLang} dir=${this.textDir}>${content}</div>`;
  }

  protected override updated(changed: PropertyValues): void {
    this.#setTabStop();
    // A new function does not mean a new cart, because frameworks create a new function at every render. So it causes no read.
    if (typeof this.cart === 'function' && typeof changed.get('cart') === 'function') changed.delete('cart');
    if (
      !this.#readSequence ||
      ['endpoint', 'cart', 'cartJson', 'eligibility', 'type', 'productId'].some((name) => changed.has(name))
    )
      void this.read();
    else if (changed.has('locale') || changed.has('assets')) void loadTranslation(this, this.language);
  }

  /**
   * Focus traps find focusable elements by a selector, which does not match inside shadow roots. `tabindex` lets them find the
   * element, and `delegatesFocus` passes the focus to its control. Without an enabled control the attribute is removed, because
   * the element itself would get the focus.
   */
  #setTabStop(): void {
    if (this.renderRoot.querySelector('button:enabled,a')) {
      // A page that morphs its DOM to new markup may have removed the attribute, so it is set again.
      if (this.hasAttribute('tabindex')) return;
      this.#isTabStop = true;
      this.tabIndex = 0;
    } else if (this.#isTabStop) {
      this.#isTabStop = false;
      this.removeAttribute('tabindex');
    }
  }

  /** @internal */
  protected get texts(): Strings {
    return { ...en, ...translationFor(this.language)?.strings, ...this.strings };
  }

  /**
   * @internal Renders the icon and the text of the eligibility, or a line with an amount for each part of a mixed cart.
   * `isProduct` selects the text for one product. Empty when there is no text.
   */
  protected renderBadge(isProduct?: boolean): unknown {
    const { displayed, texts } = this;
    const lines = eligibilityLines(texts, displayed);
    const text = eligibilityText(texts, displayed, isProduct);
    if (!text && !lines.length) return '';
    const content = lines.length
      ? renderLines(lines, this.textLanguage)
      : html`${icon(displayed.eligibility)}<span>${text}</span>`;
    return html`<div part="badge">
      <div id="badge">${content}</div>
      ${this.#learnMoreButton()}
    </div>`;
  }

  #learnMoreButton(): unknown {
    return this.learnMore && canLoadLazy(this)
      ? html`<button
          part="learn-more"
          aria-haspopup="dialog"
          @click=${this.openLearnMore}
          @keydown=${stopActivationKeys}
        >
          ${this.texts.learnMore}
        </button>`
      : '';
  }

  /** @internal Opens the dialog. If its file does not load, the badge does not change, and the next press tries again. */
  async openLearnMore(press: Event): Promise<void> {
    // A card or a link around the badge must not react to the press.
    press.stopPropagation();
    press.preventDefault();
    const module = await loadOptional('learn-more', this);
    const texts = { ...translationFor(this.language)?.learnMore, ...this.strings };
    const dialog = module?.createLearnMore(texts);
    // The button can be pressed twice while the file loads, so an existing dialog is not added again. The dialog becomes a
    // child of the element with the `lang` of the texts, so that it has their language.
    if (dialog && !this.renderRoot.querySelector(dialog.localName))
      this.renderRoot.querySelector('div')!.append(dialog);
  }
}

/**
 * Stops the propagation of Enter and Space, so that a clickable card around the badge does not react to them. Other keys, such
 * as Tab and Escape, still reach the page.
 */
function stopActivationKeys(event: KeyboardEvent): void {
  if (event.key === 'Enter' || event.key === ' ') event.stopPropagation();
}

import { html, nothing, type PropertyDeclarations, type PropertyValues } from 'lit';
import { EligibilityEvent, type EligibilityOptions } from '../../client/index.js';
import { toJson, type CartEligibility } from '../../core/index.js';
import { VERSION } from '../../version.js';
import { badge } from './badge.js';
import type { CartSource } from './cart-source.js';
import { isServer } from './is-server.js';
import {
  subscribeToLang,
  langIfNotPageLang,
  loadTranslation,
  nearestLang,
  translationFor,
  unsubscribeFromLang,
} from './language.js';
import { en, type DetailsStrings, type LearnMoreStrings, type Strings } from '../locales/en.js';
import { EmptyRootElement } from './render-root.js';
import { eligibilityFromMarkup } from './eligibility-from-markup.js';
import { eligibilityText, formatAmounts } from './strings.js';

/**
 * What the button and the badge have in common: a cart or a product, and what may be said of it.
 *
 * @attr {string} cart - The cart as JSON. It may also stand in a `<script type="application/json">` child.
 */
export abstract class CartElement extends EmptyRootElement {
  /** The version of the package. */
  static readonly version: string = VERSION;
  static override readonly shadowRootOptions = { mode: 'open' as const, delegatesFocus: true };
  static override readonly properties: PropertyDeclarations = {
    endpoint: {},
    cart: { attribute: false },
    /** @internal */
    cartJson: { attribute: 'cart' },
    // React and Vue set properties; the style sheet reads the attribute.
    theme: { reflect: true },
    locale: {},
    assets: {},
    strings: { attribute: false },
  };

  /** URL of the checkout handler: https, or http on localhost or where the page itself is http and of the same origin. */
  declare endpoint?: string;
  /**
   * The cart, or a function that returns it or a promise of it. The function is called when the element is connected, by
   * `refresh()` and at a press; another function in its place is called from then on, not at once. In the attribute, or in a
   * `<script type="application/json">` child, as JSON.
   */
  declare cart: CartSource;
  /** @internal */
  declare cartJson?: string;
  /** Colours for a `light` or `dark` page, `outline` for none; by default those of the page's `color-scheme`. */
  declare theme?: 'auto' | 'light' | 'dark' | 'outline';
  /** BCP 47 language of words and amounts. Default: the nearest `lang`, outside of shadow roots too. */
  declare locale?: string;
  /**
   * URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder that the script came from. Needed where the script is inlined in the page or joined into another file. The npm
   * build ignores it: a bundler knows where its files are.
   */
  declare assets?: string;
  /** Words to use instead of the shipped ones, by key. They must not claim more. */
  declare strings?: Partial<Strings & DetailsStrings & LearnMoreStrings>;

  #lastPublished = '';
  #isTabStop = false;
  #reading = 0;

  /** @internal What is known of the cart or the product. */
  protected resolved: CartEligibility = { eligibility: 'unknown' };
  /** @internal Reads the cart or the product anew; nothing where that could not be done. */
  protected abstract resolveEligibility(asking: EligibilityOptions): Promise<CartEligibility | undefined>;

  /** @internal What is known, as it is shown. */
  protected get displayed(): CartEligibility {
    return this.resolved;
  }

  /**
   * Reads the cart again, and asks for its eligibility anew. Call it when a cart function would return something new, or when
   * what the endpoint says of a product has changed.
   */
  refresh(): Promise<void> {
    return this.read(true);
  }

  /** @internal Reads the cart, and its eligibility where that is not known yet. */
  protected async read(isAnew?: boolean): Promise<void> {
    const reading = ++this.#reading;
    void loadTranslation(this, this.language);
    const known = await this.resolveEligibility({ refresh: isAnew, onChange: () => void this.read() });
    // A later reading makes this one stale.
    if (reading !== this.#reading) return;
    this.resolved = known ?? { eligibility: 'unknown' };
    this.publish();
  }

  /** @internal Shows what is known, and fires if that changed. */
  protected publish(_?: unknown): void {
    this.requestUpdate();
    const { eligibility, eligibleCents, totalCents } = this.displayed;
    const fields = { eligibility, eligibleCents, totalCents };
    const told = toJson(fields);
    if (told !== this.#lastPublished) this.dispatchEvent(new EligibilityEvent('hsa-eligibility', fields));
    this.#lastPublished = told;
  }

  /** @internal What is shown. */
  protected abstract content(): unknown;

  protected override render(): unknown {
    if (isServer) this.resolved = eligibilityFromMarkup(this);
    // A page's own words are in the page's language, or say themselves what they are in.
    const lang = this.strings ? nothing : langIfNotPageLang(this, this.language);
    // All shipped words read from the left, also on a page that does not.
    const dir = lang === nothing ? lang : 'ltr';
    const content = this.content();
    return content === nothing ? content : html`<div lang=${lang} dir=${dir}>${content}</div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    subscribeToLang(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    unsubscribeFromLang(this);
  }

  protected override updated(changed: PropertyValues): void {
    this.#setTabStop();
    // A new function does not mean a new cart: frameworks create one at every render.
    if (typeof this.cart === 'function' && typeof changed.get('cart') === 'function') changed.delete('cart');
    if (
      !this.#reading ||
      ['endpoint', 'cart', 'cartJson', 'eligibility', 'type', 'productId'].some((name) => changed.has(name))
    )
      void this.read();
    else if (changed.has('locale') || changed.has('assets')) void loadTranslation(this, this.language);
  }

  /**
   * Focus traps find focusable elements by selector, which does not see into shadow roots: `tabindex` puts the element on their
   * list, and `delegatesFocus` passes the focus to the control. Without a usable control, the element itself would get the focus.
   */
  #setTabStop(): void {
    if (this.renderRoot.querySelector('button:enabled,a')) {
      // A page that morphs its markup removes the attribute.
      if (this.hasAttribute('tabindex')) return;
      this.#isTabStop = true;
      this.tabIndex = 0;
    } else if (this.#isTabStop) {
      this.#isTabStop = false;
      this.removeAttribute('tabindex');
    }
  }

  /** @internal */
  protected get language(): string {
    return this.locale || nearestLang(this);
  }

  /** @internal */
  protected get texts(): Strings {
    return { ...en, ...translationFor(this.language)?.strings, ...this.strings };
  }

  /** @internal A text with its amounts filled in. */
  protected fillAmounts(text: string, cents: Parameters<typeof formatAmounts>[1]): string {
    return formatAmounts(text, cents, this.language);
  }

  /** @internal The badge, with more behind its words; `isProduct` for those of one product. */
  protected badge(isProduct?: boolean, more?: unknown): unknown {
    const { displayed } = this;
    return badge(
      displayed.eligibility,
      this.fillAmounts(eligibilityText(this.texts, displayed, isProduct), displayed),
      more,
    );
  }
}

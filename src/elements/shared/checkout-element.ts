import { nothing, type PropertyDeclarations } from 'lit';
import { VERSION } from '../../version.js';
import {
  langIfNotPageLang,
  nearestLang,
  subscribeToLang,
  translationFor,
  unsubscribeFromLang,
} from './language.js';
import { EmptyRootElement } from './render-root.js';

/** The values of the `theme` attribute. */
export type Theme = 'auto' | 'light' | 'dark' | 'outline';

/** Base class of all elements: the endpoint, the theme and the language. */
export abstract class CheckoutElement extends EmptyRootElement {
  /** The version of the package. */
  static readonly version: string = VERSION;
  static override readonly properties: PropertyDeclarations = {
    endpoint: {},
    // React and Vue set the property, but the style sheet reads the attribute, so the property is reflected.
    theme: { reflect: true },
    locale: {},
    assets: {},
    strings: { attribute: false },
  };

  /**
   * URL of the checkout handler, absolute or relative to the page. It must be https; http is accepted on localhost, and on the
   * page's own origin.
   */
  declare endpoint?: string;
  /**
   * Colours: `auto` (default) follows the page's `color-scheme`; `light`; `dark`; `outline` has no fill and the text colour of
   * the page.
   */
  declare theme?: Theme;
  /**
   * BCP 47 language tag for texts and amounts. Default: the nearest `lang` attribute around the element, across shadow roots.
   */
  declare locale?: string;
  /**
   * URL of the folder with the lazy files of the script-tag build, on the origin of the page or of the script. Default: the
   * folder of the script. Set it when the script is inlined in the page or bundled into another file. The npm build ignores
   * it, because a bundler resolves the files.
   */
  declare assets?: string;

  override connectedCallback(): void {
    super.connectedCallback();
    subscribeToLang(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    unsubscribeFromLang(this);
  }

  /** @internal */
  protected get language(): string {
    return this.locale || nearestLang(this);
  }

  /** @internal The language of amounts and waits: that of the texts, also while a page has a language without texts. */
  protected get textLanguage(): string {
    const { language } = this;
    return (this as { strings?: object }).strings ||
      translationFor(language) ||
      /^en(?![a-z])/i.test(language)
      ? language
      : 'en';
  }

  /** @internal The `lang` of the texts when it is not the page's. Texts from `strings` are in the page's language. */
  protected get textLang(): string | typeof nothing {
    // Each element declares `strings` with a type of its own.
    return (this as { strings?: object }).strings ? nothing : langIfNotPageLang(this, this.language);
  }

  /**
   * @internal The `dir` of texts in another language than the page's, which may be right-to-left: all built-in languages are
   * left-to-right.
   */
  protected get textDir(): string | typeof nothing {
    return this.textLang === nothing ? nothing : 'ltr';
  }
}

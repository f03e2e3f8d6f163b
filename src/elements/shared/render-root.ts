import { adoptStyles, LitElement, type CSSResult, type CSSResultOrNative } from 'lit';

/** Gives a root its style sheets, which must be made for its own document. A document without a window shows nothing. */
function adoptInto(root: ShadowRoot, styles: CSSResultOrNative[]): void {
  const { ownerDocument } = root;
  if (ownerDocument === document) return adoptStyles(root, styles);
  const page = ownerDocument.defaultView as typeof globalThis | null;
  if (!page) return;
  root.adoptedStyleSheets = styles.map((style) => {
    const sheet = new page.CSSStyleSheet();
    sheet.replaceSync((style as CSSResult).cssText);
    return sheet;
  });
}

/**
 * An element whose root is empty at first, also where a server has declared one with content. What a server has rendered is
 * rendered anew rather than hydrated, before anybody sees the difference: here the nearest `lang`, and so the words, may be
 * other ones, and Lit takes over what it finds without a look.
 */
export class EmptyRootElement extends LitElement {
  protected override createRenderRoot(): ShadowRoot {
    const { elementStyles, shadowRootOptions } = this.constructor as typeof LitElement;
    if (this.shadowRoot?.activeElement) void this.updateComplete.then(() => this.focus());
    // Where there is a declared root, this empties and returns that one.
    const root = this.attachShadow(shadowRootOptions);
    adoptInto(root, elementStyles);
    return root;
  }

  /** A root that moves to another document, such as a frame's, loses its style sheets. */
  adoptedCallback(): void {
    if (this.shadowRoot) adoptInto(this.shadowRoot, (this.constructor as typeof LitElement).elementStyles);
  }
}

import { adoptStyles, LitElement, type CSSResult, type CSSResultOrNative } from 'lit';

/**
 * Adopts style sheets. A sheet must be constructed in the document of the root, so a root in another document, such as a
 * frame's, gets copies. A document without a window is never rendered, so a root in it gets none.
 */
function adoptInto(root: ShadowRoot, styles: CSSResultOrNative[]): void {
  const { ownerDocument } = root;
  if (ownerDocument === document) return adoptStyles(root, styles);
  const view = ownerDocument.defaultView as typeof globalThis | null;
  if (!view) return;
  root.adoptedStyleSheets = styles.map((style) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync((style as CSSResult).cssText);
    return sheet;
  });
}

/**
 * An element whose shadow root starts empty, also when server-rendered markup declares one with content. The content is
 * rendered again instead of hydrated, before the next paint: Lit's hydration does not compare values, and the nearest `lang`,
 * and with it the texts, may differ from the server's.
 */
export class EmptyRootElement extends LitElement {
  protected override createRenderRoot(): ShadowRoot {
    const { elementStyles, shadowRootOptions } = this.constructor as typeof LitElement;
    if (this.shadowRoot?.activeElement) void this.updateComplete.then(() => this.focus());
    // `attachShadow` returns the declarative shadow root, if there is one, and empties it.
    const root = this.attachShadow(shadowRootOptions);
    adoptInto(root, elementStyles);
    return root;
  }

  /** A shadow root loses its adopted style sheets when it moves to another document, such as a frame's. */
  adoptedCallback(): void {
    if (this.shadowRoot) adoptInto(this.shadowRoot, (this.constructor as typeof LitElement).elementStyles);
  }
}

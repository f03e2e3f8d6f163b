import { adoptStyles, LitElement } from 'lit';

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
    adoptStyles(root, elementStyles);
    return root;
  }
}

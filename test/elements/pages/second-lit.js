// An element of another library, with its own copy of Lit.
import { html, LitElement } from 'lit';

class OtherElement extends LitElement {
  /** @override */
  render() {
    return html`<p>from another copy of Lit</p>`;
  }
}
customElements.define('other-element', OtherElement);
document.documentElement.append(document.createElement('other-element'));

// Another library's element on this page, on a copy of Lit of its own.
import { html, LitElement } from 'lit';

class OtherElement extends LitElement {
  /** @override */
  render() {
    return html`<p>from another copy of Lit</p>`;
  }
}
customElements.define('other-element', OtherElement);
document.documentElement.append(document.createElement('other-element'));

import { html, LitElement } from 'lit';

/** The smallest use of Lit: an element with a button. */
class PayButton extends LitElement {
  protected override render() {
    return html`<button>Pay</button>`;
  }
}
customElements.define('pay-button', PayButton);

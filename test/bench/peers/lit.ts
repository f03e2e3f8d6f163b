import { html, LitElement } from 'lit';

/** The least that Lit can be: one element that shows one button. */
class PayButton extends LitElement {
  protected override render() {
    return html`<button>Pay</button>`;
  }
}
customElements.define('pay-button', PayButton);

import { css, html } from 'lit';
import { closeModal, openModal } from '../shared/dialog-events.js';
import { dialogStyles } from '../shared/dialog-styles.js';
import { learnMoreEn, type LearnMoreStrings } from '../locales/en.js';
import { EmptyRootElement } from '../shared/render-root.js';

const TAG = 'hsa-learn-more';

/** The "Learn more" dialog. It opens when it is inserted, and removes itself when it is closed. */
class LearnMore extends EmptyRootElement {
  static override readonly styles = [
    dialogStyles,
    css`
      h2 ~ p {
        margin-top: 0.75em;
      }
    `,
  ];

  static override readonly properties = { strings: { attribute: false } };
  declare strings: LearnMoreStrings;

  override render() {
    const { learnTitle, learnAccounts, learnLetter, learnSplit, learnDecides, learnClose } = this.strings;
    return html`<dialog aria-labelledby="title" @close=${this.remove}>
      <h2 id="title">${learnTitle}</h2>
      <p>${learnAccounts}</p>
      <p>${learnLetter}</p>
      <p>${learnSplit}</p>
      <p>${learnDecides}</p>
      <div class="actions"><button type="button" @click=${this.#close}>${learnClose}</button></div>
    </dialog>`;
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  readonly #close = () => {
    const dialog = this.renderRoot.querySelector('dialog');
    if (dialog) closeModal(dialog);
  };

  override firstUpdated() {
    // The dialog is modal, so the browser returns the focus when it closes.
    openModal(this.renderRoot.querySelector('dialog')!);
  }
}

if (!customElements.get(TAG)) customElements.define(TAG, LearnMore);

/** Creates the "Learn more" dialog; inserting the element opens it. English is the default for missing texts. */
export function createLearnMore(strings: Partial<LearnMoreStrings>): HTMLElement {
  return Object.assign(document.createElement(TAG) as LearnMore, { strings: { ...learnMoreEn, ...strings } });
}

import { css, html } from 'lit';
import { closeModal, openModal } from './dialog-events.js';
import { dialogStyles } from './dialog-styles.js';
import { EmptyRootElement } from './render-root.js';

/** What the badge's words mean, in English. */
export const learnMoreEn = {
  learnTitle: 'About paying with HSA/FSA',
  learnAccounts:
    'A health savings account (HSA) and a flexible spending account (FSA) are for medical care: to diagnose, treat or prevent a condition. General wellness is not medical care.',
  learnLetter:
    'Some items may be eligible only with a Letter of Medical Necessity, in which a licensed practitioner says why you need them for a medical condition.',
  learnSplit:
    'When your cart holds other items too, the eligible part may be paid with HSA/FSA. You use another card for the rest.',
  learnDecides: 'Not tax advice. Your plan administrator decides.',
  learnClose: 'Close',
};

/** Every text of the dialog behind "Learn more". Replace any of them with `.strings`. */
export type LearnMoreStrings = typeof learnMoreEn;

const TAG = 'hsa-learn-more';

/** The dialog behind "Learn more". It opens when it is inserted, and removes itself when it is closed. */
class LearnMore extends EmptyRootElement {
  static override readonly styles = [
    dialogStyles,
    css`
      h2 ~ p {
        margin-top: 0.75em;
      }
    `,
  ];

  static override readonly properties = { words: { attribute: false } };
  declare words: LearnMoreStrings;

  override render() {
    const { learnTitle, learnAccounts, learnLetter, learnSplit, learnDecides, learnClose } = this.words;
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
    // A modal dialog returns the focus to where it was when it closes.
    openModal(this.renderRoot.querySelector('dialog')!);
  }
}

if (!customElements.get(TAG)) customElements.define(TAG, LearnMore);

/** Creates the dialog behind "Learn more", to be inserted where it is to open. */
export function createLearnMore(words: LearnMoreStrings): HTMLElement {
  return Object.assign(document.createElement(TAG) as LearnMore, { words });
}

import { css, html } from 'lit';
import { closeModal, openModal } from '../shared/dialog-events.js';
import { dialogStyles } from '../shared/dialog-styles.js';
import { learnMoreEn, type LearnMoreStrings } from '../locales/en.js';
import { EmptyRootElement } from '../shared/render-root.js';

const TAG = 'hsa-learn-more';

/** The parts of the explanation: the keys of the heading and of the text. */
const PARTS = [
  ['learnAccountsTitle', 'learnAccounts'],
  ['learnLetterTitle', 'learnLetter'],
  ['learnWriterTitle', 'learnWriter'],
  ['learnWhenTitle', 'learnWhen'],
  ['learnWithoutTitle', 'learnWithout'],
  ['learnSplitTitle', 'learnSplit'],
  ['learnDecidesTitle', 'learnDecides'],
] as const;

/** The "Learn more" dialog. It opens when it is inserted, and removes itself when it is closed. */
class LearnMore extends EmptyRootElement {
  static override readonly styles = [
    dialogStyles,
    css`
      h2:focus {
        outline: 0;
        box-shadow: none;
      }
      h3 {
        margin: 1.125em 0 0;
        font-size: 1em;
      }
      h3 + p {
        margin-top: 0.25em;
      }
    `,
  ];

  static override readonly properties = { strings: { attribute: false } };
  declare strings: LearnMoreStrings;

  override render() {
    const { strings } = this;
    return html`<dialog aria-labelledby="title" @close=${this.remove}>
      <h2 id="title" tabindex="-1">${strings.learnTitle}</h2>
      ${PARTS.map(
        ([title, text]) =>
          html`<h3>${strings[title]}</h3>
            <p>${strings[text]}</p>`,
      )}
      <div class="actions"><button type="button" @click=${this.#close}>${strings.learnClose}</button></div>
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
    // Otherwise the first button has the focus, below a text that may be longer than the page is high.
    this.renderRoot.querySelector('h2')!.focus();
  }
}

if (!customElements.get(TAG)) customElements.define(TAG, LearnMore);

/** Creates the "Learn more" dialog; inserting the element opens it. English is the default for missing texts. */
export function createLearnMore(strings: Partial<LearnMoreStrings>): HTMLElement {
  return Object.assign(document.createElement(TAG) as LearnMore, { strings: { ...learnMoreEn, ...strings } });
}

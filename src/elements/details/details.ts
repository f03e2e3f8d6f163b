import { html, nothing } from 'lit';
import type { DetailsDialog } from '../../client/index.js';
import type { CheckoutCart } from '../../contract/check.js';
import type { Violation } from '../../core/index.js';
import { DetailsEntries } from './details-entries.js';
import { FIELDS, isRequired, STATES, type Field, type Group } from './details-fields.js';
import { detailsStyles } from './details-styles.js';
import { closeModal, openModal } from '../shared/dialog-events.js';
import { dialogStyles } from '../shared/dialog-styles.js';
import { documentValue } from '../shared/document-value.js';
import { EmptyRootElement } from '../shared/render-root.js';
import { detailsEn, type DetailsStrings, type Strings } from '../locales/en.js';

/** What the dialog needs of the button around it. */
export interface DetailsHost {
  /** Where the dialog is put. */
  readonly root: Element;
  /** The button's words, with what the page has replaced. */
  words(): Strings & Partial<DetailsStrings>;
  /** The dialog's words in the shopper's language, where that is not English. */
  translation(): DetailsStrings | undefined;
  /** Whether the shopper has been waiting for long. */
  isSlow(): boolean;
  /** Ends the press. */
  cancel(): void;
  /** Takes the focus back. */
  focus(): void;
}

const TAG = 'hsa-checkout-details';
type Input = HTMLInputElement | HTMLSelectElement;

/** Asks for the details that a cart lacks, in a modal dialog. The button creates one when it needs it. */
class CheckoutDetails extends EmptyRootElement implements DetailsDialog {
  static override readonly styles = [dialogStyles, detailsStyles];

  declare host: DetailsHost;
  readonly #entries = new DetailsEntries();
  #isSent = false;
  /** What is to happen once the fields are filled in; there while the dialog is open. */
  #resolve?: (isFilled: boolean) => void;

  complete(cart: CheckoutCart): CheckoutCart {
    return this.#entries.complete(cart);
  }

  async ask(cart: CheckoutCart, violations: Violation[], signal: AbortSignal): Promise<boolean> {
    this.#saveEntries();
    // What is on the screen stays there.
    if (!this.#entries.ask(cart, violations, !!this.#resolve)) return false;
    this.#isSent = false;
    const filled = new Promise<boolean>((resolve) => (this.#resolve = resolve));
    signal.addEventListener('abort', () => this.close(), { once: true });
    await this.#show();
    return filled;
  }

  close(): void {
    if (!this.#resolve) return;
    this.#resolve(false);
    this.#resolve = undefined;
    this.#saveEntries();
    if (this.#dialog) closeModal(this.#dialog);
    // Not every browser puts the focus on what is clicked, and so has nothing to bring it back to.
    if (documentValue('activeElement') === documentValue('body')) this.host.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Moved with its button, it is open still, but no more above the page.
    if (!this.#dialog?.open) return;
    closeModal(this.#dialog);
    openModal(this.#dialog);
  }

  get #dialog(): HTMLDialogElement | null | undefined {
    return this.shadowRoot?.querySelector('dialog');
  }

  get #inputs(): Input[] {
    return [...(this.shadowRoot?.querySelectorAll<Input>('[name]') ?? [])];
  }

  #saveEntries(): void {
    this.#entries.save(this.#inputs);
  }

  /** Shows what there is now, with the focus on the first field, or on the first that is wrong or new. */
  async #show(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    if (!this.#resolve) return;
    const { errors, added, isBillingSameAsShipping } = this.#entries;
    for (const input of this.#inputs) {
      const field = FIELDS.find(({ path }) => path === input.name)!;
      input.value = this.#entries.textOf(field) || (field.name === 'country' ? 'US' : '');
    }
    const same = this.shadowRoot!.querySelector<HTMLInputElement>('[type="checkbox"]');
    if (same) same.checked = isBillingSameAsShipping;
    if (!this.#dialog!.open) openModal(this.#dialog!);
    this.#inputs.find(({ name }) => errors.has(name) || added.has(name))?.focus();
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    if (this.#isSent) return;
    this.#saveEntries();
    this.#isSent = this.#entries.submit();
    if (!this.#isSent) return void this.#show();
    this.requestUpdate();
    this.#resolve!(true);
  };

  readonly #cancel = (): void => {
    // Closed by the browser: with Escape, or a phone's Back. What we close ourselves is over already.
    if (this.#resolve && !this.#dialog!.open) this.host.cancel();
  };

  protected override render(): unknown {
    if (!this.#entries.isOpen) return nothing;
    const { fields, hasShipping, isBillingSameAsShipping } = this.#entries;
    const words = { ...detailsEn, ...this.host.translation(), ...this.host.words() };
    const busy = this.#isSent && (this.host.isSlow() ? words.waiting : words.creating);
    const group = (name: Group, above: unknown = nothing, isHidden = false) => {
      const own = fields.filter((field) => field.group === name);
      if (!own.length) return nothing;
      return html`<fieldset>
        <legend>${words[name]}</legend>
        ${above}${own.map((field) => this.#row(field, words, isHidden))}
      </fieldset>`;
    };
    const same = hasShipping
      ? html`<label class="same">
          <input type="checkbox" @change=${this.#toggle} />
          ${words.sameAddress}
        </label>`
      : nothing;
    return html`<dialog aria-labelledby="title" aria-describedby="why" @close=${this.#cancel}>
      <form novalidate @submit=${this.#submit}>
        <h2 id="title">${words.details}</h2>
        <p id="why">${words.detailsWhy}</p>
        ${group('customer')}${group('shipping_info')}${group('billing_info', same, isBillingSameAsShipping)}
        <div class="actions">
          <button type="submit" aria-disabled=${busy ? 'true' : nothing}>
            ${busy || words.submitDetails}
          </button>
          <button type="button" @click=${() => closeModal(this.#dialog!)}>${words.cancel}</button>
        </div>
        <div role="status">${busy || ''}</div>
      </form>
    </dialog>`;
  }

  readonly #toggle = (event: Event): void => {
    this.#entries.isBillingSameAsShipping = (event.target as HTMLInputElement).checked;
    this.requestUpdate();
  };

  #row(field: Field, words: Strings & DetailsStrings, isHidden: boolean): unknown {
    const { path, group, name, autocomplete, inputmode } = field;
    const fault = this.#entries.errors.get(path);
    const isOptional = !isRequired(field);
    const size = /^(first|last)_name/.test(name)
      ? 'half'
      : /^(city|state|postal_code)/.test(name)
        ? 'third'
        : nothing;
    const options =
      name === 'country'
        ? html`<option value="US">${words.us}</option>`
        : name === 'state' && this.#entries.isUs(group) && stateOptions(words.choose);
    const isInvalid = fault ? 'true' : nothing;
    const errorId = fault ? `${path}-error` : nothing;
    const entry = options
      ? html`<select
          id=${path}
          name=${path}
          autocomplete=${autocomplete}
          aria-invalid=${isInvalid}
          aria-describedby=${errorId}
          required
        >
          ${options}
        </select>`
      : html`<input
          id=${path}
          name=${path}
          autocomplete=${autocomplete}
          inputmode=${inputmode}
          aria-invalid=${isInvalid}
          aria-describedby=${errorId}
          ?required=${!isOptional}
        />`;
    return html`<div data-size=${size} ?hidden=${isHidden}>
      <label for=${path}
        >${words[name]} ${isOptional ? html`<span>(${words.optional})</span>` : nothing}</label
      >
      ${entry}${fault ? html`<div data-error="" id=${`${path}-error`}>${words[fault]}</div>` : nothing}
    </div>`;
  }
}

if (!customElements.get(TAG)) customElements.define(TAG, CheckoutDetails);

/** Creates the dialog of a button and puts it into `host.root`. */
export function createDetails(host: DetailsHost): DetailsDialog {
  const element = Object.assign(document.createElement(TAG) as CheckoutDetails, { host });
  host.root.append(element);
  return element;
}

function stateOptions(choose: string): unknown {
  return [`   ${choose}`, ...STATES.split('|')].map(
    (state) => html`<option value=${state.slice(0, 2).trim()}>${state.slice(3)}</option>`,
  );
}

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

/** The parts of the button that its dialog uses. */
export interface DetailsHost {
  /** The element that the dialog is appended to. */
  readonly root: Element;
  /** The hosts that the payment page may be on. The last one is the page's own. */
  hosts(): string[];
  /** Replaces `{total}` in a text by an amount, in the language of the texts. */
  format(text: string, cents: { totalCents: number }): string;
  /** The button's texts, including those that the page has replaced. */
  strings(): Strings & Partial<DetailsStrings>;
  /** The dialog's texts in the shopper's language; undefined for English. */
  translation(): DetailsStrings | undefined;
  /** Whether the request takes longer than five seconds. */
  isSlow(): boolean;
  /** Cancels the checkout. */
  cancel(): void;
  /** Focuses the button. */
  focus(): void;
}

const TAG = 'hsa-checkout-details';
type Input = HTMLInputElement | HTMLSelectElement;
/** The dialog's texts, including those that the page has replaced. */
type Texts = Strings & DetailsStrings;
/** The fewest wrong fields whose number a screen reader announces. */
const MIN_COUNTED = 3;

/** A modal dialog for contact and address fields that a cart lacks. The button creates it on first use. */
class CheckoutDetails extends EmptyRootElement implements DetailsDialog {
  static override readonly styles = [dialogStyles, detailsStyles];

  declare host: DetailsHost;
  readonly #entries = new DetailsEntries();
  #isSent = false;
  /** Resolves the promise of `ask`; set while the dialog is open. */
  #resolve?: (isFilled: boolean) => void;

  complete(cart: CheckoutCart): CheckoutCart {
    return this.#entries.complete(cart);
  }

  async ask(cart: CheckoutCart, violations: Violation[], signal: AbortSignal): Promise<boolean> {
    this.#saveEntries();
    // A dialog that is already open keeps its fields.
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
    // Safari does not focus a clicked button, so the closed dialog has no element to return the focus to.
    if (documentValue('activeElement') === documentValue('body')) this.host.focus();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // A modal dialog that moves in the document stays open but leaves the top layer, so it is opened again.
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

  /** Opens the dialog, or updates it, and focuses the first field that is wrong or new. */
  async #show(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
    if (!this.#resolve) return;
    const { errors, added, isBillingSameAsShipping } = this.#entries;
    for (const input of this.#inputs) {
      const field = FIELDS.find(({ path }) => path === input.name)!;
      if (field.name !== 'country') input.value = this.#entries.textOf(field);
    }
    const checkbox = this.shadowRoot!.querySelector<HTMLInputElement>('[type="checkbox"]');
    if (checkbox) checkbox.checked = isBillingSameAsShipping;
    if (!this.#dialog!.open) openModal(this.#dialog!);
    const first = this.#inputs.find(({ name }) => errors.has(name) || added.has(name));
    // The country's input is hidden, so its text gets the focus.
    this.shadowRoot!.getElementById(first?.name ?? '')?.focus();
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
    // The shopper has closed the dialog, with Cancel, Escape or a phone's Back button. After `close()`, `#resolve` is
    // undefined, so that nothing is cancelled.
    if (this.#resolve && !this.#dialog!.open) this.host.cancel();
  };

  protected override render(): unknown {
    if (!this.#entries.isOpen) return nothing;
    const { errors, fields, hasShipping, isBillingSameAsShipping } = this.#entries;
    const strings = { ...detailsEn, ...this.host.translation(), ...this.host.strings() };
    const shown = fields.filter(
      ({ group, name }) => name !== 'country' && !(isBillingSameAsShipping && group === 'billing_info'),
    );
    const errorCount =
      errors.size < MIN_COUNTED ? '' : strings.errorCount.replace('{count}', `${errors.size}`);
    const busy = this.#isSent && (this.host.isSlow() ? strings.waiting : strings.creating);
    const group = (name: Group, above: unknown = nothing, isHidden = false) => {
      const groupFields = fields.filter((field) => field.group === name);
      if (!groupFields.length) return nothing;
      return html`<fieldset>
        <legend>${strings[name]}</legend>
        ${above}${groupFields.map((field) => this.#row(field, strings, isHidden, field === shown.at(-1)))}
      </fieldset>`;
    };
    const sameAddress = hasShipping
      ? html`<label class="same">
          <input type="checkbox" @change=${this.#toggle} />
          ${strings.sameAddress}
        </label>`
      : nothing;
    return html`<dialog aria-labelledby="title" aria-describedby="amount why" @close=${this.#cancel}>
      <form novalidate @submit=${this.#submit} @keypress=${this.#keypress}>
        <h2 id="title">${strings.details}</h2>
        <p id="amount">${this.#amount(strings)}</p>
        <p id="why">${this.#receivers(strings)}</p>
        ${group('customer')}${group('shipping_info')}${group('billing_info', sameAddress, isBillingSameAsShipping)}
        <div class="actions">
          <div role="status">${busy || errorCount}</div>
          <button type="submit" aria-disabled=${busy ? 'true' : nothing}>
            ${busy || strings.submitDetails}
          </button>
          <button type="button" @click=${() => closeModal(this.#dialog!)}>${strings.cancel}</button>
        </div>
      </form>
    </dialog>`;
  }

  readonly #toggle = (event: Event): void => {
    this.#entries.isBillingSameAsShipping = (event.target as HTMLInputElement).checked;
    this.requestUpdate();
  };

  /**
   * Moves the focus when the shopper presses a phone's key "next". Without it, the key submits the form in Safari. A real
   * keyboard has no such key, so there Enter submits, as in every form. The event is `keypress`: an open dialog stops `keydown`,
   * and a text that an input method composes has no `keypress`. Some builds of WebKit lack the property of the attribute.
   */
  readonly #keypress = (event: KeyboardEvent): void => {
    const target = event.target as HTMLInputElement;
    if (event.key !== 'Enter' || target.getAttribute('enterkeyhint') !== 'next') return;
    if (!matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    const inputs = this.#inputs;
    inputs
      .slice(inputs.indexOf(target) + 1)
      .find(({ type }) => type !== 'hidden')
      ?.focus();
  };

  /** What the cart costs, as far as the page knows it. */
  #amount(strings: Texts): string {
    const { total } = this.#entries;
    if (!total) return '';
    const text = total.isFinal ? strings.detailsTotal : strings.detailsSubtotal;
    return this.host.format(text, total);
  }

  /** Who gets the details. The name of the shop is its host, because any text in the page may be somebody else's. */
  #receivers(strings: Texts): string {
    const hosts = this.host.hosts().filter((host) => host !== location.host);
    // A page in `srcdoc` has no host, but the origin of the page around it.
    const shop = location.hostname || origin;
    return strings.detailsWhy.replace('{shop}', shop).replace('{provider}', hosts.join(', '));
  }

  #row(field: Field, strings: Texts, isHidden: boolean, isLast: boolean): unknown {
    const { path, group, name, autocomplete, type } = field;
    const error = this.#entries.errors.get(path);
    const isOptional = !isRequired(field);
    const size = /^(first|last)_name/.test(name)
      ? 'half'
      : /^(city|state|postal_code)/.test(name)
        ? 'third'
        : nothing;
    const errorText =
      error &&
      html`<div data-error id=${`${path}-error`}>${strings[error].replace('{field}', strings[name])}</div>`;
    if (name === 'country')
      return html`<div id=${path} tabindex="-1" ?hidden=${isHidden}>
        <span class="label">${strings.country}</span> ${strings.us}
        <input type="hidden" name=${path} value="US" />${errorText}
      </div>`;
    const isUs = this.#entries.isUs(group);
    const options = name === 'state' && isUs && stateOptions(strings.choose);
    const isInvalid = error ? 'true' : nothing;
    const errorId = error ? `${path}-error` : nothing;
    const control = options
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
          type=${type}
          inputmode=${isUs && name === 'postal_code' ? 'numeric' : nothing}
          autocapitalize=${type === 'text' ? 'words' : 'off'}
          autocorrect="off"
          spellcheck="false"
          enterkeyhint=${isLast ? 'go' : 'next'}
          aria-invalid=${isInvalid}
          aria-describedby=${errorId}
          ?required=${!isOptional}
        />`;
    return html`<div data-size=${size} ?hidden=${isHidden}>
      <label for=${path}
        >${strings[name]} ${isOptional ? html`<span>(${strings.optional})</span>` : nothing}</label
      >
      ${control}${errorText}
    </div>`;
  }
}

if (!customElements.get(TAG)) customElements.define(TAG, CheckoutDetails);

/** Creates the dialog of a button and appends it to `host.root`. */
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

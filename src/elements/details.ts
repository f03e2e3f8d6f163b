import type { nothing } from 'lit';
import type { Details } from '../client/index.js';
import type { CheckoutCart } from '../contract/check.js';
import type { Violation } from '../core/index.js';
import {
  faultIn,
  FIELDS,
  fieldsAt,
  GROUPS,
  isRequired,
  STATES,
  textOf,
  type Field,
  type Group,
} from './details-fields.js';
import { detailsEn, detailsEs, type DetailsStrings } from './details-strings.js';
import { detailsStyles } from './details-styles.js';
import type { Lit } from './late.js';
import type { Strings } from './strings.js';

/** What of Lit the dialog is made with. */
export type DetailsLit = Lit & { nothing: typeof nothing };

/** What the dialog needs of the button around it. */
export interface DetailsHost {
  /** Where the dialog is put. */
  readonly root: Element;
  /** The button's words, with what the page has replaced. */
  words(): Strings & Partial<DetailsStrings>;
  /** Whether they are Spanish. */
  isSpanish(): boolean;
  /** Ends the press. */
  cancel(): void;
  /** Takes the focus back. */
  focus(): void;
}

const TAG = 'hsa-checkout-details';
type Fault = keyof DetailsStrings;
type Entry = HTMLInputElement | HTMLSelectElement;

/** Makes the dialog of a button, which it is put into. */
export function createDetails(lit: DetailsLit, host: DetailsHost): Details {
  if (!customElements.get(TAG)) customElements.define(TAG, elementOf(lit));
  const element = Object.assign(document.createElement(TAG) as HTMLElement & Details, { host });
  host.root.append(element);
  return element;
}

/** The dialog's element, made of the Lit that the button has: a second one never comes in. */
function elementOf({ html, css, nothing, LitElement }: DetailsLit): CustomElementConstructor {
  return class extends LitElement implements Details {
    static override readonly styles = detailsStyles(css);

    declare host: DetailsHost;
    #fields: Field[] = [];
    #faults = new Map<string, Fault>();
    #cart?: CheckoutCart;
    #isSame = false;
    #isSent = false;
    /** What is to happen once the fields are filled in; there while the dialog is open. */
    #go?: (isFilled: boolean) => void;
    /** Everything that was typed, by path; what of it was sent; and what the cart said there at that time, by group. */
    readonly #typed: Record<string, string> = {};
    readonly #given = new Map<string, string>();
    readonly #stood = new Map<Group, string | undefined>();

    /**
     * A group's details count only as long as the cart says nothing new of that group: another shopper may have signed in.
     */
    complete(cart: CheckoutCart): CheckoutCart {
      const whole: Record<string, unknown> = { ...cart };
      for (const field of FIELDS) {
        const { path, group, name } = field;
        const text = this.#given.get(path);
        if (text && this.#stood.get(group) === JSON.stringify(cart[group]))
          whole[group] = { ...(whole[group] as object), [name]: text };
      }
      return whole as unknown as CheckoutCart;
    }

    async ask(cart: CheckoutCart, violations: Violation[], signal: AbortSignal): Promise<boolean> {
      const asked = fieldsAt(violations.map(({ path }) => path));
      const whole = this.complete(cart);
      const unseen = violations.filter(({ code }) => code === 'required').map(({ path }) => path);
      // A server that takes no notice of what it is sent would ask for ever.
      const isIgnored = ({ path }: Field) => unseen.includes(path) && this.#given.get(path);
      if (!asked || asked.some((field) => isIgnored(field) && textOf(whole, field))) return false;
      this.#keep();
      // What is on the screen stays there.
      const isAgain = !!this.#go;
      const shown = isAgain ? this.#fields : [];
      this.#fields = FIELDS.filter((field) => asked.includes(field) || shown.includes(field));
      this.#cart = cart;
      this.#isSent = false;
      this.#isSame = isAgain
        ? this.#isSame && asked.some(({ group }) => group !== 'billing_info')
        : !cart.billing_info && this.#hasShipping;
      this.#faults.clear();
      for (const field of asked.filter((each) => !this.#isCopied(each)))
        if (textOf(whole, field)) this.#faults.set(field.path, 'wrong');
        else if (isAgain && isRequired(field) && !this.#textOf(field))
          this.#faults.set(field.path, 'missing');
      const filled = new Promise<boolean>((resolve) => (this.#go = resolve));
      signal.addEventListener('abort', () => this.close(), { once: true });
      await this.#show();
      return filled;
    }

    close(): void {
      if (!this.#go) return;
      this.#go(false);
      this.#go = undefined;
      this.#keep();
      this.#dialog?.close();
      // Not every browser puts the focus on what is clicked, and so has nothing to bring it back to.
      if (document.activeElement === document.body) this.host.focus();
    }

    override connectedCallback(): void {
      super.connectedCallback();
      // Moved with its button, it is open still, but no more above the page.
      if (!this.#dialog?.open) return;
      this.#dialog.close();
      this.#dialog.showModal();
    }

    get #dialog(): HTMLDialogElement | null | undefined {
      return this.shadowRoot?.querySelector('dialog');
    }

    get #entries(): Entry[] {
      return [...(this.shadowRoot?.querySelectorAll<Entry>('[name]') ?? [])];
    }

    #has(group: Group): boolean {
      return this.#fields.some((field) => field.group === group);
    }

    /** Whether there is, or will be, a shipping address to copy. */
    get #hasShipping(): boolean {
      return !!this.#cart!.shipping_info?.address_line_1 || this.#has('shipping_info');
    }

    #textOf(field: Field): string {
      return this.#typed[field.path] ?? textOf(this.#cart!, field);
    }

    /** Whether a field takes its text from the shipping address. */
    #isCopied({ group }: Field): boolean {
      return this.#isSame && group === 'billing_info';
    }

    #isUs(group: Group): boolean {
      const country = group === 'customer' ? '' : this.#cart![group]?.country;
      return !country || /^us/i.test(country);
    }

    #keep(): void {
      for (const { name, value } of this.#entries) this.#typed[name] = value.trim();
    }

    /** Shows what there is now, with the focus on the first field, or on the first that is wrong. */
    async #show(): Promise<void> {
      this.requestUpdate();
      await this.updateComplete;
      if (!this.#go) return;
      for (const entry of this.#entries) {
        const field = FIELDS.find(({ path }) => path === entry.name)!;
        entry.value = this.#textOf(field) || (field.name === 'country' ? 'US' : '');
      }
      const same = this.shadowRoot!.querySelector<HTMLInputElement>('[type="checkbox"]');
      if (same) same.checked = this.#isSame;
      if (!this.#dialog!.open) this.#dialog!.showModal();
      this.#entries.find(({ name }) => this.#faults.has(name))?.focus();
    }

    readonly #submit = (event: Event): void => {
      event.preventDefault();
      if (this.#isSent) return;
      this.#keep();
      this.#faults.clear();
      const fields = this.#fields.filter((field) => !this.#isCopied(field));
      for (const field of fields) {
        const fault = faultIn(field, this.#typed[field.path]!, this.#isUs(field.group));
        if (fault) this.#faults.set(field.path, fault);
      }
      this.#isSent = !this.#faults.size;
      if (!this.#isSent) return void this.#show();
      this.requestUpdate();
      for (const group of GROUPS) if (this.#has(group)) this.#take(group);
      this.#go!(true);
    };

    /** Takes what was entered for one group, in place of what was for another state of the cart. */
    #take(group: Group): void {
      const stands = JSON.stringify(this.#cart![group]);
      const isNew = this.#stood.get(group) !== stands;
      this.#stood.set(group, stands);
      for (const field of FIELDS.filter((each) => each.group === group))
        if (this.#isCopied(field)) {
          const shipping = this.complete(this.#cart!).shipping_info as Record<string, string> | undefined;
          this.#given.set(field.path, shipping?.[field.name] ?? '');
        } else if (this.#fields.includes(field)) this.#given.set(field.path, this.#typed[field.path]!);
        else if (isNew) this.#given.delete(field.path);
    }

    readonly #cancel = (): void => {
      // Closed by the browser: with Escape, or a phone's Back. What we close ourselves is over already.
      if (this.#go && !this.#dialog!.open) this.host.cancel();
    };

    protected override render(): unknown {
      if (!this.#cart) return nothing;
      const words = { ...detailsEn, ...(this.host.isSpanish() ? detailsEs : {}), ...this.host.words() };
      const busy = this.#isSent && words.creating;
      const group = (name: Group, above: unknown = nothing, isHidden = false) => {
        const fields = this.#fields.filter((field) => field.group === name);
        if (!fields.length) return nothing;
        const rows = fields.reduceRight<unknown>(
          (rest, field) => html`${this.#row(field, words, isHidden)}${rest}`,
          nothing,
        );
        return html`<fieldset>
          <legend>${words[name]}</legend>
          ${above}${rows}
        </fieldset>`;
      };
      const same = this.#hasShipping
        ? html`<label class="same">
            <input type="checkbox" @change=${this.#toggle} />
            ${words.sameAddress}
          </label>`
        : nothing;
      return html`<dialog aria-labelledby="title" aria-describedby="why" @close=${this.#cancel}>
        <form novalidate @submit=${this.#submit} @input=${stop} @keydown=${stop}>
          <h2 id="title">${words.details}</h2>
          <p id="why">${words.detailsWhy}</p>
          ${group('customer')}${group('shipping_info')}${group('billing_info', same, this.#isSame)}
          <div class="actions">
            <button type="submit" aria-disabled=${busy ? 'true' : nothing}>
              ${busy || words.submitDetails}
            </button>
            <button type="button" @click=${() => this.#dialog!.close()}>${words.cancel}</button>
          </div>
          <div role="status">${busy || ''}</div>
        </form>
      </dialog>`;
    }

    readonly #toggle = (event: Event): void => {
      this.#isSame = (event.target as HTMLInputElement).checked;
      this.requestUpdate();
    };

    #row(field: Field, words: Strings & DetailsStrings, isHidden: boolean): unknown {
      const { path, group, name, autocomplete, inputmode } = field;
      const fault = this.#faults.get(path);
      const isOptional = !isRequired(field);
      const size = /^(first|last)_name/.test(name)
        ? 'half'
        : /^(city|state|postal_code)/.test(name)
          ? 'third'
          : nothing;
      const options =
        name === 'country'
          ? html`<option value="US">${words.us}</option>`
          : name === 'state' && this.#isUs(group) && statesFrom(words.choose);
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
  };

  /** The options of a list of states. */
  function statesFrom(choose: string): unknown {
    return [`   ${choose}`, ...STATES.split('|')].reduceRight<unknown>(
      (rest, state) =>
        html`<option value=${state.slice(0, 2).trim()}>${state.slice(3)}</option>
          ${rest}`,
      nothing,
    );
  }

  /** What is typed here is nothing to the page's own listeners. */
  function stop(event: Event): void {
    event.stopPropagation();
  }
}

import type { CheckoutCart } from '../../contract/check.js';
import type { Violation } from '../../core/index.js';
import {
  errorIn,
  FIELDS,
  fieldsAt,
  GROUPS,
  isRequired,
  textOf,
  type Field,
  type Group,
} from './details-fields.js';
import type { DetailsStrings } from '../locales/en.js';

/** What a shopper is asked for, and has entered so far. In memory only: it goes nowhere but into the cart that is sent. */
export class DetailsEntries {
  /** What is asked for, in the order of the contract; and what is wrong with it, by path. */
  fields: Field[] = [];
  readonly errors = new Map<string, keyof DetailsStrings>();
  /** The paths that are asked for besides those which the shopper has just answered. */
  readonly added = new Set<string>();
  /** Whether the billing address is the shipping address. */
  isBillingSameAsShipping = false;
  #cart?: CheckoutCart;
  /** Everything that was typed, by path; what of it is given to the cart; and what the cart said there at that time, by group. */
  readonly #typed: Record<string, string> = {};
  readonly #submitted = new Map<string, string>();
  readonly #cartAtSubmit = new Map<Group, string | undefined>();

  /**
   * A cart with what was given. A group's details count only as long as the cart says nothing new of that group: another
   * shopper may have signed in.
   */
  complete(cart: CheckoutCart): CheckoutCart {
    const whole: Record<string, unknown> = { ...cart };
    for (const { path, group, name } of FIELDS) {
      const text = this.#submitted.get(path);
      if (text && this.#cartAtSubmit.get(group) === JSON.stringify(cart[group]))
        whole[group] = { ...(whole[group] as object), [name]: text };
    }
    return whole as unknown as CheckoutCart;
  }

  /**
   * Asks for what is missing or wrong in a cart; `isAgain` besides what is asked for already. False where it cannot be asked
   * for, or is of no use: a server that takes no notice of what it is sent would ask for ever.
   */
  ask(cart: CheckoutCart, violations: Violation[], isAgain: boolean): boolean {
    const asked = fieldsAt(violations.map(({ path }) => path));
    const whole = this.complete(cart);
    const unseen = violations.filter(({ code }) => code === 'required').map(({ path }) => path);
    const isIgnored = (field: Field) =>
      unseen.includes(field.path) && this.#submitted.get(field.path) && textOf(whole, field);
    if (!asked || asked.some(isIgnored)) return false;
    const shown = isAgain ? this.fields : [];
    this.fields = FIELDS.filter((field) => asked.includes(field) || shown.includes(field));
    this.#cart = cart;
    this.isBillingSameAsShipping = isAgain
      ? this.isBillingSameAsShipping && asked.some(({ group }) => group !== 'billing_info')
      : !Object.values(cart.billing_info ?? {}).some(Boolean) && this.hasShipping;
    this.#clearMarks();
    for (const field of asked.filter((each) => !this.#isCopied(each))) {
      const text = textOf(whole, field);
      if (text) this.errors.set(field.path, this.#errorIn(field, text) ?? 'wrong');
      else if (isAgain && !shown.includes(field)) this.added.add(field.path);
      else if (isAgain && isRequired(field) && !this.textOf(field)) this.errors.set(field.path, 'missing');
    }
    return true;
  }

  /** Whether there is anything to ask for. */
  get isOpen(): boolean {
    return !!this.#cart;
  }

  /** Whether there is, or will be, a shipping address to copy. */
  get hasShipping(): boolean {
    return !!this.#cart!.shipping_info?.address_line_1 || this.#has('shipping_info');
  }

  /** Whether an address is a US one; a customer is at none. */
  isUs(group: Group): boolean {
    const country = group === 'customer' ? '' : this.#cart![group]?.country;
    return !country || /^us/i.test(country);
  }

  /** What stands in a field: what was typed, else what the cart says. */
  textOf(field: Field): string {
    return this.#typed[field.path] ?? textOf(this.#cart!, field);
  }

  /** Keeps what is typed, whatever becomes of it. */
  save(entries: Iterable<{ name: string; value: string }>): void {
    for (const { name, value } of entries) this.#typed[name] = value.trim();
  }

  /** Gives what was typed to the cart. False where something is wrong with it. */
  submit(): boolean {
    this.#clearMarks();
    for (const field of this.fields.filter((each) => !this.#isCopied(each))) {
      const fault = this.#errorIn(field, this.#typed[field.path]!);
      if (fault) this.errors.set(field.path, fault);
    }
    if (this.errors.size) return false;
    for (const group of GROUPS) if (this.#has(group)) this.#submitGroup(group);
    return true;
  }

  #clearMarks(): void {
    this.errors.clear();
    this.added.clear();
  }

  /** Takes what was entered for one group, in place of what was for another state of the cart. */
  #submitGroup(group: Group): void {
    const stands = JSON.stringify(this.#cart![group]);
    const isNew = this.#cartAtSubmit.get(group) !== stands;
    this.#cartAtSubmit.set(group, stands);
    for (const field of FIELDS.filter((each) => each.group === group))
      if (this.#isCopied(field)) {
        const shipping = this.complete(this.#cart!).shipping_info as Record<string, string> | undefined;
        this.#submitted.set(field.path, shipping?.[field.name] ?? '');
      } else if (this.fields.includes(field)) this.#submitted.set(field.path, this.#typed[field.path]!);
      else if (isNew) this.#submitted.delete(field.path);
  }

  #errorIn(field: Field, text: string): keyof DetailsStrings | undefined {
    return errorIn(field, text, this.isUs(field.group));
  }

  #has(group: Group): boolean {
    return this.fields.some((field) => field.group === group);
  }

  /** Whether a field takes its text from the shipping address. */
  #isCopied({ group }: Field): boolean {
    return this.isBillingSameAsShipping && group === 'billing_info';
  }
}

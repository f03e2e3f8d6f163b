import type { CheckoutCart } from '../../contract/check.js';
import type { Violation } from '../../core/index.js';
import {
  errorIn,
  FIELDS,
  fieldsAt,
  GROUPS,
  isRequired,
  missingError,
  textOf,
  type Field,
  type Group,
} from './details-fields.js';
import type { DetailsStrings } from '../locales/en.js';

/**
 * The fields of the details dialog and what the shopper has entered. The entries stay in memory and are sent only as a part of
 * the cart.
 */
export class DetailsEntries {
  /** The fields in the dialog, in the order of the contract. */
  fields: Field[] = [];
  /** The error of a field, by path. */
  readonly errors = new Map<string, keyof DetailsStrings>();
  /** The paths that the server required after the shopper had submitted the dialog. */
  readonly added = new Set<string>();
  /** Whether the billing address is the shipping address. */
  isBillingSameAsShipping = false;
  #cart?: CheckoutCart;
  /** Everything that was typed, by path. */
  readonly #typed: Record<string, string> = {};
  /** The values that the shopper has submitted, by path. `complete` adds them to the cart. */
  readonly #submitted = new Map<string, string>();
  /** The page's own values of a group when it was submitted, as JSON. */
  readonly #cartAtSubmit = new Map<Group, string | undefined>();

  /**
   * Returns the cart with the submitted values. A group's values are used only while the page's own values of that group are
   * the same as at the time of submission: later, another shopper may have signed in.
   */
  complete(cart: CheckoutCart): CheckoutCart {
    const completed: Record<string, unknown> = { ...cart };
    for (const { path, group, name } of FIELDS) {
      const text = this.#submitted.get(path);
      if (text && this.#cartAtSubmit.get(group) === JSON.stringify(cart[group]))
        completed[group] = { ...(completed[group] as object), [name]: text };
    }
    return completed as unknown as CheckoutCart;
  }

  /**
   * Sets the fields for the missing or wrong values of a cart. When the dialog is open already, its fields stay. Returns false
   * when a path is not a field of the dialog, or when the server reports a submitted value as missing, because it would report
   * that again after every submission.
   */
  ask(cart: CheckoutCart, violations: Violation[], isAlreadyOpen: boolean): boolean {
    const required = fieldsAt(violations.map(({ path }) => path));
    const completed = this.complete(cart);
    const missingPaths = violations.filter(({ code }) => code === 'required').map(({ path }) => path);
    const isIgnored = (field: Field) =>
      missingPaths.includes(field.path) && this.#submitted.get(field.path) && textOf(completed, field);
    if (!required || required.some(isIgnored)) return false;
    const shown = isAlreadyOpen ? this.fields : [];
    this.fields = FIELDS.filter((field) => required.includes(field) || shown.includes(field));
    this.#cart = cart;
    this.isBillingSameAsShipping = isAlreadyOpen
      ? this.isBillingSameAsShipping && required.some(({ group }) => group !== 'billing_info')
      : !Object.values(cart.billing_info ?? {}).some(Boolean) && this.hasShipping;
    this.#clearErrors();
    for (const field of required) {
      if (this.#isCopied(field)) continue;
      const text = textOf(completed, field);
      if (text) this.errors.set(field.path, this.#errorIn(field, text) ?? 'wrong');
      else if (isAlreadyOpen && !shown.includes(field)) this.added.add(field.path);
      else if (isAlreadyOpen && isRequired(field) && !this.textOf(field))
        this.errors.set(field.path, missingError(field));
    }
    return true;
  }

  /** Whether the dialog has fields to show. */
  get isOpen(): boolean {
    return !!this.#cart;
  }

  /** Whether the cart has a shipping address to copy, or the dialog contains one. */
  get hasShipping(): boolean {
    return !!this.#cart!.shipping_info?.address_line_1 || this.#has('shipping_info');
  }

  /**
   * The sum that the page's cart states, in cents, and whether it includes shipping and tax. Undefined when a line has no price.
   */
  get total(): { totalCents: number; isFinal: boolean } | undefined {
    const { line_items, shipping, tax, discount = 0 } = this.#cart!;
    let totalCents = -discount;
    // `reduce` is not used, because the library Prototype 1.6 replaces it by another function.
    for (const { price, quantity } of line_items) totalCents += price! * quantity;
    const isFinal = shipping !== undefined && tax !== undefined;
    if (isFinal) totalCents += shipping + tax;
    return totalCents >= 0 ? { totalCents, isFinal } : undefined;
  }

  /** Whether a group's address is in the US, also when it names no country. The dialog sends no other country. */
  isUs(group: Group): boolean {
    if (this.fields.some((field) => field.path === `${group}.country`)) return true;
    const country = group === 'customer' ? '' : this.#cart![group]?.country;
    return !country || /^us/i.test(country);
  }

  /** The value of a field: the typed one, else the cart's. */
  textOf(field: Field): string {
    return this.#typed[field.path] ?? textOf(this.#cart!, field);
  }

  /** Stores what was typed, valid or not. Adds the dash to nine digits of a ZIP code: a numeric keyboard may lack it. */
  save(entries: Iterable<{ name: string; value: string }>): void {
    for (const { name, value } of entries) {
      const text = value.trim();
      this.#typed[name] = name.endsWith('postal_code') ? text.replace(/^(\d{5}) ?(\d{4})$/, '$1-$2') : text;
    }
  }

  /** Validates the typed values and makes them part of the cart. Returns false when a value is wrong. */
  submit(): boolean {
    this.#clearErrors();
    for (const field of this.fields) {
      if (this.#isCopied(field)) continue;
      const error = this.#errorIn(field, this.#typed[field.path]!);
      if (error) this.errors.set(field.path, error);
    }
    if (this.errors.size) return false;
    for (const group of GROUPS) if (this.#has(group)) this.#submitGroup(group);
    return true;
  }

  #clearErrors(): void {
    this.errors.clear();
    this.added.clear();
  }

  /** Submits one group. Removes values that were submitted for an earlier version of the page's group. */
  #submitGroup(group: Group): void {
    const json = JSON.stringify(this.#cart![group]);
    const isNew = this.#cartAtSubmit.get(group) !== json;
    this.#cartAtSubmit.set(group, json);
    for (const field of FIELDS.filter((candidate) => candidate.group === group))
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

  /** Whether a field is filled from the shipping address. */
  #isCopied({ group }: Field): boolean {
    return this.isBillingSameAsShipping && group === 'billing_info';
  }
}

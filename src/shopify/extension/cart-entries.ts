import { hasBox } from './checkout-controls.js';

/** The values in the cart's fields on the page, which the shop may not have saved yet. */
export interface CartEntries {
  /**
   * A quantity field for each line, in the order of the page. `key` is the variant id or key of the line, if the field's name
   * contains one. `quantity` is missing when the shopper has not changed it, or when it is not a number.
   */
  quantities: { key?: string; quantity?: number }[];
  note?: string;
  attributes: Record<string, string>;
}

/** The used fields of the Ajax cart. */
interface SavedCart {
  items?: CartItem[];
  note?: string | null;
  attributes?: Record<string, unknown>;
}

interface CartItem {
  key?: string;
  variant_id?: number;
  quantity?: number;
}

/** The body of a request to `cart/update.js`. */
export interface CartUpdate {
  updates?: Record<string, number>;
  note?: string;
  attributes?: Record<string, string>;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Whether a form is the cart's. Other forms, such as a quick order, use the same field names. */
function isCartForm(form: HTMLFormElement): boolean {
  try {
    return /\/cart\/?$/.test(new URL(form.getAttribute('action') ?? '', form.baseURI).pathname);
  } catch {
    return false;
  }
}

/** The usable fields in the closest ancestor of an element that contains any. */
function nearestFields(element: Element, selector: string, isUsable: (field: Field) => boolean): Field[] {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const fields = [...around.querySelectorAll<Field>(selector)].filter(isUsable);
    if (fields.length) return fields;
  }
  return [];
}

/** Whether a field belongs to the cart's form, or to no form, as in some drawers. */
const isOfCart = ({ form }: Field): boolean => !form || isCartForm(form);

/** The text between the brackets of a name such as `updates[1]`. */
const keyOf = ({ name }: Field): string => name.slice(name.indexOf('[') + 1, -1);

/** The quantity that the shopper has entered; undefined when the field still has the server's value. */
function enteredQuantity(field: Field): number | undefined {
  const isChanged = !('defaultValue' in field) || field.value !== field.defaultValue;
  return isChanged && !field.matches(':disabled') && /^\s*\d+\s*$/.test(field.value)
    ? Number(field.value)
    : undefined;
}

const isChecked = (field: Field): boolean =>
  !/^(checkbox|radio)$/.test(field.type) || (field as HTMLInputElement).checked;

/** Reads the fields that the theme's own checkout button would send: quantities, the note and attributes. */
export function readEntries(element: Element): CartEntries {
  const quantities = nearestFields(
    element,
    '[name^="updates["]',
    (field) => !!field.form && isCartForm(field.form) && hasBox(field),
  ).map((field) => ({ key: keyOf(field), quantity: enteredQuantity(field) }));
  const notes = nearestFields(element, 'textarea[name="note"],input[name="note"]', isOfCart);
  const note = notes.find(hasBox) ?? notes[0];
  const attributes = nearestFields(element, '[name^="attributes["]', isOfCart).filter(
    (field) => keyOf(field) && isChecked(field) && !field.matches(':disabled'),
  );
  return {
    quantities,
    ...(note && { note: note.value }),
    attributes: Object.fromEntries(attributes.map((field) => [keyOf(field), field.value])),
  };
}

/** The line of a field: by its key; by its variant, if only one line and one field have it; without a key, by its position. */
function lineOf({ quantities }: CartEntries, i: number, items: CartItem[]): CartItem | undefined {
  const { key } = quantities[i]!;
  if (!key) return quantities.length === items.length ? items[i] : undefined;
  const ofVariant = items.filter((item) => String(item.variant_id) === key);
  const isOne = ofVariant.length === 1 && quantities.filter((other) => other.key === key).length === 1;
  return items.find((item) => item.key === key) ?? (isOne ? ofVariant[0] : undefined);
}

/** The quantities on the page that differ from the cart's, by line key. */
function quantityUpdates(entries: CartEntries, items: CartItem[]): Record<string, number> {
  const updates: Record<string, number> = {};
  entries.quantities.forEach(({ quantity }, i) => {
    const item = lineOf(entries, i, items);
    if (item?.key && quantity !== undefined && quantity !== item.quantity) updates[item.key] = quantity;
  });
  return updates;
}

const normalize = (text: unknown) => String(text ?? '').replace(/\r\n?/g, '\n');

/** The update that makes the cart match the page. Undefined when it already does. */
export function unsavedEntries(entries: CartEntries, cart: unknown): CartUpdate | undefined {
  const { items, note, attributes } = Object(cart) as SavedCart;
  const updates = quantityUpdates(entries, Array.isArray(items) ? items : []);
  const changed = Object.entries(entries.attributes).filter(
    ([name, value]) => normalize(value) !== normalize(attributes?.[name]),
  );
  const update: CartUpdate = {
    ...(Object.keys(updates).length && { updates }),
    ...(entries.note !== undefined && normalize(entries.note) !== normalize(note) && { note: entries.note }),
    ...(changed.length && { attributes: Object.fromEntries(changed) }),
  };
  return Object.keys(update).length ? update : undefined;
}

/** Whether a cart has the quantities that an update has requested. Some shops reduce them, for example to the stock. */
export function hasQuantities({ updates = {} }: CartUpdate, cart: unknown): boolean {
  const { items } = Object(cart) as SavedCart;
  return Object.entries(updates).every(([key, quantity]) => {
    const item = items?.find((item) => item.key === key);
    return !item || item.quantity === quantity;
  });
}

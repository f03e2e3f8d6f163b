import { isRendered } from './checkout-controls.js';

/** What the shopper has entered into the fields of the cart. The shop may not have saved it yet. */
export interface CartEntries {
  /** A quantity field for each line, in the order of the page. `key` is the id or key of the line, where the field names it. */
  quantities: { key?: string; quantity: number }[];
  note?: string;
  attributes: Record<string, string>;
}

/** What is read of the Ajax cart here. */
interface SavedCart {
  items?: { key?: string; variant_id?: number; quantity?: number }[];
  note?: string | null;
  attributes?: Record<string, unknown>;
}

/** The body of a request to `cart/update.js`. */
export interface CartUpdate {
  updates?: Record<string, number>;
  note?: string;
  attributes?: Record<string, string>;
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** The fields in the smallest part of the page around an element that has any. */
function nearestFields(element: Element, selector: string, isUsable: (field: Field) => boolean): Field[] {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const fields = [...around.querySelectorAll<Field>(selector)].filter(
      (field) => !field.disabled && isUsable(field),
    );
    if (fields.length) return fields;
  }
  return [];
}

/** Reads the fields that the theme's own checkout button would send: quantities, the note and attributes. */
export function readEntries(element: Element): CartEntries {
  const quantities = nearestFields(element, '[name^="updates["]', isRendered).map(({ name, value }) => {
    const key = name.slice('updates['.length, -1);
    return { ...(key && { key }), quantity: /^\d+$/.test(value.trim()) ? Number(value) : NaN };
  });
  const notes = nearestFields(element, 'textarea[name="note"],input[name="note"]', () => true);
  const note = notes.find(isRendered) ?? notes[0];
  const attributes = nearestFields(element, '[name^="attributes["]', (field) =>
    /^(checkbox|radio)$/.test(field.type) ? (field as HTMLInputElement).checked : true,
  ).map(({ name, value }) => [name.slice('attributes['.length, -1), value] as const);
  return { quantities, ...(note && { note: note.value }), attributes: Object.fromEntries(attributes) };
}

/** The lines whose quantity differs from the page's. Fields without a key stand for the lines in order, if there are as many. */
function quantityUpdates(
  { quantities }: CartEntries,
  items: NonNullable<SavedCart['items']>,
): Record<string, number> {
  const updates: Record<string, number> = {};
  quantities.forEach(({ key, quantity }, i) => {
    const item = key
      ? items.find((item) => item.key === key || String(item.variant_id) === key)
      : quantities.length === items.length
        ? items[i]
        : undefined;
    if (item?.key && !Number.isNaN(quantity) && quantity !== item.quantity) updates[item.key] = quantity;
  });
  return updates;
}

const normalize = (text: unknown) => String(text ?? '').replace(/\r\n?/g, '\n');

/** What must be saved before the cart is what the page shows. Undefined where it already is. */
export function unsavedEntries(entries: CartEntries, cart: unknown): CartUpdate | undefined {
  const { items = [], note, attributes = {} } = Object(cart) as SavedCart;
  const updates = quantityUpdates(entries, Array.isArray(items) ? items : []);
  const changed = Object.entries(entries.attributes).filter(
    ([name, value]) => normalize(value) !== normalize(attributes[name]),
  );
  const update: CartUpdate = {
    ...(Object.keys(updates).length && { updates }),
    ...(entries.note !== undefined && normalize(entries.note) !== normalize(note) && { note: entries.note }),
    ...(changed.length && { attributes: Object.fromEntries(changed) }),
  };
  return Object.keys(update).length ? update : undefined;
}

// @ts-check
/**
 * Copies the cart from the cart's own page into this page, so that only the server renders it.
 */

/** The cart of this page: that of the cart's page, or that of the drawer. */
const root = document.querySelector('[data-full]')?.parentElement;
const button = root?.querySelector('hsa-checkout-button');
const input = button?.querySelector('input');
// Called at every press, so that the button never sends an old cart.
if (button && input) button.cart = () => JSON.parse(input.value);

/**
 * Copies the changes into this page.
 * @param {Document} fresh the cart's page
 */
export function showCart(fresh) {
  for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-cart]')))
    place.textContent = textIn(fresh, `[data-cart=${place.dataset.cart}]`);
  if (!root || !button || !input) return;
  const lines = /** @type {Element} */ (root.querySelector('[data-lines]'));
  for (const row of rowsIn(root)) if (!rowOf(fresh, idOf(row))) removeRow(row);
  for (const row of rowsIn(fresh)) {
    const old = rowOf(root, idOf(row));
    if (old) updateRow(old, row);
    else lines.append(document.importNode(row, true));
  }
  for (const part of ['[data-full]', '[data-empty]'])
    root.querySelector(part)?.toggleAttribute('hidden', !!fresh.querySelector(part)?.hasAttribute('hidden'));
  input.value = fresh.querySelector('hsa-checkout-button input')?.getAttribute('value') ?? '';
  // The element has this method after its script has loaded.
  void button.refresh?.();
}

/**
 * Describes the quantity of a product in the cart.
 * @param {Document} fresh the cart's page
 * @param {string} id
 */
export function cartWords(fresh, id) {
  const row = rowOf(fresh, id);
  const what = row
    ? `${textIn(row, '[data-name]')}: ${textIn(row, '[data-quantity]')} in your cart.`
    : 'Removed from your cart.';
  return `${what} Subtotal ${textIn(fresh, '[data-cart=subtotal]')}.`;
}

/**
 * Updates a line in place, so that the pressed button keeps the focus.
 * @param {HTMLElement} row
 * @param {HTMLElement} fresh
 */
function updateRow(row, fresh) {
  const texts = fresh.querySelectorAll('[data-live]');
  for (const [i, place] of row.querySelectorAll('[data-live]').entries())
    place.textContent = texts[i]?.textContent ?? '';
  const steps = /** @type {NodeListOf<HTMLButtonElement>} */ (fresh.querySelectorAll('[data-step]'));
  for (const [i, step] of row.querySelectorAll('[data-step]').entries())
    step.setAttribute('value', steps[i]?.value ?? '');
}

/** Moves the focus from a removed line to the heading. @param {HTMLElement} row */
function removeRow(row) {
  const hadFocus = row.contains(document.activeElement);
  row.remove();
  if (hadFocus) /** @type {HTMLElement | null} */ (root?.querySelector('[tabindex="-1"]'))?.focus();
}

/** @param {ParentNode} where @returns {NodeListOf<HTMLElement>} */
const rowsIn = (where) => where.querySelectorAll('[data-line]');
/** @param {HTMLElement} row */
const idOf = (row) => row.dataset.line ?? '';
/** @param {ParentNode} where @param {string} id */
const rowOf = (where, id) => [...rowsIn(where)].find((row) => idOf(row) === id);
/** @param {ParentNode} where @param {string} selector */
const textIn = (where, selector) => where.querySelector(selector)?.textContent?.trim() ?? '';

// @ts-check
/**
 * Makes the shop's forms work without a reload. Every one of them works without this file too.
 * @import { CartState } from '../pages/cart.js'
 */

const button = document.querySelector('hsa-checkout-button');
const said = /** @type {HTMLElement} */ (document.getElementById('said'));
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;

/**
 * Speaks a short message, and shows it unless the page shows it already.
 * @param {string} text
 * @param {boolean} [isSeen]
 */
function say(text, isSeen = false) {
  said.classList.toggle('hidden', isSeen);
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => (said.textContent = ''), 8000);
}

/**
 * Sends a form, or only asks, and shows what the cart is now.
 * @param {string} action
 * @param {FormData} [form]
 * @returns {Promise<CartState>}
 */
async function change(action, form = new FormData()) {
  const response = await fetch(action, {
    method: 'POST',
    body: form,
    headers: { accept: 'application/json' },
  });
  if (!response.ok) throw new Error(`The shop answered ${response.status}`);
  const state = /** @type {CartState} */ (await response.json());
  show(state);
  return state;
}

/** @param {CartState} state */
function show(state) {
  for (const [name, text] of Object.entries(state.texts))
    for (const place of document.querySelectorAll(`[data-cart=${name}]`)) place.textContent = text;
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('[data-line]'))) {
    const line = state.lines.find(({ id }) => id === row.dataset.line);
    if (line) showLine(row, line);
    else removeLine(row);
  }
  document.querySelector('[data-full]')?.toggleAttribute('hidden', !state.count);
  document.querySelector('[data-empty]')?.toggleAttribute('hidden', !!state.count);
  if (!button) return;
  button.querySelector('input')?.setAttribute('value', JSON.stringify(state.checkout));
  button.cart = () => state.checkout;
  button.refresh?.();
}

/**
 * @param {HTMLElement} row
 * @param {CartState['lines'][number]} line
 */
function showLine(row, { quantity, total }) {
  const set = (/** @type {string} */ selector, /** @type {string} */ text) => {
    const place = row.querySelector(selector);
    if (place) place.textContent = text;
  };
  set('[data-quantity]', String(quantity));
  set('[data-sum]', total);
  for (const step of /** @type {NodeListOf<HTMLButtonElement>} */ (row.querySelectorAll('[data-step]')))
    if (step.dataset.step) step.value = String(quantity + Number(step.dataset.step));
}

/** Takes a line away. Focus that was in it goes to the heading, not to nowhere. @param {HTMLElement} row */
function removeLine(row) {
  const hadFocus = row.contains(document.activeElement);
  row.remove();
  if (hadFocus) document.querySelector('h1')?.focus();
}

/** Changes run one after another, so that the last press has the last word. */
let turn = Promise.resolve();

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const action = form.getAttribute('action') ?? '';
  if (!action.startsWith('/cart/')) return;
  event.preventDefault();
  // Read in its turn: a second quick press of a stepper counts from what the first one made.
  const { submitter } = event;
  turn = turn
    .then(async () => {
      const data = new FormData(form);
      if (submitter instanceof HTMLButtonElement && submitter.name)
        data.append(submitter.name, submitter.value);
      const state = await change(action, data);
      const id = form.querySelector('input')?.value;
      const line = state.lines.find((one) => one.id === id);
      const what = line ? `${line.name}: ${line.quantity} in your cart.` : 'Removed from your cart.';
      say(`${what} Subtotal ${state.texts.subtotal}.`, action === '/cart/set');
    })
    .catch(() => say('The cart could not be changed. Please try again.'));
});

// The status element says it once for each checkout, and only when the server says so.
document.addEventListener('hsa-checkout-paid', () => {
  turn = turn.then(() => change('/cart/clear', new FormData())).then(() => {}, console.error);
});

// Back from the payment page, the browser may show this page as it was left.
addEventListener('pageshow', (event) => {
  if (event.persisted) turn = turn.then(() => change('/cart')).then(() => {}, console.error);
});

const input = button?.querySelector('input');
if (button && input) button.cart = () => JSON.parse(input.value);

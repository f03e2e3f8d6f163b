// @ts-check
/** Submits the shop's forms without a reload. Each form also works without this file. */

import { cartWords, showCart } from './shop/cart-view.js';
import { openDrawer } from './shop/drawer.js';
import { say } from './shop/say.js';

/**
 * Sends a form as the browser does, or only requests the cart, and shows the new cart.
 * @param {string} action
 * @param {FormData} [body]
 */
async function change(action, body) {
  const response = await fetch(action, { method: body ? 'POST' : 'GET', body });
  if (!response.ok) throw new Error(`The shop answered ${response.status}`);
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  showCart(fresh);
  return fresh;
}

/** Changes run one after another, so that the last press decides. */
let turn = Promise.resolve();

/** @param {() => Promise<void>} task */
function inTurn(task) {
  turn = turn.then(task).catch((error) => {
    console.error(error);
    say('The cart could not be changed. Please try again.');
  });
}

document.addEventListener('submit', (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  const action = form.getAttribute('action') ?? '';
  if (!action.startsWith('/cart/')) return;
  event.preventDefault();
  const { submitter } = event;
  inTurn(async () => {
    // Read only now, so that a second quick press of a stepper counts from the result of the first.
    const data = new FormData(form, submitter);
    const fresh = await change(action, data);
    if (action === '/cart/add') openDrawer();
    say(cartWords(fresh, String(data.get('product_id'))), true);
  });
});

// The status element fires this event once for each checkout, after the server has confirmed the payment.
document.addEventListener('hsa-checkout-paid', () => {
  inTurn(async () => void (await change('/cart/clear', new FormData())));
});

// After Back from the payment page, the browser may show this page as it was.
addEventListener('pageshow', (event) => {
  if (event.persisted) inTurn(async () => void (await change('/cart')));
});

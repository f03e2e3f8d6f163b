// @ts-check
/** Opens the cart beside the page. Where there is no drawer, the link leads to the cart's page, as it does without a script. */

const drawer = /** @type {HTMLDialogElement | null} */ (document.getElementById('drawer'));
const link = document.querySelector('header nav a[href="/cart"]');

/** Opens the cart, where the page has one to open. */
export function openDrawer() {
  if (drawer && !drawer.open) drawer.showModal();
}

if (drawer && link) {
  link.setAttribute('aria-haspopup', 'dialog');
  link.addEventListener('click', (event) => {
    const { ctrlKey, metaKey, shiftKey, altKey } = /** @type {MouseEvent} */ (event);
    // A new tab or window is the shopper's to ask for.
    if (ctrlKey || metaKey || shiftKey || altKey) return;
    event.preventDefault();
    openDrawer();
  });
  // The dialog fills its own box: a click on the dialog itself is one on what lies around it.
  drawer.addEventListener('click', ({ target }) => target === drawer && drawer.close());
}

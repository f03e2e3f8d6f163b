// @ts-check
/** Opens the cart beside the page. Without a drawer, the link leads to the cart's page. */

const drawer = /** @type {HTMLDialogElement | null} */ (document.getElementById('drawer'));
const link = document.querySelector('header nav a[href="/cart"]');

/** Opens the drawer, if the page has one. */
export function openDrawer() {
  if (drawer && !drawer.open) drawer.showModal();
}

if (drawer && link) {
  link.setAttribute('aria-haspopup', 'dialog');
  link.addEventListener('click', (event) => {
    const { ctrlKey, metaKey, shiftKey, altKey } = /** @type {MouseEvent} */ (event);
    // A click for a new tab or window follows the link.
    if (ctrlKey || metaKey || shiftKey || altKey) return;
    event.preventDefault();
    openDrawer();
  });
  // The content covers the dialog, so a click on the dialog itself is on its backdrop.
  drawer.addEventListener('click', ({ target }) => target === drawer && drawer.close());
}

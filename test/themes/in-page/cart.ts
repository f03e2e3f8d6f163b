import { CONTROLS } from './elements.js';

/** Elements of themes that open by a method. */
interface Drawer extends HTMLElement {
  open?: unknown;
  /** In Dawn and its derivatives. */
  renderContents?(answer: { sections: Record<string, string> }): void;
}

/** Opens the drawer by its own method, which most themes have, or by a click on the cart link. */
export function openDrawer(): void {
  const drawers = [...document.querySelectorAll<Drawer>('cart-drawer, [id*="cart" i][id*="drawer" i]')];
  const drawer = drawers.find(({ open }) => typeof open === 'function') as { open(): void } | undefined;
  if (drawer) drawer.open();
  else document.querySelector<HTMLElement>('header a[href$="/cart"], a[href$="/cart"]')?.click();
}

/** Opens the `details` element around the note of the cart. */
export function openNote(): void {
  for (const note of document.querySelectorAll(CONTROLS.note))
    note.closest('details')?.setAttribute('open', '');
}

/** Adds a product, as a product page does. */
export async function addToCart(id: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await fetch('/cart/add.js', { method: 'POST', headers, body: JSON.stringify({ id, quantity: 1 }) });
}

/** Replaces the content of the cart's sections, as themes without a morph do. */
async function replaceSections(): Promise<void> {
  const sections = [...document.querySelectorAll('[id^="shopify-section-"]')];
  const withCart = sections.filter((section) =>
    section.querySelector('form[action$="/cart"], [name="checkout"]'),
  );
  // An empty cart may have no recognizable section.
  for (const section of withCart.length ? withCart : sections) {
    const id = section.id.slice('shopify-section-'.length);
    const html = await (await fetch(`?section_id=${id}`)).text();
    const rendered = new DOMParser().parseFromString(html, 'text/html').getElementById(section.id);
    section.innerHTML = rendered!.innerHTML;
  }
}

/** Renders the cart again, as the theme does after another script has changed the cart. */
export async function renderAgain(): Promise<void> {
  const drawer = document.querySelector<Drawer>('cart-drawer');
  if (document.querySelector('cart-items-component')) {
    // Horizon and its derivatives: their cart components listen to Shopify's event, and morph their section.
    const change = Promise.resolve({ detail: {} });
    document.dispatchEvent(
      Object.assign(new Event('shopify:cart:lines-update', { bubbles: true }), { promise: change }),
    );
  } else if (drawer?.renderContents) {
    const answer = await fetch('?sections=cart-drawer,cart-icon-bubble');
    drawer.classList.remove('is-empty');
    drawer.renderContents({ sections: (await answer.json()) as Record<string, string> });
  } else await replaceSections();
}

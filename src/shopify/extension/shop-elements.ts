import type { CheckoutCart } from '../../contract/check.js';
import type { CartChanges } from './cart-changes.js';
import { loadElements, loadStorefront } from './load-elements.js';
import { ELEMENTS, isButton, type ProductFlags, type ShopElement } from './shop-element.js';

/** Distance from the screen at which a block loads its element. */
const LOAD_MARGIN = '300px';

function productFlagsOf({ textContent }: HTMLScriptElement): ProductFlags {
  const { line_items } = JSON.parse(textContent) as CheckoutCart;
  return new Map(line_items.map((line) => [line.product_id, line]));
}

/** Loads the elements for a block. Until then a button is a link, see {@link makeLink}. */
export async function loadElement(element: ShopElement): Promise<void> {
  const src = element.dataset.hsaSrc!;
  const [{ joinFocusTraps }] = await Promise.all([loadStorefront(src), loadElements(src)]);
  joinFocusTraps();
  // The script upgrades all elements on the page.
  for (const link of document.querySelectorAll(`${ELEMENTS}[role="link"]`)) link.removeAttribute('role');
}

/**
 * Makes the element itself a link until it is loaded, in place of the link inside it. A focus trap would keep the inner link on
 * its list after the button has replaced that link.
 */
function makeLink(button: ShopElement): void {
  button.querySelector(':scope>a[href]')?.removeAttribute('href');
  if (button.checkout || button.hasAttribute('tabindex')) return;
  button.tabIndex = 0;
  button.setAttribute('role', 'link');
}

/** Provides the shopper's cart to all elements of the page, also when sections are added and removed. */
export class ShopElements {
  readonly #changes: CartChanges;
  readonly #initialized = new WeakSet<Element>();
  /** Buttons that are hidden because the cart has a line that this checkout does not sell. */
  readonly #hidden = new WeakSet<ShopElement>();
  /** Buttons that were pressed and have not read the cart since. */
  readonly #pressed = new WeakSet<ShopElement>();
  readonly #flags = new WeakMap<ShopElement, ProductFlags>();
  readonly #near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) {
          this.#near.unobserve(target);
          // After a failure, the next touch or focus of the element loads it.
          loadElement(target as ShopElement).catch(() => {});
        }
    },
    { rootMargin: LOAD_MARGIN },
  );

  constructor(changes: CartChanges) {
    this.#changes = changes;
  }

  /** Initializes an element. Called again after each change of the page, when a section may have been replaced or morphed. */
  initialize(element: ShopElement): void {
    // A theme that morphs its sections removes attributes that are not in the server's markup.
    if (this.#hidden.has(element) && !element.hidden) element.hidden = true;
    const script = element.querySelector('script');
    if (script && !this.#initialized.has(script)) {
      this.#initialized.add(script);
      this.#flags.set(element, productFlagsOf(script));
      // New markup from the server includes products that were added since the last read, so the cart is read again.
      if (element.cart) this.refresh(element);
    }
    if (isButton(element)) makeLink(element);
    if (this.#initialized.has(element)) return;
    this.#initialized.add(element);
    this.#near.observe(element);
    if (isButton(element)) element.cart = () => this.#cartOfButton(element);
  }

  /** Marks a button as pressed: the next cart that it reads is the one for the session. */
  markPressed(button: ShopElement): void {
    this.#pressed.add(button);
  }

  /** Reads the cart again after a change. */
  refresh(element: ShopElement): void {
    const isBadge = this.#flags.has(element);
    if (isBadge) {
      // The server-rendered badge is outdated.
      element.replaceChildren();
      element.cart ??= () => this.#cartOfBadge(element);
    }
    if (element.refresh) void element.refresh();
    else if (isBadge || element.hidden) loadElement(element).catch(() => {});
  }

  /** The cart for a button. Without a press, an unreadable cart is null, so that the page shows no error. */
  async #cartOfButton(button: ShopElement): Promise<CheckoutCart | null> {
    const isPressed = button.state === 'creating';
    // Only the first read after a press saves the page's fields. A later one must not, because the shopper may have changed the
    // cart in the meantime.
    const isPress = this.#pressed.delete(button);
    const { cartOfButton, isNotSold } = await loadStorefront(button.dataset.hsaSrc!);
    try {
      await this.#changes.settled();
      const cart = await cartOfButton(button, isPress ? () => this.#changes.settled() : undefined);
      this.#hide(button, false);
      return cart;
    } catch (error) {
      if (isNotSold(error)) this.#hide(button, !isPressed);
      if (isPressed) throw error;
      return null;
    }
  }

  /** The cart for a badge; null when it cannot be read. */
  async #cartOfBadge(badge: ShopElement): Promise<CheckoutCart | null> {
    try {
      const { cartOfBadge } = await loadStorefront(badge.dataset.hsaSrc!);
      await this.#changes.settled();
      return await cartOfBadge(this.#flags.get(badge)!);
    } catch {
      return null;
    }
  }

  #hide(button: ShopElement, isHidden: boolean): void {
    this.#hidden[isHidden ? 'add' : 'delete'](button);
    button.hidden = isHidden;
  }
}

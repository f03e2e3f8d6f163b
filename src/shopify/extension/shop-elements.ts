import type { CheckoutCart } from '../../contract/check.js';
import type { CartChanges } from './cart-changes.js';
import { loadElements, loadStorefront } from './load-elements.js';
import { ELEMENTS, isButton, type Facts, type ShopElement } from './shop-element.js';

/** How far below the screen a block is near. */
const NEAR = '300px';

function factsOf({ textContent }: HTMLScriptElement): Facts {
  const { line_items } = JSON.parse(textContent) as CheckoutCart;
  return new Map(line_items.map((line) => [line.product_id, line]));
}

/** Loads what an element needs. A button that is not loaded yet stands in as a link, see {@link standIn}. */
export async function wake(element: ShopElement): Promise<void> {
  const src = element.dataset.hsaSrc!;
  const [{ joinFocusTraps }] = await Promise.all([loadStorefront(src), loadElements(src)]);
  joinFocusTraps();
  // The file makes buttons of all tags on the page.
  for (const link of document.querySelectorAll(`${ELEMENTS}[role="link"]`)) link.removeAttribute('role');
}

/**
 * Makes a button that is not loaded yet a link by itself. A link inside of it would be on the list of a focus trap, and gone when
 * the button is loaded.
 */
function standIn(button: ShopElement): void {
  button.querySelector(':scope>a[href]')?.removeAttribute('href');
  if (button.checkout || button.hasAttribute('tabindex')) return;
  button.tabIndex = 0;
  button.setAttribute('role', 'link');
}

/** Gives the elements of a page the shopper's cart, in whatever section they come and go. */
export class ShopElements {
  readonly #changes: CartChanges;
  readonly #adopted = new WeakSet<Element>();
  readonly #hidden = new WeakSet<ShopElement>();
  /** Buttons that were pressed, and have not read the cart for it yet. */
  readonly #pressed = new WeakSet<ShopElement>();
  readonly #facts = new WeakMap<ShopElement, Facts>();
  readonly #near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) {
          this.#near.unobserve(target);
          // Where it fails, the element still can be touched.
          wake(target as ShopElement).catch(() => {});
        }
    },
    { rootMargin: NEAR },
  );

  constructor(changes: CartChanges) {
    this.#changes = changes;
  }

  /** Takes care of an element; again whenever anything around it may have changed. */
  adopt(element: ShopElement): void {
    // A theme that morphs its sections takes off the attributes that its server did not send.
    if (this.#hidden.has(element) && !element.hidden) element.hidden = true;
    const script = element.querySelector('script');
    if (script && !this.#adopted.has(script)) {
      this.#adopted.add(script);
      this.#facts.set(element, factsOf(script));
      // The server knows more products now than it did when the page was new.
      if (element.cart) this.update(element);
    }
    if (isButton(element)) standIn(element);
    if (this.#adopted.has(element)) return;
    this.#adopted.add(element);
    this.#near.observe(element);
    if (isButton(element)) element.cart = () => this.#cartOf(element);
  }

  /** The button is pressed: the next cart that it reads is the one that is sold. */
  press(button: ShopElement): void {
    this.#pressed.add(button);
  }

  /** Shows the cart as it is after a change. */
  update(element: ShopElement): void {
    const isBadge = this.#facts.has(element);
    if (isBadge) {
      // The server's words are of another cart now.
      element.replaceChildren();
      element.cart ??= () => this.#knownCart(element);
    }
    if (element.refresh) void element.refresh();
    else if (isBadge || element.hidden) wake(element).catch(() => {});
  }

  /** The cart for a button. Only a press is told why there is none: a page that is just being looked at has no use for it. */
  async #cartOf(button: ShopElement): Promise<CheckoutCart | null> {
    const isPressed = button.state === 'creating';
    // A refresh meanwhile only reads: the shopper may have changed the cart after the press.
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

  /** The cart for a badge; null where it cannot be read. */
  async #knownCart(badge: ShopElement): Promise<CheckoutCart | null> {
    try {
      const { cartOfBadge } = await loadStorefront(badge.dataset.hsaSrc!);
      await this.#changes.settled();
      return await cartOfBadge(this.#facts.get(badge)!);
    } catch {
      return null;
    }
  }

  #hide(button: ShopElement, isHidden: boolean): void {
    this.#hidden[isHidden ? 'add' : 'delete'](button);
    button.hidden = isHidden;
  }
}

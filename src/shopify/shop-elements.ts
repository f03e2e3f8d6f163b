import type { CheckoutCart } from '../contract/check.js';
import type { CheckoutError } from '../core/index.js';
import { NOT_SOLD, type CartRules } from './ajax-cart.js';
import { bringElement } from './bring-element.js';
import type { CartChanges } from './cart-changes.js';
import { readCart } from './read-cart.js';

/** An element that a block has put on the page: of our tag, and known by where its script is. */
export interface ShopElement extends HTMLElement {
  cart?: unknown;
  /** From here on only where the elements have come in. */
  state?: string;
  refresh?(): Promise<void>;
  checkout?(): Promise<void>;
}

/** Finds the elements of all blocks. */
export const ELEMENTS = '[data-hsa-src]';
/** How far below the screen a block is near. */
const NEAR = '300px';

/** What the metafields of its products say, in a cart badge: by the id of the variant. */
type Facts = Map<string, Pick<CheckoutCart['line_items'][number], 'hsa_fsa_eligible' | 'requires_lmn'>>;

function factsOf({ textContent }: HTMLScriptElement): Facts {
  const { line_items } = JSON.parse(textContent) as CheckoutCart;
  return new Map(line_items.map((line) => [line.product_id, line]));
}

/** Brings in what an element needs to live. */
export const wake = ({ dataset }: HTMLElement): Promise<unknown> => bringElement(dataset.hsaSrc!);

function rulesOf({ dataset }: HTMLElement): CartRules {
  const excluded = dataset.excluded?.split(/[,\n]/).map((word) => word.trim().toLowerCase());
  return { subscriptions: 'subscriptions' in dataset, excluded: excluded?.filter(Boolean) };
}

/** Gives the elements of a page the shopper's cart, in whatever section they come and go. */
export class ShopElements {
  readonly #changes: CartChanges;
  readonly #adopted = new WeakSet<Element>();
  readonly #hidden = new WeakSet<ShopElement>();
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
    if (this.#adopted.has(element)) return;
    this.#adopted.add(element);
    this.#near.observe(element);
    if (element.localName === 'hsa-checkout-button') element.cart = () => this.#cartOf(element);
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

  async #read(rules: CartRules): Promise<CheckoutCart> {
    await this.#changes.settled();
    return readCart(rules);
  }

  /**
   * The cart for a button. Only a press is told why there is none: a page that is just being looked at has no use for it.
   */
  async #cartOf(button: ShopElement): Promise<CheckoutCart | null> {
    const isPressed = button.state === 'creating';
    try {
      const cart = await this.#read(rulesOf(button));
      this.#hide(button, false);
      return cart;
    } catch (error) {
      if ((error as CheckoutError).details?.reason === NOT_SOLD) this.#hide(button, !isPressed);
      if (isPressed) throw error;
      return null;
    }
  }

  /** The cart for a badge, each line with what the metafields said of it; nothing where the cart cannot be read. */
  async #knownCart(badge: ShopElement): Promise<CheckoutCart | null> {
    try {
      const { line_items } = await this.#read({ subscriptions: true });
      const facts = this.#facts.get(badge)!;
      return {
        line_items: line_items.map((line) => {
          const { hsa_fsa_eligible, requires_lmn } = facts.get(line.product_id) ?? {};
          return { ...line, hsa_fsa_eligible, requires_lmn };
        }),
      };
    } catch {
      return null;
    }
  }

  #hide(button: ShopElement, isHidden: boolean): void {
    this.#hidden[isHidden ? 'add' : 'delete'](button);
    button.hidden = isHidden;
  }
}

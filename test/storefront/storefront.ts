import type { CheckoutButton, EligibilityBadge } from '../../src/index.js';
import { control, next, shows } from '../elements/support/page.js';
import { nextPage, openFrame, type Page } from '../elements/support/frame.js';
import type { Orders, Report } from '../support/theme-shop.js';

/** A promise, and what settles it. */
export function deferred(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
  let resolve!: (value: unknown) => void;
  return { promise: new Promise((settle) => (resolve = settle)), resolve };
}

/** How a theme says that it changes the cart: with Shopify's standard event and its promise, or not at all. */
export type Voice = 'events' | 'silent';

/** A shop of its own for a test, and a shopper on one of its pages. */
export class Storefront {
  /** The root of the shop for this shopper's language, with a slash at its end. */
  readonly root = `/theme/${crypto.randomUUID()}/`;
  frame!: HTMLIFrameElement;

  /** Opens a page: its name and its query, as in `cart?blocks=checkout-button`. */
  static async open(page: string, orders: Orders = {}): Promise<Storefront> {
    sessionStorage.clear();
    const shop = new Storefront();
    await shop.tell(orders);
    // Of a size in which blocks are on the screen.
    const source = { src: shop.root + page, width: '700', height: '500' };
    shop.frame = await openFrame(source);
    return shop;
  }

  get window(): Page {
    return this.frame.contentWindow as Page;
  }

  get document(): Document {
    return this.frame.contentDocument!;
  }

  /** Tells the shop what to do next, and hears what has happened in it. */
  async tell(orders: Orders = {}): Promise<Report> {
    const answer = await fetch(`${this.root}control`, { method: 'POST', body: JSON.stringify(orders) });
    return (await answer.json()) as Report;
  }

  /** Waits until something holds of what has happened in the shop. */
  async hears(isSo: (report: Report) => boolean): Promise<Report> {
    for (;;) {
      const report = await this.tell();
      if (isSo(report)) return report;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  /** Waits until something holds on the page. */
  async sees<T>(find: () => T | null | undefined | false): Promise<T> {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  /** A button, once it is there, has read its cart, and knows what to say of it. */
  async button(where = ''): Promise<CheckoutButton> {
    const button = await this.sees(() =>
      [...this.document.querySelectorAll<CheckoutButton>(`${where} hsa-checkout-button`)].find(
        ({ shadowRoot }) => shadowRoot,
      ),
    );
    await this.sees(() => button.hidden || button.state === 'unavailable' || shows(button).includes(' | '));
    return button;
  }

  /** The files of the extension that the page has asked for so far, without what stands behind the question mark. */
  scripts(): string[] {
    const entries = this.window.performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname);
    return entries
      .filter((path) => path.endsWith('.js') && path.includes('/assets/'))
      .map((path) => path.split('/').at(-1)!);
  }

  /** The badge as a shopper reads it: the server's words, or the element's. */
  badgeText(): string {
    const badge = this.document.querySelector<EligibilityBadge>('hsa-eligibility-badge')!;
    const words = badge.shadowRoot
      ? badge.shadowRoot.querySelector('[part="badge"]')
      : badge.querySelector('.hsa-badge');
    return words?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }

  /** Presses a button, and waits for the payment page. */
  async pays(button: CheckoutButton): Promise<void> {
    const failed = next(button, 'hsa-checkout-error').then(({ code, message }) => {
      throw new Error(`${code}: ${message}`);
    });
    const payment = nextPage(this.frame);
    control(button).click();
    await Promise.race([payment, failed]);
    if (!this.document.querySelector('button[value="pay"]'))
      throw new Error(`Not a payment page: ${this.window.location.href}`);
  }

  /** Changes the cart as a theme does: by a request, with its event before it where it sends one. */
  async change(variant: number, quantity: number, voice: Voice = 'silent'): Promise<void> {
    const change = async () => {
      const body = JSON.stringify({ id: variant, quantity });
      const headers = { 'content-type': 'application/json' };
      await this.window.fetch(`${this.root}cart/change.js`, { method: 'POST', headers, body });
    };
    if (voice === 'silent') return change();
    const announced = deferred();
    this.announce(announced.promise);
    await change();
    announced.resolve({ cart: { totalQuantity: quantity } });
  }

  /** Sends the event of a theme that is about to change the cart. */
  announce(promise: Promise<unknown>): void {
    const { Event } = this.window;
    const event = new Event('shopify:cart:lines-update', { bubbles: true });
    this.document
      .querySelector('cart-drawer')!
      .dispatchEvent(Object.assign(event, { promise, action: 'update' }));
  }

  /** Renders a section anew on the server. */
  async rendered(id: string): Promise<HTMLElement> {
    const url = new URL(this.window.location.href);
    url.searchParams.set('section_id', id);
    const html = await (await this.window.fetch(url)).text();
    return new this.window.DOMParser().parseFromString(html, 'text/html').body
      .firstElementChild as HTMLElement;
  }

  /** Replaces a section, as most themes do. */
  async replace(id: string): Promise<void> {
    this.section(id).replaceWith(this.document.adoptNode(await this.rendered(id)));
  }

  /** Morphs a section into its new form, as Horizon does: whatever is there and stays is kept. */
  async morph(id: string): Promise<void> {
    morph(this.section(id), await this.rendered(id));
  }

  section(id: string): HTMLElement {
    return this.document.getElementById(`shopify-section-${id}`)!;
  }
}

/** Makes a node like another one, attribute by attribute and child by child. */
function morph(old: Element, next: Element): void {
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes) old.setAttribute(name, value);
  const children = [...old.childNodes];
  const wanted = [...next.childNodes];
  wanted.forEach((child, i) => {
    const own = children[i];
    if (own instanceof old.ownerDocument.defaultView!.Element && child.nodeName === own.nodeName)
      morph(own, child as Element);
    else if (own) own.replaceWith(old.ownerDocument.adoptNode(child));
    else old.append(old.ownerDocument.adoptNode(child));
  });
  children.slice(wanted.length).forEach((child) => child.remove());
}

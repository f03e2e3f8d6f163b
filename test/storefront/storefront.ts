import type { CheckoutButton, EligibilityBadge } from '../../src/index.js';
import { control, nextEvent, visibleText } from '../elements/support/page.js';
import { nextPage, openFrame, type Page } from '../elements/support/frame.js';
import type { Orders, Report } from '../support/theme-shop.js';

/** A promise and its resolve function. */
export function deferred(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
  let resolve!: (value: unknown) => void;
  return { promise: new Promise((settle) => (resolve = settle)), resolve };
}

/** Whether a theme fires Shopify's standard event with a promise before it changes the cart. */
export type ChangeSignal = 'events' | 'silent';

/** A separate shop for one test, with one of its pages in a frame. */
export class Storefront {
  /** The root path of the shop, with a trailing slash. */
  readonly root = `/theme/${crypto.randomUUID()}/`;
  frame!: HTMLIFrameElement;

  /** Opens a page by its name and query, such as `cart?blocks=checkout-button`. */
  static async open(page: string, orders: Orders = {}): Promise<Storefront> {
    sessionStorage.clear();
    const shop = new Storefront();
    await shop.control(orders);
    // Large enough for blocks to be on the screen.
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

  /** Sends orders to the shop, and returns its report. */
  async control(orders: Orders = {}): Promise<Report> {
    const answer = await fetch(`${this.root}control`, { method: 'POST', body: JSON.stringify(orders) });
    return (await answer.json()) as Report;
  }

  /** Polls the shop until a condition on its report is true. */
  async untilReport(condition: (report: Report) => boolean): Promise<Report> {
    for (;;) {
      const report = await this.control();
      if (condition(report)) return report;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  /** Polls the page in each frame, until a query has a truthy result. */
  async until<T>(find: () => T | null | undefined | false): Promise<T> {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  }

  /** Waits until a button has loaded, has read its cart, and shows its eligibility. */
  async button(where = ''): Promise<CheckoutButton> {
    const button = await this.until(() =>
      [...this.document.querySelectorAll<CheckoutButton>(`${where} hsa-checkout-button`)].find(
        ({ shadowRoot }) => shadowRoot,
      ),
    );
    await this.until(
      () => button.hidden || button.state === 'unavailable' || visibleText(button).includes(' | '),
    );
    return button;
  }

  /** The files of the extension that the page has requested so far, without queries. */
  scripts(): string[] {
    const entries = this.window.performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname);
    return entries
      .filter((path) => path.endsWith('.js') && path.includes('/assets/'))
      .map((path) => path.split('/').at(-1)!);
  }

  /** The text of the badge: the server's, or the element's once it is loaded. */
  badgeText(): string {
    const badge = this.document.querySelector<EligibilityBadge>('hsa-eligibility-badge')!;
    const text = badge.shadowRoot
      ? badge.shadowRoot.querySelector('[part="badge"]')
      : badge.querySelector('.hsa-badge');
    return text?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
  }

  /** Presses a button, and waits for the payment page. */
  async pressAndPay(button: CheckoutButton): Promise<void> {
    const failed = nextEvent(button, 'hsa-checkout-error').then(({ code, message }) => {
      throw new Error(`${code}: ${message}`);
    });
    const payment = nextPage(this.frame);
    control(button).click();
    await Promise.race([payment, failed]);
    if (!this.document.querySelector('button[value="pay"]'))
      throw new Error(`Not a payment page: ${this.window.location.href}`);
  }

  /** Changes the cart as a theme does: by a request, with the standard event before it if the theme fires one. */
  async changeCart(variant: number, quantity: number, signal: ChangeSignal = 'silent'): Promise<void> {
    const change = async () => {
      const body = JSON.stringify({ id: variant, quantity });
      const headers = { 'content-type': 'application/json' };
      await this.window.fetch(`${this.root}cart/change.js`, { method: 'POST', headers, body });
    };
    if (signal === 'silent') return change();
    const announced = deferred();
    this.fireLinesUpdate(announced.promise);
    await change();
    announced.resolve({ cart: { totalQuantity: quantity } });
  }

  /** Fires the standard event that precedes a change of the cart. */
  fireLinesUpdate(promise: Promise<unknown>): void {
    const { Event } = this.window;
    const event = new Event('shopify:cart:lines-update', { bubbles: true });
    this.document
      .querySelector('cart-drawer')!
      .dispatchEvent(Object.assign(event, { promise, action: 'update' }));
  }

  /** Fetches a section from the server. */
  async fetchSection(id: string): Promise<HTMLElement> {
    const url = new URL(this.window.location.href);
    url.searchParams.set('section_id', id);
    const html = await (await this.window.fetch(url)).text();
    return new this.window.DOMParser().parseFromString(html, 'text/html').body
      .firstElementChild as HTMLElement;
  }

  /** Replaces a section, as most themes do. */
  async replaceSection(id: string): Promise<void> {
    this.section(id).replaceWith(this.document.adoptNode(await this.fetchSection(id)));
  }

  /** Morphs a section into its new markup, as Horizon does: matching elements are kept. */
  async morphSection(id: string): Promise<void> {
    morph(this.section(id), await this.fetchSection(id));
  }

  section(id: string): HTMLElement {
    return this.document.getElementById(`shopify-section-${id}`)!;
  }
}

/** Changes a node to match another one, attribute by attribute and child by child. */
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

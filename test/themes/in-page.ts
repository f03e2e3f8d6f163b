import { contrast } from '../elements/contrast.js';

/*
 * What the situations ask of a page, from inside of it: `window.themePage`. A bundle of this file runs before the page's own
 * scripts.
 */

/** Where an element is on the page, in pixels of CSS. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A control of the theme that can be seen. */
export interface Control extends Box {
  what: ControlName;
  /** Which of its kind, counted from 1. */
  number: number;
}

/** A button of ours that can be seen, or the link that stands in for it. */
export interface OurButton extends Box {
  /** The element around it, which must have room for it. */
  container: Box;
  isAwake: boolean;
  /** Controls of the theme that it lies over. */
  over: string[];
  /** Whether a press in its middle reaches it. */
  isOnTop: boolean;
  words: string;
}

const OURS = 'hsa-checkout-button';

/** How themes mark their controls of the cart. */
const CONTROLS = {
  checkout: '[name="checkout"], a[href="/checkout"]',
  wallet: 'shopify-accelerated-checkout-cart',
  quantity: 'input[name="updates[]"], input[name^="updates["]',
  plus: '[name="plus"], [data-quantity-plus], .quantity-plus',
  minus: '[name="minus"], [data-quantity-minus], .quantity-minus',
  remove: 'a[href*="/cart/change"], button[class*="remove" i]',
  update: 'form[action$="/cart"] [type="submit"]:not([name="checkout"])',
  note: 'textarea[name="note"]',
};
export type ControlName = keyof typeof CONTROLS;

const isSeen = (element: Element): boolean => {
  const { width, height } = element.getBoundingClientRect();
  return (
    width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  );
};

const boxOf = (element: Element): Box => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + scrollX, y: y + scrollY, width, height };
};

const seen = <T extends Element = HTMLElement>(selector: string): T[] =>
  [...document.querySelectorAll<T>(selector)].filter((element) => isSeen(element) && !element.closest(OURS));

/** The button in an element of ours, or the link that stands in for it. */
const innerOf = (host: Element) =>
  host.shadowRoot?.querySelector('button') ?? host.querySelector('a.hsa-button') ?? host;

/** The element that we placed, or the block of the merchant's. */
const placedOf = (host: Element) =>
  host.closest('hsa-placed, .hsa-placed') ?? host.closest('.shopify-app-block') ?? host;

const overlap = (a: DOMRect, b: DOMRect) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;

/** The text inside of an element of ours, without that of its style sheets. */
const wordsOf = (host: Element) => (host.shadowRoot ?? host).textContent.replace(/\s+/g, ' ').trim();

/** The drawer of Dawn and its children. */
interface DawnDrawer extends HTMLElement {
  renderContents?(answer: { sections: Record<string, string> }): void;
}

const OTHERS = 'a[href], button, input, select, textarea, summary, shopify-accelerated-checkout-cart';

/** The drawer that is open: a dialog, or the outermost element that is named after one. */
function drawer(): Element | undefined {
  const [checkout] = seen(CONTROLS.checkout);
  const dialog = checkout?.closest('dialog, [role="dialog"], [aria-modal="true"]');
  if (dialog) return dialog;
  let outermost: Element | undefined;
  for (let at = checkout?.parentElement; at && at !== document.body; at = at.parentElement)
    if (at.matches('[class*="drawer" i]')) outermost = at;
  return outermost;
}

function overOf(host: Element): string[] {
  const rect = innerOf(host).getBoundingClientRect();
  return seen(OTHERS)
    .filter((other) => (drawer() ?? document).contains(other) && overlap(rect, other.getBoundingClientRect()))
    .map((other) => `${other.localName}${other.id && `#${other.id}`}`);
}

/** Whether the element at a point is inside of another, through shadow roots. */
function isInside(inner: Element | null, outer: Element): boolean {
  for (let at: Node | null = inner; at; at = at instanceof ShadowRoot ? at.host : at.parentNode)
    if (at === outer) return true;
  return false;
}

/** Scrolls to an element. Returns a function that scrolls everything back. */
function scrollTo(element: Element): () => void {
  const positions: [Element, number][] = [];
  for (let at = element.parentElement; at; at = at.parentElement) positions.push([at, at.scrollTop]);
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  return () => positions.forEach(([at, top]) => at.scrollTo({ top, behavior: 'instant' }));
}

function isOnTop(host: Element): boolean {
  const scrollBack = scrollTo(host);
  const { x, y, width, height } = innerOf(host).getBoundingClientRect();
  const top = document.elementFromPoint(x + width / 2, y + height / 2);
  scrollBack();
  return isInside(top, host);
}

/** The height that the elements take which we have placed, with their margins. */
function placedHeight(): number {
  const heights = hosts().map((host) => {
    const placed = placedOf(host);
    const margins = [...new Set([placed, host])].flatMap((element) => {
      const { marginTop, marginBottom } = getComputedStyle(element);
      return [parseFloat(marginTop), parseFloat(marginBottom)];
    });
    return margins.reduce((sum, margin) => sum + margin, placed.getBoundingClientRect().height);
  });
  return heights.reduce((sum, height) => sum + height, 0);
}

const hosts = () => [...document.querySelectorAll<HTMLElement>(OURS)].filter((host) => isSeen(innerOf(host)));

let scrollBack = () => {};
let wallet: Element | undefined;
let invalid: EventTarget | null = null;
addEventListener('invalid', ({ target }) => (invalid = target), true);

const themePage = {
  isSeen,
  seen,

  /** The controls of one kind that can be seen, in the order of the document. */
  controls: (what: ControlName): HTMLElement[] => seen(CONTROLS[what]),

  /** The controls of the cart that can be seen. */
  boxes: (): Control[] =>
    (Object.keys(CONTROLS) as ControlName[]).flatMap((what) =>
      seen(CONTROLS[what]).map((element, i) => ({ what, number: i + 1, ...boxOf(element) })),
    ),

  /** Our elements that can be seen. */
  hosts,

  /** How many elements of ours and checkout buttons of the theme are in the document, whether they can be seen or not. */
  totals: () => ({
    ours: document.querySelectorAll(OURS).length,
    places: document.querySelectorAll(CONTROLS.checkout).length,
  }),

  /** Brings our button on the screen, and says where its middle is. */
  showButton(): { x: number; y: number } | undefined {
    const [host] = hosts();
    if (!host) return undefined;
    scrollTo(host);
    const { x, y, width, height } = innerOf(host).getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  },

  ours: (): OurButton[] =>
    hosts().map((host) => ({
      ...boxOf(innerOf(host)),
      container: boxOf(placedOf(host).parentElement!),
      isAwake: Boolean(host.shadowRoot),
      over: overOf(host),
      isOnTop: isOnTop(host),
      words: wordsOf(host),
    })),

  placedHeight,

  /** Brings our elements on the screen, for what is loaded only there. */
  showOurs(): void {
    const [host] = hosts();
    if (host) scrollBack = scrollTo(host);
  },
  showStart: () => scrollBack(),

  width: () => document.documentElement.scrollWidth,

  /** Remembers the wallet; later tells whether it is still this one, and the only one. */
  rememberWallet: () => Boolean((wallet = seen(CONTROLS.wallet)[0])),
  hasSameWallet: () => {
    const all = seen(CONTROLS.wallet);
    return all.length === 1 && all[0] === wallet;
  },

  /** Whether our button has the checkout button of the theme for its neighbour. */
  isBesideCheckout(): boolean {
    const [host] = hosts();
    const [checkout] = seen(CONTROLS.checkout);
    return Boolean(host && checkout && placedOf(host).parentElement!.contains(checkout));
  },

  /** Opens the drawer: by its own method, which most themes have, or as a shopper does. */
  openDrawer(): void {
    const drawers = document.querySelectorAll<HTMLElement & { open?: unknown }>(
      'cart-drawer, [id*="cart" i][id*="drawer" i]',
    );
    const own = [...drawers].find(({ open }) => typeof open === 'function') as { open(): void } | undefined;
    if (own) own.open();
    else document.querySelector<HTMLElement>('header a[href$="/cart"], a[href$="/cart"]')?.click();
  },

  /** Renders the cart again where it is, as the theme does when something else has changed the cart. */
  async renderAgain(): Promise<void> {
    const drawer = document.querySelector<DawnDrawer>('cart-drawer');
    if (document.querySelector('cart-items-component')) {
      // Horizon and its children: an event of Shopify's, which their cart components listen to.
      const change = Promise.resolve({ detail: {} });
      document.dispatchEvent(
        Object.assign(new Event('shopify:cart:lines-update', { bubbles: true }), { promise: change }),
      );
    } else if (drawer?.renderContents) {
      const answer = await fetch('?sections=cart-drawer,cart-icon-bubble');
      drawer.classList.remove('is-empty');
      drawer.renderContents({ sections: (await answer.json()) as Record<string, string> });
    } else {
      const sections = [...document.querySelectorAll('[id^="shopify-section-"]')].filter((section) =>
        section.querySelector('form[action$="/cart"], [name="checkout"]'),
      );
      for (const section of sections) {
        const id = section.id.slice('shopify-section-'.length);
        const text = await (await fetch(`?section_id=${id}`)).text();
        const made = new DOMParser().parseFromString(text, 'text/html').getElementById(section.id);
        section.innerHTML = made!.innerHTML;
      }
    }
  },

  /** Opens what the note of the cart is folded into. */
  openNote(): void {
    for (const note of document.querySelectorAll(CONTROLS.note))
      note.closest('details')?.setAttribute('open', '');
  },

  /** Adds a product as its page does. */
  async add(id: number): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    await fetch('/cart/add.js', { method: 'POST', headers, body: JSON.stringify({ id, quantity: 1 }) });
  },

  /** Where the keyboard is: in one of our buttons, in the open drawer, outside of it, or nowhere. */
  focusPlace(): 'ours' | 'drawer' | 'outside' | 'nowhere' {
    const active = document.activeElement;
    if (!active || active === document.body || active === document.documentElement) return 'nowhere';
    if (active.closest(OURS)) return 'ours';
    return drawer()?.contains(active) ? 'drawer' : 'outside';
  },

  /** The element that the browser last said was not valid. */
  lastInvalid: () => invalid,

  contrast,

  /** The colours of our badge: its words and its mark. */
  badgeColors(): { words: string; mark: string } | undefined {
    const badge = hosts()[0]?.shadowRoot?.querySelector('[part~="badge"]');
    const mark = badge?.querySelector('svg');
    const words = badge?.querySelector('span');
    return mark && words
      ? { words: getComputedStyle(words).color, mark: getComputedStyle(mark).color }
      : undefined;
  },

  /** The colour of most pixels of a picture. */
  async groundOf(picture: string): Promise<string> {
    const bitmap = await createImageBitmap(await (await fetch(picture)).blob());
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    const counts = new Map<string, number>();
    for (let i = 0; i < data.length; i += 4) {
      const color = `rgb(${data[i]} ${data[i + 1]} ${data[i + 2]})`;
      counts.set(color, (counts.get(color) ?? 0) + 1);
    }
    return [...counts].sort(([, a], [, b]) => b - a)[0]![0];
  },

  /** A signature of where everything is: the page is still while it stays the same. */
  stillness: () =>
    JSON.stringify([OURS, ...Object.values(CONTROLS)].map((selector) => seen(selector).map(boxOf))) +
    hosts().map(wordsOf).join(),
};

declare global {
  interface Window {
    themePage: typeof themePage;
  }
}
window.themePage = themePage;

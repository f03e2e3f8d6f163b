import {
  allVisible,
  CONTROLS,
  controls,
  drawer,
  innerOf,
  OURS,
  ourElements,
  placedOf,
  scrollTo,
  type ControlName,
} from './elements.js';

/** Position and size of an element on the page, in CSS pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A visible control of the theme. */
export interface Control extends Box {
  name: ControlName;
  /** Its number among the controls of its kind, from 1. */
  number: number;
}

/** A visible button of ours, or the link in its place. */
export interface OurButton extends Box {
  /** The container that must be wide enough for it. */
  container: Box;
  isLoaded: boolean;
  /** Controls of the theme that it covers. */
  covers: string[];
  /** Whether a click at its centre hits it. */
  isOnTop: boolean;
  text: string;
}

function boxOf(element: Element): Box {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + scrollX, y: y + scrollY, width, height };
}

/** The centre of an element, in window coordinates. */
export function middleOf(element: Element): { x: number; y: number } {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}

const textOf = (host: Element) => (host.shadowRoot ?? host).textContent.replace(/\s+/g, ' ').trim();

const PRESSABLE = 'a[href], button, input, select, textarea, summary, shopify-accelerated-checkout-cart';

const isOverlap = (a: DOMRect, b: DOMRect) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 &&
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;

/** The controls that our element covers, without those behind an open drawer. */
function coveredBy(host: Element): string[] {
  const rect = innerOf(host).getBoundingClientRect();
  const surface = drawer() ?? document;
  return allVisible(PRESSABLE)
    .filter((other) => surface.contains(other) && isOverlap(rect, other.getBoundingClientRect()))
    .map((other) => other.localName + (other.id && `#${other.id}`));
}

function isOnTop(host: Element): boolean {
  const scrollBack = scrollTo(host);
  const { x, y } = middleOf(innerOf(host));
  const top = document.elementFromPoint(x, y);
  scrollBack();
  return host.contains(top);
}

/** The visible controls of the cart. */
export const controlBoxes = (): Control[] =>
  (Object.keys(CONTROLS) as ControlName[]).flatMap((name) =>
    controls(name).map((element, i) => ({ name, number: i + 1, ...boxOf(element) })),
  );

/** Our visible buttons. */
export const ourButtons = (): OurButton[] =>
  ourElements().map((host) => ({
    ...boxOf(innerOf(host)),
    container: boxOf(placedOf(host).parentElement!),
    isLoaded: Boolean(host.shadowRoot),
    covers: coveredBy(host),
    isOnTop: isOnTop(host),
    text: textOf(host),
  }));

/** The total height of our placed elements, with margins and gaps. */
export function placedHeight(): number {
  const heights = ourElements().map((host) => {
    const placed = placedOf(host);
    const margins = [...new Set([placed, host])].flatMap((element) => {
      const { marginTop, marginBottom } = getComputedStyle(element);
      return [parseFloat(marginTop), parseFloat(marginBottom)];
    });
    // A container with a gap adds one.
    const gap = parseFloat(getComputedStyle(placed.parentElement!).rowGap) || 0;
    return margins.reduce((sum, margin) => sum + margin, placed.getBoundingClientRect().height + gap);
  });
  return heights.reduce((sum, height) => sum + height, 0);
}

/** Whether our button shares its container with the checkout button of the theme. */
export function isBesideCheckout(): boolean {
  const [host] = ourElements();
  const [checkout] = controls('checkout');
  return Boolean(host && checkout && placedOf(host).parentElement!.contains(checkout));
}

/** The number of our elements and of the theme's checkout buttons in the document, visible or not. */
export const totals = (): { ours: number; places: number } => ({
  ours: document.querySelectorAll(OURS).length,
  places: [...document.querySelectorAll(CONTROLS.checkout)].filter((element) => !element.closest(OURS))
    .length,
});

/** A string that changes when a control moves or our text changes. */
export const layoutSignature = (): string =>
  JSON.stringify([controlBoxes(), ourElements().map((host) => [boxOf(host), textOf(host)])]);

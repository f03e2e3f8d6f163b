import { DRAWER, hasBox, isRendered } from './checkout-controls.js';
import { ELEMENTS, PLACED } from './shop-element.js';

/*
 * The app embed has one rule: each checkout control of the theme gets one placed element, last in the nearest container that
 * stacks its children, or in the one around it where a wallet stands below. The element moves and goes with its control. The
 * theme's own elements are never changed.
 */

/** A block of the merchant's in the same form, dialog or section makes a placed one superfluous. */
const SCOPE = 'form,dialog,[id^="shopify-section"]';
/** Parts of a page that a placed element shares with its control. */
const PART = `${SCOPE},${DRAWER}`;
/** A placed element stays inside of these. */
const OUTER = 'body,main,dialog,[id^="shopify-section"]';
/** Times that elements are placed between two actions of the shopper: a script that removes them each time must not make a loop. */
const MAX_ATTEMPTS = 50;

/** What is known of a checkout control. */
interface Place {
  /** The parent of the control when its place was found. */
  parent?: Element | null;
  /** The element that was placed for it. */
  block?: HTMLElement;
}

const places = new Map<HTMLElement, Place>();
/** Placed elements whose control has gone. A new control gets one of them, with the checkout that is under way in it. */
const spare: HTMLElement[] = [];
let attempts = 0;
let onResize: () => void;
/** A control that is shown, hidden or resized may stand in another layout. Not at once: that could resize it again. */
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) delete places.get(target as HTMLElement)?.parent;
  requestAnimationFrame(() => onResize());
});

/** Wallet buttons, such as Shop Pay, that may stand below the checkout button. */
const WALLETS = 'shopify-accelerated-checkout-cart,.dynamic-checkout__content,.additional-checkout-buttons';

/** The container around another one in which a wallet stands below that, if both are in the same part of the page. */
function withWallet(container: HTMLElement, control: Element): HTMLElement | undefined {
  const around = container.parentElement!;
  const part = control.closest(PART);
  if (!part || part === container || !part.contains(around) || !stacks(around)) return undefined;
  return [...around.querySelectorAll(WALLETS)].some(
    (wallet) => container.compareDocumentPosition(wallet) === Node.DOCUMENT_POSITION_FOLLOWING,
  )
    ? around
    : undefined;
}

/** Whether an element that is appended to a container stands below its other children, and leaves them as they are. */
function stacks(container: Element): boolean {
  const { display, flexDirection, flexWrap, gridAutoFlow, gridTemplateColumns } = getComputedStyle(container);
  if (container.matches('ul,ol,p,a,button,label')) return false;
  if (display.endsWith('flex')) return flexDirection === 'column' || flexWrap === 'wrap';
  if (display.endsWith('grid')) return gridAutoFlow.startsWith('row') && !/\S \S/.test(gridTemplateColumns);
  return /^(block|flow-root|list-item|table-cell|inline-block)$/.test(display);
}

/** The container for a control's placed element. None where the control is hidden and the container is not. */
function containerFor(control: HTMLElement): HTMLElement | undefined {
  let container = control.parentElement;
  while (container && !stacks(container) && !container.matches(OUTER)) container = container.parentElement;
  if (!container || !stacks(container) || container.matches('body')) return undefined;
  // At some widths, a theme stacks what stands in one row at others. The wallet stays where it is at all of them.
  container = withWallet(container, control) ?? container;
  const isShown = container.getClientRects().length && getComputedStyle(container).visibility !== 'hidden';
  return isRendered(control) || !isShown ? container : undefined;
}

/** Whether another button of ours is in the way. */
function isTaken(container: Element, control: Element, own?: Element): boolean {
  const scope = control.closest(SCOPE);
  return (
    !!scope?.querySelector(`:not(${PLACED})>hsa-checkout-button${ELEMENTS}`) ||
    [...container.querySelectorAll(`:scope>${PLACED}`)].some((block) => block !== own)
  );
}

/** Makes a placed element of the embed's template. */
function create(template: HTMLTemplateElement): HTMLElement {
  const block = document.createElement(PLACED);
  block.append(template.content.cloneNode(true));
  return block;
}

/** The least width of a placed element beside a narrow control, in pixels, where the container has as much. */
const LEAST_WIDTH = 280;

/** Gives a placed element the width and the side of its control. */
function align({ style }: HTMLElement, control: HTMLElement, container: HTMLElement): void {
  if (!hasBox(control)) return;
  const own = control.getBoundingClientRect();
  const around = container.getBoundingClientRect();
  const [left, right] = [own.left - around.left, around.right - own.right];
  const isCentered = Math.abs(left - right) < 2;
  style.setProperty('--hsa-place-width', `${Math.max(own.width, LEAST_WIDTH)}px`);
  // Margins fill the line: in a row that wraps, nothing else fits beside.
  const rest = 'max(0px, 100% - var(--hsa-place-width))';
  style.marginLeft = isCentered ? `calc(${rest} / 2)` : left > right ? rest : '0';
  style.marginRight = isCentered ? `calc(${rest} / 2)` : left < right ? rest : '0';
  // The container keeps its children apart by itself.
  style.paddingTop = parseFloat(getComputedStyle(container).rowGap) ? '0' : '';
}

/** Takes a placed element off the page. */
function drop(place: Place): void {
  if (!place.block) return;
  place.block.remove();
  spare.push(place.block);
  delete place.block;
}

/** Finds the place of a control again, and puts its element there. */
function update(control: HTMLElement, place: Place, template: HTMLTemplateElement): void {
  place.parent = control.parentElement;
  const container = containerFor(control);
  if (!container || isTaken(container, control, place.block)) return drop(place);
  if (place.block?.parentElement !== container) {
    if (attempts++ >= MAX_ATTEMPTS) return;
    place.block ??= spare.shift() ?? create(template);
    container.append(place.block);
  }
  align(place.block, control, container);
}

/** Allows further attempts, after an action of the shopper or a change of the cart. */
export function allowPlacing(): void {
  attempts = 0;
}

/** The theme's control that an element was placed for, if it was placed. */
export function controlOfPlaced(element: Element): HTMLElement | undefined {
  const block = element.closest(PLACED);
  return block ? [...places].find(([, place]) => place.block === block)?.[0] : undefined;
}

/** The app embed's template, where the embed is on. */
export const embedTemplate = () => document.querySelector<HTMLTemplateElement>('template[data-hsa-embed]');

/**
 * Puts a placed element at each checkout control, where the app embed is on. Call it after each change of the page.
 * @param again is called when a control was resized.
 */
export function placeButtons(
  controls: HTMLElement[],
  template: HTMLTemplateElement,
  again: () => void,
): void {
  onResize = again;
  for (const [control, place] of places)
    if (!controls.includes(control)) {
      sizes.unobserve(control);
      drop(place);
      places.delete(control);
      // Another control may have had no place because of this one.
      for (const other of places.values()) delete other.parent;
    }
  for (const control of controls) {
    let place = places.get(control);
    if (!place) {
      places.set(control, (place = {}));
      sizes.observe(control);
    }
    if (place.parent !== control.parentElement || place.block?.isConnected === false)
      update(control, place, template);
  }
}

import { DRAWER, hasBox, isRendered } from './checkout-controls.js';
import { ELEMENTS, PLACED } from './shop-element.js';

/*
 * The rule of the app embed: each checkout control of the theme gets one placed element. It is the last child of the nearest
 * container that stacks its children, or of the container around that one when a wallet button follows there. The element moves
 * with its control and is removed with it. The theme's own elements are never changed.
 */

/**
 * The parts of a page that need at most one button: no element is placed where the merchant has put a block into the same form,
 * dialog or section.
 */
const SCOPE = 'form,dialog,[id^="shopify-section"]';
/** The part of a page that a placed element must share with its control. */
const PART = `${SCOPE},${DRAWER}`;
/** The search for a container, from the control outwards, ends at these elements. */
const OUTER = 'body,main,dialog,[id^="shopify-section"]';
/**
 * Maximum number of placings between two actions of the shopper, so that a script that removes each element causes no endless
 * loop.
 */
const MAX_ATTEMPTS = 50;

/** The state of a checkout control. */
interface Place {
  /** The parent of the control when its place was found. */
  parent?: Element | null;
  /** The element that was placed for it. */
  block?: HTMLElement;
}

const places = new Map<HTMLElement, Place>();
/** Placed elements whose control was removed. A new control reuses one, so that a pending checkout continues. */
const spare: HTMLElement[] = [];
let attempts = 0;
let onResize: () => void;
/**
 * A control that is shown, hidden or resized may be in another layout, so its place is determined again. This waits for the
 * next frame, because placing could resize the control again.
 */
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) delete places.get(target as HTMLElement)?.parent;
  requestAnimationFrame(() => onResize());
});

/** Wallet buttons, such as Shop Pay, which may be below the checkout button. */
const WALLETS = 'shopify-accelerated-checkout-cart,.dynamic-checkout__content,.additional-checkout-buttons';

/** The parent of a container, if a wallet button follows the container there and all are in the same part of the page. */
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

/** Whether an element that is appended to a container appears below its other children without moving them. */
function stacks(container: Element): boolean {
  const { display, flexDirection, flexWrap, gridAutoFlow, gridTemplateColumns } = getComputedStyle(container);
  if (container.matches('ul,ol,p,a,button,label')) return false;
  if (display.endsWith('flex')) return flexDirection === 'column' || flexWrap === 'wrap';
  if (display.endsWith('grid')) return gridAutoFlow.startsWith('row') && !/\S \S/.test(gridTemplateColumns);
  return /^(block|flow-root|list-item|table-cell|inline-block)$/.test(display);
}

/** The container for a control's placed element. Undefined when the control is hidden and the container is not. */
function containerFor(control: HTMLElement): HTMLElement | undefined {
  let container = control.parentElement;
  while (container && !stacks(container) && !container.matches(OUTER)) container = container.parentElement;
  if (!container || !stacks(container) || container.matches('body')) return undefined;
  // A theme may stack the elements of a row at some screen widths only, which changes the nearest container. The container
  // around the wallet button is the same at all widths.
  container = withWallet(container, control) ?? container;
  const isShown = container.getClientRects().length && getComputedStyle(container).visibility !== 'hidden';
  return isRendered(control) || !isShown ? container : undefined;
}

/** Whether the merchant's own block, or another placed element, already serves this place. */
function isTaken(container: Element, control: Element, placed?: Element): boolean {
  const scope = control.closest(SCOPE);
  return (
    !!scope?.querySelector(`:not(${PLACED})>hsa-checkout-button${ELEMENTS}`) ||
    [...container.querySelectorAll(`:scope>${PLACED}`)].some((block) => block !== placed)
  );
}

/** Creates a placed element from the embed's template. */
function create(template: HTMLTemplateElement): HTMLElement {
  const block = document.createElement(PLACED);
  block.append(template.content.cloneNode(true));
  return block;
}

/** Minimum width of a placed element beside a narrow control, in pixels, if the container is wide enough. */
const MIN_WIDTH = 280;

/** Gives a placed element the width and the alignment of its control. */
function align({ style }: HTMLElement, control: HTMLElement, container: HTMLElement): void {
  if (!hasBox(control)) return;
  const own = control.getBoundingClientRect();
  const around = container.getBoundingClientRect();
  const [left, right] = [own.left - around.left, around.right - own.right];
  const isCentered = Math.abs(left - right) < 2;
  style.setProperty('--hsa-place-width', `${Math.max(own.width, MIN_WIDTH)}px`);
  // Margins fill the line, so that no other element fits beside it in a wrapping row.
  const rest = 'max(0px, 100% - var(--hsa-place-width))';
  style.marginLeft = isCentered ? `calc(${rest} / 2)` : left > right ? rest : '0';
  style.marginRight = isCentered ? `calc(${rest} / 2)` : left < right ? rest : '0';
  // A container with a gap needs no padding.
  style.paddingTop = parseFloat(getComputedStyle(container).rowGap) ? '0' : '';
}

/** Removes a placed element from the page and keeps it for reuse. */
function drop(place: Place): void {
  if (!place.block) return;
  place.block.remove();
  spare.push(place.block);
  delete place.block;
}

/** Determines the container of a control, and moves its element there. */
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

/** Resets the number of placings, after an action of the shopper or a change of the cart. */
export function allowPlacing(): void {
  attempts = 0;
}

/** The theme's control that an element was placed for. Undefined for an element of the merchant's own block. */
export function controlOfPlaced(element: Element): HTMLElement | undefined {
  const block = element.closest(PLACED);
  return block ? [...places].find(([, place]) => place.block === block)?.[0] : undefined;
}

/** The app embed's template; null when the embed is off. */
export const embedTemplate = () => document.querySelector<HTMLTemplateElement>('template[data-hsa-embed]');

/**
 * Places an element at each checkout control. Called after each change of the page.
 * @param onResized is called when a control was resized.
 */
export function placeButtons(
  controls: HTMLElement[],
  template: HTMLTemplateElement,
  onResized: () => void,
): void {
  onResize = onResized;
  for (const [control, place] of places)
    if (!controls.includes(control)) {
      sizes.unobserve(control);
      drop(place);
      places.delete(control);
      // Another control may have had no place because of the removed one, so all places are determined again.
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

import { DRAWER } from './checkout-controls.js';

/** The elements that focus traps of themes put on their list. */
const FOCUSABLE =
  'summary,a[href],button:enabled,[tabindex]:not([tabindex^="-"]),input:not([type=hidden]):enabled,select:enabled,textarea:enabled,iframe';

/** Whether an element comes after another one in the page. */
const follows = (element: Node, other: Node) =>
  !!(other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);

const placedButtons = () => [...document.querySelectorAll<HTMLElement>('hsa-placed>hsa-checkout-button')];

/** Whether the focus is on the last control in an element's shadow root. */
function isAtLastControl({ shadowRoot }: Element): boolean {
  const controls = [...(shadowRoot?.querySelectorAll('button:enabled,a[href]') ?? [])];
  return controls.at(-1) === shadowRoot?.activeElement;
}

let isAsking = false;

/** Whether the page's focus trap moves the focus at Tab from an element, which has the focus. If so, it has moved. */
function trapWraps(element: HTMLElement): boolean {
  // Older traps read the key's number.
  const tab = {
    key: 'Tab',
    code: 'Tab',
    keyCode: 9,
    which: 9,
    bubbles: true,
    cancelable: true,
    composed: true,
  };
  isAsking = true;
  const isWrapped = !element.dispatchEvent(new KeyboardEvent('keydown', tab));
  isAsking = false;
  return isWrapped;
}

/** Tab from a placed button in a drawer: the trap sees it as Tab from the last element that it knows. */
function leave(event: KeyboardEvent, button: HTMLElement): void {
  const drawer = button.closest(DRAWER);
  if (event.shiftKey || !drawer || !isAtLastControl(button)) return;
  const before = [...drawer.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((other) =>
    follows(button, other),
  );
  for (const last of before.reverse()) {
    last.focus({ preventScroll: true });
    // One that is hidden does not take the focus.
    if (document.activeElement !== last) continue;
    if (trapWraps(last)) return event.preventDefault();
    break;
  }
  button.focus({ preventScroll: true });
}

/** The trap went from one end of its list to the other. A placed button behind the last element comes next. */
function enter({ shiftKey }: KeyboardEvent, from: Element, to: Element): void {
  const [first, last] = shiftKey ? [from, to] : [to, from];
  if (!follows(last, first)) return;
  let trap: Element | null = last;
  while (trap && !trap.contains(first)) trap = trap.parentElement;
  placedButtons()
    .find((button) => follows(button, last) && trap?.contains(button))
    ?.focus();
}

function handleTab(event: KeyboardEvent): void {
  // WebKit on Linux has another `key` for Shift+Tab.
  if (event.code !== 'Tab' || isAsking) return;
  const from = event.target as HTMLElement;
  const to = document.activeElement;
  if (event.defaultPrevented) {
    if (to && to !== from) enter(event, from, to);
  } else if (placedButtons().includes(from)) leave(event, from);
}

/**
 * Makes placed buttons part of the page's focus traps. A trap lists its elements when a drawer opens or its content is replaced,
 * and a button is placed just after that: Tab would pass over it, and leave the drawer from it. Calling it again is harmless.
 */
export function joinFocusTraps(): void {
  // On the window: after the trap's own listener.
  window.addEventListener('keydown', handleTab);
}

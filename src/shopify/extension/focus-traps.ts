import { DRAWER } from './checkout-controls.js';

/** The elements that focus traps of themes treat as focusable. */
const FOCUSABLE =
  'summary,a[href],button:enabled,[tabindex]:not([tabindex^="-"]),input:not([type=hidden]):enabled,select:enabled,textarea:enabled,iframe';

/** Whether an element comes after another one in document order. */
const follows = (element: Node, other: Node) =>
  !!(other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);

const placedButtons = () => [...document.querySelectorAll<HTMLElement>('hsa-placed>hsa-checkout-button')];

/** Whether the focus is on the last control in an element's shadow root. */
function isAtLastControl({ shadowRoot }: Element): boolean {
  const controls = [...(shadowRoot?.querySelectorAll('button:enabled,a[href]') ?? [])];
  return controls.at(-1) === shadowRoot?.activeElement;
}

/** Whether the keydown event that is being dispatched comes from `trapWraps`. */
let isProbing = false;

/**
 * Dispatches Tab on the focused element, and returns whether the page's focus trap handles it. If so, the trap has moved the
 * focus.
 */
function trapWraps(element: HTMLElement): boolean {
  // Older traps read `keyCode` or `which`.
  const tab = {
    key: 'Tab',
    code: 'Tab',
    keyCode: 9,
    which: 9,
    bubbles: true,
    cancelable: true,
    composed: true,
  };
  isProbing = true;
  const isWrapped = !element.dispatchEvent(new KeyboardEvent('keydown', tab));
  isProbing = false;
  return isWrapped;
}

/**
 * Handles Tab from a placed button in a drawer. The trap does not know the button, so Tab is dispatched on the last focusable
 * element before the button instead.
 */
function leaveButton(event: KeyboardEvent, button: HTMLElement): void {
  const drawer = button.closest(DRAWER);
  if (event.shiftKey || !drawer || !isAtLastControl(button)) return;
  const before = [...drawer.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((other) =>
    follows(button, other),
  );
  for (const last of before.reverse()) {
    last.focus({ preventScroll: true });
    // A hidden element does not take the focus.
    if (document.activeElement !== last) continue;
    if (trapWraps(last)) return event.preventDefault();
    break;
  }
  button.focus({ preventScroll: true });
}

/**
 * Called when the trap has moved the focus from one end of its list to the other. Focuses the placed button that comes after
 * the last element of the list, if there is one.
 */
function enterButton({ shiftKey }: KeyboardEvent, from: Element, to: Element): void {
  const [first, last] = shiftKey ? [from, to] : [to, from];
  if (!follows(last, first)) return;
  let trap: Element | null = last;
  while (trap && !trap.contains(first)) trap = trap.parentElement;
  placedButtons()
    .find((button) => follows(button, last) && trap?.contains(button))
    ?.focus();
}

function handleTab(event: KeyboardEvent): void {
  // WebKit on Linux reports another `key` for Shift+Tab.
  if (event.code !== 'Tab' || isProbing) return;
  const from = event.target as HTMLElement;
  const to = document.activeElement;
  if (event.defaultPrevented) {
    if (to && to !== from) enterButton(event, from, to);
  } else if (placedButtons().includes(from)) leaveButton(event, from);
}

/**
 * Adds placed buttons to the page's focus traps. A trap collects its elements when a drawer opens or its content is replaced,
 * and a button is placed just after that. Without this, Tab would skip the button, and would leave the drawer from it. Further
 * calls have no effect.
 */
export function joinFocusTraps(): void {
  // On the window, so that it runs after the trap's listener.
  window.addEventListener('keydown', handleTab);
}

import { documentValue } from './document-value.js';

/** Pointer, keyboard and text events that cross shadow roots (`composed`). */
const TYPES = (
  'click auxclick dblclick contextmenu pointerdown pointerup mousedown mouseup touchstart ' +
  'touchmove touchend wheel input keydown keypress keyup paste'
).split(' ');

/** Controls in a dialog whose default action must not be prevented. */
const ACTIVATABLE = 'a,[type=checkbox],button:not([type=button])';

const isClick = (type: string) => /^(aux)?click/.test(type);

/** The part of the visible page that a dialog leaves free, so that the page behind it is recognisable. */
const GAP_PX = 16;

/** Makes all members of a type optional, because jsdom lacks some. In jsdom the dialog opens, but it is not modal. */
const optional = <T>(value: T): Partial<T> => value;

/**
 * Opens a modal dialog. Until it closes, the listeners of the page around it get no pointer, keyboard or text events from it.
 */
export function openModal(dialog: HTMLDialogElement): void {
  const open = new AbortController();
  const { signal } = open;
  // Passive, except for clicks, whose default action may be prevented: a browser waits for a listener that is not passive
  // before it scrolls.
  for (const type of TYPES) dialog.addEventListener(type, keepInside, { passive: !isClick(type), signal });
  // A click beside the dialog moves the focus to the body. Escape then closes the dialog; a drawer of the page must not get
  // that event, because it would close too.
  const stopKeydown = (event: Event) => {
    if (event.target === documentValue('body') || event.composedPath().includes(dialog))
      event.stopPropagation();
  };
  addEventListener('keydown', stopKeydown, { capture: true, signal });
  const actions = dialog.querySelector<HTMLElement>('.actions')!;
  /** Shows the focused field: it has the focus before a keyboard opens, and before its error makes the dialog longer. */
  const revealFocus = () => {
    // Large texts on a small page: actions in sight would leave no room for the fields.
    actions.style.position = actions.offsetHeight * 2 > dialog.clientHeight ? 'static' : '';
    dialog.querySelector(':focus')?.scrollIntoView({ block: 'nearest' });
  };
  // A modal dialog keeps the page inert even when its container is no longer displayed, so it is closed then.
  const resizeObserver =
    optional(window).ResizeObserver &&
    new ResizeObserver(() => (dialog.getClientRects().length ? revealFocus() : dialog.close()));
  // Browsers let the on-screen keyboard cover the page, and with it what is fixed to its lower edge. So the dialog keeps to the
  // visible part of the page.
  const viewport = optional(window).visualViewport;
  const fitViewport = () => {
    const { scale, offsetTop, height } = viewport!;
    // A shopper who has zoomed in sees only a part of the dialog, so the dialog keeps its size.
    if (scale > 1.01) return;
    const { style } = dialog;
    style.inset = `${offsetTop}px 0 ${innerHeight - offsetTop - height}px`;
    style.maxHeight = `${height - GAP_PX}px`;
    revealFocus();
  };
  for (const type of ['resize', 'scroll']) viewport?.addEventListener(type, fitViewport, { signal });
  const handleClose = () => {
    // `close` fires asynchronously: a dialog that moved with its button is open again by then.
    if (dialog.open) return;
    open.abort();
    resizeObserver?.disconnect();
  };
  dialog.addEventListener('close', handleClose, { signal });
  if (optional(dialog).showModal) dialog.showModal();
  else dialog.open = true;
  for (const box of [dialog, actions]) resizeObserver?.observe(box);
}

/** Closes a dialog that `openModal` opened. `close` fires asynchronously, also in jsdom, as in a browser. */
export function closeModal(dialog: HTMLDialogElement): void {
  if (optional(dialog).close) return dialog.close();
  dialog.open = false;
  queueMicrotask(() => dialog.dispatchEvent(new Event('close')));
}

function keepInside(event: Event): void {
  event.stopPropagation();
  const path = event.composedPath() as Element[];
  const [target] = path as [Element];
  // A click in the dialog activates a link, label or summary around it, even when the event does not propagate. So the default
  // action is prevented.
  const ancestors = path.slice(path.indexOf(event.currentTarget as Element));
  if (!isClick(event.type) || !ancestors.some(({ localName }) => /^(a|label|summary)$/.test(localName)))
    return;
  if (target.closest(ACTIVATABLE)) return;
  event.preventDefault();
  // `preventDefault` also disables labels inside the dialog, so their control is activated here.
  const control = target.closest('label')?.control;
  control?.focus();
  control?.click();
}

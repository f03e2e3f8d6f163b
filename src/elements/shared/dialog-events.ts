import { documentValue } from './document-value.js';

/** Events of pointers, keys and text that leave a shadow root. */
const TYPES = [
  'click',
  'auxclick',
  'dblclick',
  'contextmenu',
  'pointerdown',
  'pointerup',
  'mousedown',
  'mouseup',
  'touchstart',
  'touchmove',
  'touchend',
  'wheel',
  'input',
  'keydown',
  'keypress',
  'keyup',
  'paste',
];

/** Controls of a dialog that act on a click themselves. */
const ACTIVATABLE = 'a,[type=checkbox],button:not([type=button])';

const isClick = (type: string) => /^(aux)?click/.test(type);

/** What jsdom lacks of a browser: there the dialog opens, and is not modal. */
const optional = <T>(value: T): Partial<T> => value;

/** Opens a modal dialog. Until it closes, the page around it gets no event of what the shopper does in it. */
export function openModal(dialog: HTMLDialogElement): void {
  const open = new AbortController();
  const { signal } = open;
  // Passive, because the browser waits for other listeners before it scrolls.
  for (const type of TYPES) dialog.addEventListener(type, keepInside, { passive: !isClick(type), signal });
  // After a click beside the dialog the body has the focus. Escape still closes the dialog, and must not close a drawer of the page.
  const stop = (event: Event) => {
    if (event.target === documentValue('body') || event.composedPath().includes(dialog))
      event.stopPropagation();
  };
  addEventListener('keydown', stop, { capture: true, signal });
  // A modal dialog keeps the page inert, also where its container is no longer displayed.
  const size =
    optional(window).ResizeObserver &&
    new ResizeObserver(() => dialog.getClientRects().length || dialog.close());
  const end = () => {
    // The event is late: a dialog that moved with its button is open again.
    if (dialog.open) return;
    open.abort();
    size?.disconnect();
  };
  dialog.addEventListener('close', end, { signal });
  if (optional(dialog).showModal) dialog.showModal();
  else dialog.open = true;
  size?.observe(dialog);
}

/** Closes what `openModal` has opened. The `close` event comes later, as a browser's does. */
export function closeModal(dialog: HTMLDialogElement): void {
  if (optional(dialog).close) return dialog.close();
  dialog.open = false;
  queueMicrotask(() => dialog.dispatchEvent(new Event('close')));
}

function keepInside(event: Event): void {
  event.stopPropagation();
  const path = event.composedPath() as Element[];
  const [target] = path as [Element];
  // A link, label or summary around the dialog acts on a click in it, although no listener of the page gets the event.
  const around = path.slice(path.indexOf(event.currentTarget as Element));
  if (!isClick(event.type) || !around.some(({ localName }) => /^(a|label|summary)$/.test(localName))) return;
  if (target.closest(ACTIVATABLE)) return;
  event.preventDefault();
  // A label of the dialog would act, too.
  const control = target.closest('label')?.control;
  control?.focus();
  control?.click();
}

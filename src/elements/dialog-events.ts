/** What a shopper does in a dialog, as events. */
const TYPES = [
  'click',
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

/** Opens a modal dialog. What stands around it in the page hears nothing of what is done in it, until it closes. */
export function openModal(dialog: HTMLDialogElement): void {
  const open = new AbortController();
  const { signal } = open;
  for (const type of TYPES) dialog.addEventListener(type, keepInside, { passive: type !== 'click', signal });
  // The focus may be nowhere, after a click beside the dialog: Escape closes it still, and no drawer of the page.
  const stop = (event: Event) => {
    if (event.target === document.body || event.composedPath().includes(dialog)) event.stopPropagation();
  };
  addEventListener('keydown', stop, { capture: true, signal });
  // A dialog in something that is no longer displayed would keep the page inert.
  const size = new ResizeObserver(() => dialog.getClientRects().length || dialog.close());
  const end = () => {
    // Its event comes late: moved with its button, the dialog is open again.
    if (dialog.open) return;
    open.abort();
    size.disconnect();
  };
  dialog.addEventListener('close', end, { signal });
  dialog.showModal();
  size.observe(dialog);
}

function keepInside(event: Event): void {
  event.stopPropagation();
  const target = event.target as Element;
  // A link around the dialog would be followed, save where the control itself does something at a click.
  if (event.type !== 'click' || target.matches('select,option,[type=checkbox],button:not([type=button])'))
    return;
  event.preventDefault();
  const { control } = target.closest('label') ?? {};
  if ((control as HTMLInputElement | null | undefined)?.type === 'checkbox') control!.click();
  else control?.focus();
}

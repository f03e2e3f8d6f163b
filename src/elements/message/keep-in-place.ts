/** The distance of a button from the top of the window, in pixels. */
const topOf = (button: Element) => button.getBoundingClientRect().top;

/** A visible message of an error, of a price increase, or of an outcome. */
const MESSAGE = '[role="alert"] > :not([hidden]), [part="price"], [part="outcome"]';

/**
 * Keeps a pressed button where it was after its message has appeared or gone, so that a second press does not hit another
 * control. A message below the button that is out of sight, or that moved the button, such as in a drawer at the lower edge of
 * the window, goes above the button. Then the page scrolls by the distance that the button still moved.
 * @param topBefore the button's distance from the top of the window before the change, in pixels.
 */
export function keepInPlace(host: HTMLElement, button: Element, topBefore: number): void {
  const region = button.parentElement!;
  const message = region.querySelector(MESSAGE);
  delete region.dataset['above'];
  if (message) {
    const { left, width, bottom } = message.getBoundingClientRect();
    // jsdom has no `elementFromPoint`.
    const root = host.getRootNode() as Partial<DocumentOrShadowRoot>;
    const isInSight = root.elementFromPoint?.(left + width / 2, bottom - 1) === host;
    if (!isInSight || Math.abs(topOf(button) - topBefore) > 1) region.dataset['above'] = '';
  }
  for (let node: Element | null = host; node; node = node.parentElement ?? hostOf(node)) {
    const top = topOf(button) - topBefore;
    if (Math.abs(top) > 1) node.scrollBy({ top, behavior: 'instant' });
  }
}

const hostOf = (node: Element) => (node.getRootNode() as Partial<ShadowRoot>).host ?? null;

import { CartChanges } from './cart-changes.js';
import { checkoutControls, isDisabled, nearestControl, passesForm } from './checkout-controls.js';
import { allowPlacing, controlOfPlaced, embedTemplate, placeButtons } from './placing.js';
import { storefront } from './load-elements.js';
import { shopRoot } from './shop-root.js';
import { ELEMENTS, isButton, type ShopElement } from './shop-element.js';
import { ShopElements, loadElement } from './shop-elements.js';

/** Set on the document by the first loader. A second one, such as another version, does nothing. */
const MARK = Symbol.for('hsa-checkout-button/shopify');

/** The element that an event happened in. `instanceof` is not used, because some libraries replace the class `Element`. */
const elementAt = ({ target }: Event) => (target as Partial<Element>).closest?.<ShopElement>(ELEMENTS);

/** All buttons and badges on the page, from every block of the theme app extension. */
const elements = () => document.querySelectorAll<ShopElement>(ELEMENTS);

/** The first element in a section or a block. */
const firstIn = (around: Element) => around.querySelector<ShopElement>(ELEMENTS);

/** Listens on the document, so that elements can be added and removed. */
const listen = (type: string, listener: (event: Event) => void, isCapture?: boolean): void =>
  document.addEventListener(type, listener, isCapture);

const isEditor = () => window.Shopify?.designMode;

/** Cancels an event and stops all other listeners. */
function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Shows a notice for a press in the theme editor, where no request is sent. */
function showPreviewNotice(element: ShopElement, event: Event): void {
  stop(event);
  const notice = element.parentElement?.querySelector<HTMLElement>('[data-hsa-preview]');
  if (notice) notice.textContent = notice.dataset.hsaPreview!;
}

/** Loads a button that was pressed, then starts its checkout. If it does not load, the shop's own checkout opens. */
async function loadAndPress(button: ShopElement): Promise<void> {
  try {
    await loadElement(button);
    await button.checkout!();
  } catch {
    location.assign(`${shopRoot()}checkout`);
  }
}

/** Loads an element that was touched or focused. If it has the focus, the focus moves to the button inside it. */
async function loadTouched(element: ShopElement): Promise<void> {
  const isFocused = !element.checkout && document.activeElement === element;
  try {
    await loadElement(element);
    await element.updateComplete;
    // After loading, the focus is on the element, or on the body if the link was removed. Anywhere else, the shopper has moved
    // it, so it stays there.
    const { activeElement, body } = document;
    if (!isFocused || (activeElement !== element && activeElement !== body)) return;
    // `delegatesFocus` does not move the focus from a host that has it, so the host loses it first.
    element.blur();
    element.focus();
  } catch {
    // The next touch tries again.
  }
}

/** The theme's checkout control that an element belongs to. */
const controlOf = (element: Element, controls: HTMLElement[]) =>
  controlOfPlaced(element) ?? nearestControl(element, controls);

/** The checkout controls of the page, with those of the merchant's selector. */
const controlsOfPage = () => checkoutControls(embedTemplate()?.dataset.selector);

/** Places buttons, and keeps all elements in step with the page and the cart. */
function start(): void {
  const shop = new ShopElements(
    new CartChanges(() => {
      allowPlacing();
      elements().forEach((element) => shop.refresh(element));
    }),
  );
  const observer = new MutationObserver((records) => {
    // A theme that morphs a section removes attributes that are not in the server's markup.
    for (const { type, target } of records)
      if (type === 'attributes' && (target as Element).matches(ELEMENTS))
        (target as ShopElement).requestUpdate?.();
    update();
    // Ignore the changes that `update` itself has made.
    observer.takeRecords();
  });
  let isFollowScheduled = false;
  // Styles and sizes are read at most once a frame.
  const follow = () => {
    isFollowScheduled = false;
    const controls = controlsOfPage();
    for (const element of elements()) storefront()?.followPage(element, controlOf(element, controls));
    observer.takeRecords();
  };
  const update = () => {
    const template = embedTemplate();
    if (template) placeButtons(controlsOfPage(), template, update);
    for (const element of elements()) {
      shop.initialize(element);
      observer.observe(element, { attributeFilter: ['style', 'tabindex', 'hidden', 'theme'] });
    }
    if (!isFollowScheduled) requestAnimationFrame(follow);
    isFollowScheduled = true;
  };
  // Most themes, and the theme editor, replace sections without an event, so the DOM is observed.
  observer.observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['hidden', 'disabled', 'aria-disabled'],
  });
  update();
  // A button that cannot be used shows its link.
  listen('hsa-checkout-state', update);

  for (const type of ['pointerdown', 'focusin', 'shopify:block:select', 'shopify:section:select'])
    listen(type, (event) => {
      allowPlacing();
      // The theme editor fires its events on the block or section around an element.
      const element = elementAt(event) ?? (type > 's' && firstIn(event.target as Element));
      if (element) void loadTouched(element);
    });
  listen('keydown', (event) => {
    const element = elementAt(event);
    if ((event as KeyboardEvent).key === 'Enter' && element?.getAttribute('role') === 'link') element.click();
  });
  const handleClick = (event: Event) => {
    const element = elementAt(event);
    if (!element || !isButton(element)) return;
    // The badge and the dialogs are also in the element's shadow root, so only a click in the button itself is a press.
    const isPress = (target: EventTarget) => (target as Element).part?.contains('button');
    if (element.checkout && !event.composedPath().some(isPress)) return;
    if (isEditor()) return showPreviewNotice(element, event);
    const control = controlOf(element, controlsOfPage());
    if (isDisabled(control) || !passesForm(element, control)) stop(event);
    else if (!element.checkout) void loadAndPress(element);
  };
  listen('click', handleClick, true);
  // A script can also start a checkout without a click. In the theme editor no request may be sent.
  listen('hsa-checkout-start', (event) => {
    if (isEditor()) event.preventDefault();
  });
  listen('hsa-eligibility', update);
  listen('hsa-checkout-state', (event) => {
    const element = elementAt(event);
    if (element?.state === 'creating') shop.markPressed(element);
  });
}

const page = document as Document & { [MARK]?: boolean };
if (!page[MARK]) {
  page[MARK] = true;
  start();
}

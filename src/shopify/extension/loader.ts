import { CartChanges } from './cart-changes.js';
import { checkoutControls, isDisabled, nearestControl, passesForm } from './checkout-controls.js';
import { allowPlacing, controlOfPlaced, embedTemplate, placeButtons } from './placing.js';
import { storefront } from './load-elements.js';
import { shopRoot } from './shop-root.js';
import { ELEMENTS, isButton, type ShopElement } from './shop-element.js';
import { ShopElements, wake } from './shop-elements.js';

/** Marks the page of the loader that came first: a second one, of another version, leaves it alone. */
const MARK = Symbol.for('hsa-checkout-button/shopify');

/** The element of ours that an event happened in. Some libraries replace the class `Element`. */
const elementAt = ({ target }: Event) => (target as Partial<Element>).closest?.<ShopElement>(ELEMENTS);

/** All elements of ours on the page. */
const elements = () => document.querySelectorAll<ShopElement>(ELEMENTS);

/** The first of them in a section or a block. */
const find = (around: Element) => around.querySelector<ShopElement>(ELEMENTS);

/** Listens on the page, so that elements may come and go. */
const listen = (type: string, listener: (event: Event) => void, isCapture?: boolean): void =>
  document.addEventListener(type, listener, isCapture);

const isEditor = () => window.Shopify?.designMode;

/** Keeps an event from everything else that listens. */
function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** In the theme editor a press explains itself, and nothing is sent. */
function explain(element: ShopElement, event: Event): void {
  stop(event);
  const notice = element.parentElement?.querySelector<HTMLElement>('[data-hsa-preview]');
  if (notice) notice.textContent = notice.dataset.hsaPreview!;
}

/** A press on a button that is not loaded yet counts. Where the button does not load, the shop's own checkout opens. */
async function pressLater(button: ShopElement): Promise<void> {
  try {
    await wake(button);
    await button.checkout!();
  } catch {
    location.assign(`${shopRoot()}checkout`);
  }
}

/** Loads an element that was touched. The focus that is on it goes to its button. */
async function wakeTouched(element: ShopElement): Promise<void> {
  const isFocused = !element.checkout && document.activeElement === element;
  try {
    await wake(element);
    await element.updateComplete;
    // The stand-in loses the focus when the button comes. Meanwhile the shopper may have moved on.
    const { activeElement, body } = document;
    if (!isFocused || (activeElement !== element && activeElement !== body)) return;
    // An element that has the focus itself does not pass it on.
    element.blur();
    element.focus();
  } catch {
    // It can be touched again.
  }
}

/** The theme's checkout control that an element belongs to. */
const controlOf = (element: Element, controls: HTMLElement[]) =>
  controlOfPlaced(element) ?? nearestControl(element, controls);

/** The checkout controls of the page, with those of the merchant's selector. */
const controlsOfPage = () => checkoutControls(embedTemplate()?.dataset.selector);

/** Places buttons, and brings all elements up to date with the page around them. */
function start(): void {
  const shop = new ShopElements(
    new CartChanges(() => {
      allowPlacing();
      elements().forEach((element) => shop.update(element));
    }),
  );
  const observer = new MutationObserver((records) => {
    // A theme that morphs a section takes off the attributes that its server did not send.
    for (const { type, target } of records)
      if (type === 'attributes' && (target as Element).matches(ELEMENTS))
        (target as ShopElement).requestUpdate?.();
    look();
    // What was changed here is no reason to look again.
    observer.takeRecords();
  });
  let isDue = false;
  // Styles and sizes are read once a frame, however often the page changes.
  const follow = () => {
    isDue = false;
    const controls = controlsOfPage();
    for (const element of elements()) storefront()?.followPage(element, controlOf(element, controls));
    observer.takeRecords();
  };
  const look = () => {
    const template = embedTemplate();
    if (template) placeButtons(controlsOfPage(), template, look);
    for (const element of elements()) {
      shop.adopt(element);
      observer.observe(element, { attributeFilter: ['style', 'tabindex', 'hidden', 'theme'] });
    }
    if (!isDue) requestAnimationFrame(follow);
    isDue = true;
  };
  // Sections come and go without a word in most themes, and in the theme editor.
  observer.observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['hidden', 'disabled', 'aria-disabled'],
  });
  look();

  for (const type of ['pointerdown', 'focusin', 'shopify:block:select', 'shopify:section:select'])
    listen(type, (event) => {
      allowPlacing();
      // The theme editor names what is around an element of ours.
      const element = elementAt(event) ?? (type > 's' && find(event.target as Element));
      if (element) void wakeTouched(element);
    });
  listen('keydown', (event) => {
    const element = elementAt(event);
    if ((event as KeyboardEvent).key === 'Enter' && element?.getAttribute('role') === 'link') element.click();
  });
  const handleClick = (event: Event) => {
    const element = elementAt(event);
    if (!element || !isButton(element)) return;
    // Words and dialogs of the element are in its shadow root, too.
    const isPress = (target: EventTarget) => (target as Element).part?.contains('button');
    if (element.checkout && !event.composedPath().some(isPress)) return;
    if (isEditor()) return explain(element, event);
    const control = controlOf(element, controlsOfPage());
    if (isDisabled(control) || !passesForm(element, control)) stop(event);
    else if (!element.checkout) void pressLater(element);
  };
  listen('click', handleClick, true);
  // A script may start a checkout, too.
  listen('hsa-checkout-start', (event) => {
    if (isEditor()) event.preventDefault();
  });
  listen('hsa-eligibility', look);
  listen('hsa-checkout-state', (event) => {
    const element = elementAt(event);
    if (element?.state === 'creating') shop.press(element);
  });
}

const page = document as Document & { [MARK]?: boolean };
if (!page[MARK]) {
  page[MARK] = true;
  start();
}

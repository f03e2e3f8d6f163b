import { CartChanges } from './cart-changes.js';
import { placeButtons } from './embed.js';
import { ELEMENTS, ShopElements, wake, type ShopElement } from './shop-elements.js';

/** Marks the page of the loader that came first: a second one, of another version, leaves it alone. */
const MARK = Symbol.for('hsa-checkout-button/shopify');

/** The element of ours that an event happened in. Some libraries replace the class `Element`. */
const elementAt = ({ target }: Event) => (target as Partial<Element>).closest?.<ShopElement>(ELEMENTS);

/** All elements of ours on the page. */
const elements = () => document.querySelectorAll<ShopElement>(ELEMENTS);

/** The first of them in a section or a block. */
const find = (around: Element) => around.querySelector<ShopElement>(ELEMENTS);

/** In the theme editor a press explains itself, and nothing is sent. */
function explain(element: ShopElement, event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
  const notice = element.parentElement?.querySelector<HTMLElement>('[data-hsa-preview]');
  if (notice) notice.textContent = notice.dataset.hsaPreview!;
}

/** A press on what stands in for a button until it is there: it counts. Where the button does not come, its link does. */
async function pressLater(button: ShopElement, event: MouseEvent): Promise<void> {
  const link = (event.target as Element).closest('a');
  // To a new tab, say.
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    await wake(button);
    await button.checkout!();
  } catch {
    if (link) location.assign(link.href);
  }
}

function start(): void {
  const shop = new ShopElements(new CartChanges(() => elements().forEach((element) => shop.update(element))));
  const look = () => {
    placeButtons();
    elements().forEach((element) => shop.adopt(element));
  };
  // Sections come and go without a word in most themes, and in the theme editor.
  new MutationObserver(look).observe(document, {
    childList: true,
    subtree: true,
    attributeFilter: ['hidden'],
  });
  look();

  for (const type of ['pointerdown', 'focusin', 'shopify:block:select', 'shopify:section:select'])
    document.addEventListener(type, (event) => {
      // The theme editor names what is around an element of ours.
      const element = elementAt(event) ?? (type > 's' && find(event.target as Element));
      if (element) wake(element).catch(() => {});
    });
  document.addEventListener(
    'click',
    (event) => {
      const element = elementAt(event);
      if (element?.localName !== 'hsa-checkout-button') return;
      if (window.Shopify?.designMode) explain(element, event);
      else if (!element.checkout) void pressLater(element, event);
    },
    true,
  );
  // A script may start a checkout, too.
  document.addEventListener('hsa-checkout-start', (event) => {
    if (window.Shopify?.designMode) event.preventDefault();
  });
}

const page = document as Document & { [MARK]?: boolean };
if (!page[MARK]) {
  page[MARK] = true;
  start();
}

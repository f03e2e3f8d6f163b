import { ELEMENTS } from './shop-elements.js';

/** The checkout buttons of themes: what Shopify's own form goes by, and plain links. */
const CHECKOUT = '[name="checkout"], a[href$="/checkout"], a[href*="/checkout?"]';
/** What shares one checkout, so that a block of the merchant's there is enough. */
const SCOPE = 'form, dialog, [id^="shopify-section"]';
const PLACED = 'hsa-placed';

/** The blocks that were placed so far. One that a theme took out with its surroundings is placed again, with all it is doing. */
const placed: HTMLElement[] = [];

/** The theme's checkout buttons. */
function targets(selector: string | undefined): NodeListOf<Element> {
  try {
    if (selector) return document.querySelectorAll(selector);
  } catch {
    console.error(`HSA/FSA: "${selector}" is no CSS selector, see the settings of the app embed`);
  }
  return document.querySelectorAll(CHECKOUT);
}

/** Puts a button beside each checkout button of the theme, where the app embed is on and no block of ours is there already. */
export function placeButtons(): void {
  const template = document.querySelector<HTMLTemplateElement>('template[data-hsa-embed]');
  if (!template) return;
  for (const target of targets(template.dataset.selector)) {
    if (target.closest(`.${PLACED}, ${ELEMENTS}`) || target.nextElementSibling?.classList.contains(PLACED))
      continue;
    const scope = target.closest(SCOPE);
    if (scope?.querySelector(`:not(.${PLACED}) > ${ELEMENTS}:is(hsa-checkout-button)`)) continue;
    let block = placed.find(({ isConnected }) => !isConnected);
    if (!block) {
      block = document.createElement('div');
      block.className = PLACED;
      block.append(template.content.cloneNode(true));
      placed.push(block);
    }
    target.after(block);
  }
}

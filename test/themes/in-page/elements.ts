/** The tag of our button. */
export const OURS = 'hsa-checkout-button';

/** Selectors of the theme's controls of the cart. */
export const CONTROLS = {
  checkout: '[name="checkout"], a[href="/checkout"]',
  wallet: 'shopify-accelerated-checkout-cart',
  quantity: 'input[name="updates[]"], input[name^="updates["]',
  plus: '[name="plus"], [data-quantity-plus], .quantity-plus',
  minus: '[name="minus"], [data-quantity-minus], .quantity-minus',
  remove: 'a[href*="/cart/change"], button[class*="remove" i]',
  update: 'form[action$="/cart"] [type="submit"]:not([name="checkout"])',
  note: 'textarea[name="note"]',
};
export type ControlName = keyof typeof CONTROLS;

export function isVisible(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return (
    width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
  );
}

/** All elements of a document that match a selector, without those in elements of ours. */
export const allOthers = (selector: string): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(selector)].filter((element) => !element.closest(OURS));

export const allVisible = (selector: string): HTMLElement[] => allOthers(selector).filter(isVisible);

/** The visible controls of one kind, in the order of the document. */
export const controls = (name: ControlName): HTMLElement[] => allVisible(CONTROLS[name]);

/** The button inside our element, or the link in its place. */
export const innerOf = (host: Element): Element =>
  host.shadowRoot?.querySelector('button') ?? host.querySelector('a.hsa-button') ?? host;

/** Our elements whose button is visible. */
export const ourElements = (): HTMLElement[] =>
  [...document.querySelectorAll<HTMLElement>(OURS)].filter((host) => isVisible(innerOf(host)));

/** The placed element or the app block around our element. */
export const placedOf = (host: Element): Element =>
  host.closest('hsa-placed, .hsa-placed') ?? host.closest('.shopify-app-block') ?? host;

/** The open drawer: a dialog, or the outermost element with "drawer" in its class. */
export function drawer(): Element | undefined {
  const [checkout] = controls('checkout');
  const dialog = checkout?.closest('dialog, [role="dialog"], [aria-modal="true"]');
  if (dialog) return dialog;
  let outermost: Element | undefined;
  for (let at = checkout?.parentElement; at && at !== document.body; at = at.parentElement)
    if (at.matches('[class*="drawer" i]')) outermost = at;
  return outermost;
}

/** Scrolls to an element. Returns a function that scrolls everything back. */
export function scrollTo(element: Element): () => void {
  const positions: [Element, left: number, top: number][] = [];
  for (let at = element.parentElement; at; at = at.parentElement)
    positions.push([at, at.scrollLeft, at.scrollTop]);
  element.scrollIntoView({ block: 'center', behavior: 'instant' });
  return () => positions.forEach(([at, left, top]) => at.scrollTo({ left, top, behavior: 'instant' }));
}

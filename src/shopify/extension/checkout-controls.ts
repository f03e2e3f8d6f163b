import { shopRoot } from './shop-root.js';
import { ELEMENTS, PLACED } from './shop-element.js';

/** Buttons that lead to the shop's checkout: those of Shopify's own form, and those of common cart apps. */
const BUTTONS =
  'button[name="checkout"],input[name="checkout"]:not([type="hidden"]),[name="icartCheckout"],.rebuy-cart__checkout-button,.upcart-checkout-button,.kaching-cart__checkout-button,.qsc2-checkout-button';
/** Links that may lead there. */
const LINKS = 'a[href*="checkout"]';
/** Links in these parts of a page are navigation. */
const NAVIGATION = 'nav,body>footer,.shopify-section-group-footer-group';

/** Finds the drawer or dialog around an element. */
export const DRAWER = 'dialog,[role="dialog"],[id*="drawer" i],[class*="drawer" i],cart-drawer';

/** Whether a link leads to the shop's own checkout, in the shopper's language or not. */
function leadsToCheckout(link: Element): boolean {
  try {
    const { origin, pathname } = new URL(link.getAttribute('href')!, link.baseURI);
    const paths = ['/', shopRoot()].map((root) => `${root}checkout`);
    return origin === location.origin && paths.includes(pathname.replace(/\/$/, ''));
  } catch {
    return false;
  }
}

let hasWarned = false;

/** The elements that the merchant's own selector finds. */
function chosen(selector: string): HTMLElement[] {
  try {
    return [...document.querySelectorAll<HTMLElement>(selector)];
  } catch {
    if (!hasWarned)
      console.error(`HSA/FSA: "${selector}" is no CSS selector, see the settings of the app embed`);
    hasWarned = true;
    return [];
  }
}

/**
 * The controls of the page that lead to the shop's own checkout, in document order.
 * @param selector adds the merchant's own. A usual control inside of one of these does not count again.
 */
export function checkoutControls(selector?: string): HTMLElement[] {
  const own = selector ? chosen(selector) : [];
  const usual = [...document.querySelectorAll<HTMLElement>(`${BUTTONS},${LINKS}`)].filter(
    (control) =>
      !own.some((container) => container.contains(control)) &&
      !control.closest('form[action*="cart/add"]') &&
      (control.matches(BUTTONS) || (leadsToCheckout(control) && !control.closest(NAVIGATION))),
  );
  return [...own, ...usual].filter((control) => !control.closest(`${PLACED},${ELEMENTS}`));
}

/** Whether an element takes space on the page, visible or not. Elements for screen readers only are 1 px wide. */
export function hasBox(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1;
}

/** Whether an element can be seen. */
export const isRendered = (element: Element): boolean =>
  hasBox(element) && getComputedStyle(element).visibility !== 'hidden';

/** The control in the smallest part of the page around an element, the first rendered one where there are several. */
export function nearestControl(element: Element, controls: HTMLElement[]): HTMLElement | undefined {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const inside = controls.filter((control) => around.contains(control));
    if (inside.length) return inside.find(isRendered) ?? inside[0];
  }
  return undefined;
}

/** The button or link of a control: the merchant's selector may find a container of it. */
export const pressable = (control: HTMLElement | undefined): HTMLElement | undefined =>
  control?.matches('a,button,input')
    ? control
    : (control?.querySelector<HTMLElement>(`${BUTTONS},${LINKS}`) ?? control);

/** Whether the theme has disabled a control. */
export const isDisabled = (control: HTMLElement | undefined): boolean =>
  !!pressable(control)?.matches(':disabled,[aria-disabled="true"]');

/**
 * Whether the merchant's form lets a checkout begin. Where it does not, the browser shows its message at the first invalid
 * field, as for the theme's own button.
 */
export function passesForm(element: Element, control: HTMLElement | undefined): boolean {
  const { form = element.closest('form'), formNoValidate } = (pressable(control) ??
    {}) as Partial<HTMLButtonElement>;
  if (!form || formNoValidate || form.hasAttribute('novalidate')) return true;
  // A field of this name stands in the place of the form's method.
  return HTMLFormElement.prototype.reportValidity.call(form);
}

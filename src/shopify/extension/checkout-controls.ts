import { shopRoot } from './shop-root.js';
import { ELEMENTS, PLACED } from './shop-element.js';

/** Buttons that open the shop's checkout: Shopify's own, and those of common cart apps. */
const BUTTONS =
  'button[name="checkout"],input[name="checkout"]:not([type="hidden"]),[name="icartCheckout"],.rebuy-cart__checkout-button,.upcart-checkout-button,.kaching-cart__checkout-button,.qsc2-checkout-button';
/** Links that may open the shop's checkout. */
const LINKS = 'a[href*="checkout"]';
/** Parts of a page whose links are for navigation, and do not count as checkout controls. */
const NAVIGATION = 'nav,body>footer,.shopify-section-group-footer-group';

/** Selector of the drawer or dialog around an element. */
export const DRAWER = 'dialog,[role="dialog"],[id*="drawer" i],[class*="drawer" i],cart-drawer';

/** Whether a link opens the shop's own checkout, with or without the root path of the shopper's language. */
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

/** The elements that match the merchant's selector. An invalid selector is reported once. */
function matches(selector: string): HTMLElement[] {
  try {
    return [...document.querySelectorAll<HTMLElement>(selector)];
  } catch {
    if (!hasWarned)
      console.error(`HSA/FSA: "${selector}" is not a valid CSS selector, see the settings of the app embed`);
    hasWarned = true;
    return [];
  }
}

/**
 * The controls of the page that open the shop's own checkout, in document order.
 * @param selector the merchant's selector for further controls. A built-in match inside one of these is ignored.
 */
export function checkoutControls(selector?: string): HTMLElement[] {
  const own = selector ? matches(selector) : [];
  const builtIn = [...document.querySelectorAll<HTMLElement>(`${BUTTONS},${LINKS}`)].filter(
    (control) =>
      !own.some((container) => container.contains(control)) &&
      !control.closest('form[action*="cart/add"]') &&
      (control.matches(BUTTONS) || (leadsToCheckout(control) && !control.closest(NAVIGATION))),
  );
  return [...own, ...builtIn].filter((control) => !control.closest(`${PLACED},${ELEMENTS}`));
}

/** Whether an element takes space on the page, visible or not. Elements for screen readers only are 1 px wide. */
export function hasBox(element: Element): boolean {
  const { width, height } = element.getBoundingClientRect();
  return width > 1 && height > 1;
}

/** Whether an element takes space and is not `visibility: hidden`. */
export const isRendered = (element: Element): boolean =>
  hasBox(element) && getComputedStyle(element).visibility !== 'hidden';

/** The control in the closest ancestor of an element that contains one. Of several, it is the first rendered one. */
export function nearestControl(element: Element, controls: HTMLElement[]): HTMLElement | undefined {
  for (let around = element.parentElement; around; around = around.parentElement) {
    const inside = controls.filter((control) => around.contains(control));
    if (inside.length) return inside.find(isRendered) ?? inside[0];
  }
  return undefined;
}

/** The button or link of a control: the merchant's selector may match a container of it. */
export const pressable = (control: HTMLElement | undefined): HTMLElement | undefined =>
  control?.matches('a,button,input')
    ? control
    : (control?.querySelector<HTMLElement>(`${BUTTONS},${LINKS}`) ?? control);

/** Whether the theme has disabled a control. */
export const isDisabled = (control: HTMLElement | undefined): boolean =>
  !!pressable(control)?.matches(':disabled,[aria-disabled="true"]');

/**
 * Whether the form around an element is valid. If not, the browser shows its message at the first invalid field, as it does
 * for the theme's own button.
 */
export function passesForm(element: Element, control: HTMLElement | undefined): boolean {
  const { form = element.closest('form'), formNoValidate } = (pressable(control) ??
    {}) as Partial<HTMLButtonElement>;
  if (!form || formNoValidate || form.hasAttribute('novalidate')) return true;
  // A field named `reportValidity` replaces the form's method.
  return HTMLFormElement.prototype.reportValidity.call(form);
}

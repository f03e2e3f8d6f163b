import { DRAWER, hasBox, isDisabled, pressable } from './checkout-controls.js';
import { isButton, type ShopElement } from './shop-element.js';
import { shopRoot } from './shop-root.js';

/** Minimum and maximum height of a button that follows the theme, in pixels. */
const HEIGHTS = [40, 55] as const;
/** Minimum and maximum font size of a button that follows the theme, in pixels. */
const TEXT_SIZES = [14, 20] as const;

const clamp = (value: number, [min, max]: readonly [number, number]) => Math.min(Math.max(value, min), max);

/** Buttons that are disabled because the theme's control is disabled. */
const disabledByTheme = new WeakSet<Element>();
/** Elements whose eligibility is known. Until then, they reserve the height of the badge. */
const resolved = new WeakSet<Element>();
document.addEventListener('hsa-eligibility', ({ target }) => resolved.add(target as Element));

/** The custom properties that this file has set, by element. Those of the page's CSS take precedence. */
const ownProperties = new WeakMap<Element, Set<string>>();

function setProperty(element: ShopElement, name: string, value: string | undefined): void {
  const { style } = element;
  if (!value || style.getPropertyValue(name) === value) return;
  const names = ownProperties.get(element) ?? new Set();
  ownProperties.set(element, names);
  if (!names.has(name) && getComputedStyle(element).getPropertyValue(name)) return;
  names.add(name);
  style.setProperty(name, value);
}

/**
 * The lightness of a computed colour, from 0 to about 1. Computed colours are `rgb()`, `color()`, or formats whose first value
 * is the lightness.
 */
function lightness(color: string): number {
  const [first = 0, second = 0, third = 0] = (
    color.replace(/^color\(\S+/, '').match(/[\d.]+(?=[\s,)%/])/g) ?? []
  ).map(Number);
  const sum = 0.3 * first + 0.6 * second + 0.1 * third;
  if (color.startsWith('rgb')) return sum / 255;
  if (color.startsWith('color')) return sum;
  return color.startsWith('ok') ? first : first / 100;
}

/** Sets the `color-scheme` from the text colour around an element: light text means a dark background. */
function followColors(element: ShopElement): void {
  const { dataset, style, parentElement } = element;
  const { drawerTheme } = dataset;
  if (drawerTheme && element.getAttribute('theme') !== drawerTheme && element.closest(DRAWER))
    element.setAttribute('theme', drawerTheme);
  if (!/^(auto)?$/.test(element.getAttribute('theme') ?? '')) return;
  const scheme = lightness(getComputedStyle(parentElement!).color) > 0.5 ? 'dark' : 'light';
  if (style.colorScheme !== scheme) style.colorScheme = scheme;
}

/** The `font` shorthand of a control, with its size clamped. */
function fontOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): string {
  return `${fontStyle} ${fontWeight} ${clamp(parseFloat(fontSize), TEXT_SIZES)}px/1.35 ${fontFamily}`;
}

/**
 * Sets font, corners, height and disabled state of a button: from the merchant's settings, else from the theme's checkout
 * button.
 */
function followControl(button: ShopElement, control: HTMLElement | undefined): void {
  const { height, radius, font } = button.dataset;
  const pixels = (value: string | undefined) => value && `${value}px`;
  const themeButton = pressable(control);
  const style =
    themeButton?.matches('a,button,input') && hasBox(themeButton) ? getComputedStyle(themeButton) : undefined;
  setProperty(
    button,
    '--hsa-height',
    pixels(height) ?? (style && `${clamp(themeButton!.getBoundingClientRect().height, HEIGHTS)}px`),
  );
  setProperty(button, '--hsa-radius', pixels(radius) ?? style?.borderTopLeftRadius.split(' ')[0]);
  if (font !== 'system') setProperty(button, '--hsa-font', style && fontOf(style));
  // A button that the merchant has disabled stays disabled.
  const isButtonDisabled = button.hasAttribute('disabled');
  if (isDisabled(control) ? isButtonDisabled : !isButtonDisabled || !disabledByTheme.has(button)) return;
  disabledByTheme[isButtonDisabled ? 'delete' : 'add'](button);
  button.toggleAttribute('disabled');
}

/**
 * Makes the link inside a button work again while the button shows it: the button shows its children when the page has made a
 * mistake, such as an invalid endpoint. The loader has removed the link's address.
 */
function followShownLink(button: ShopElement): void {
  const link = button.querySelector<HTMLAnchorElement>(':scope>a.hsa-button:not([href])');
  if (link && button.shadowRoot?.querySelector('slot:not([name])')) link.href = `${shopRoot()}checkout`;
}

/** Adapts the look of an element to the page around it, and disables a button while the theme's control is disabled. */
export function followPage(element: ShopElement, control: HTMLElement | undefined): void {
  if (resolved.has(element) && element.style.minHeight !== '0px') element.style.minHeight = '0';
  followColors(element);
  if (!isButton(element)) return;
  followControl(element, control);
  followShownLink(element);
}

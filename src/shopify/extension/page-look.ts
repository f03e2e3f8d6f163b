import { DRAWER, hasBox, isDisabled, pressable } from './checkout-controls.js';
import { isButton, type ShopElement } from './shop-element.js';

/** The least and the greatest height that a button takes over from the theme, in pixels. */
const HEIGHTS = [40, 55] as const;
/** The least and the greatest size of its text, in pixels. */
const TEXT_SIZES = [14, 20] as const;

const clamp = (value: number, [least, greatest]: readonly [number, number]) =>
  Math.min(Math.max(value, least), greatest);

/** Buttons that are disabled because the theme's control is. */
const disabledHere = new WeakSet<Element>();
/** Elements whose words are known. The space for words is kept until then. */
const isSettled = new WeakSet<Element>();
document.addEventListener('hsa-eligibility', ({ target }) => isSettled.add(target as Element));

/** The properties of each element that were set here. What the page's own CSS sets stays. */
const ours = new WeakMap<Element, Set<string>>();

function setProperty(element: ShopElement, name: string, value: string | undefined): void {
  const { style } = element;
  if (!value || style.getPropertyValue(name) === value) return;
  const names = ours.get(element) ?? new Set();
  ours.set(element, names);
  if (!names.has(name) && getComputedStyle(element).getPropertyValue(name)) return;
  names.add(name);
  style.setProperty(name, value);
}

/** The lightness of a computed colour, from 0 to about 1. Computed colours are `rgb()`, `color()`, or begin with a lightness. */
function lightness(color: string): number {
  const [first = 0, second = 0, third = 0] = (
    color.replace(/^color\(\S+/, '').match(/[\d.]+(?=[\s,)%/])/g) ?? []
  ).map(Number);
  const sum = 0.3 * first + 0.6 * second + 0.1 * third;
  if (color.startsWith('rgb')) return sum / 255;
  if (color.startsWith('color')) return sum;
  return color.startsWith('ok') ? first : first / 100;
}

/** Colours for the place of an element: light text means that the place is dark, whatever the page's `color-scheme` is. */
function followColors(element: ShopElement): void {
  const { dataset, style, parentElement } = element;
  const { drawerTheme } = dataset;
  if (drawerTheme && element.getAttribute('theme') !== drawerTheme && element.closest(DRAWER))
    element.setAttribute('theme', drawerTheme);
  if (!/^(auto)?$/.test(element.getAttribute('theme') ?? '')) return;
  const scheme = lightness(getComputedStyle(parentElement!).color) > 0.5 ? 'dark' : 'light';
  if (style.colorScheme !== scheme) style.colorScheme = scheme;
}

/** The `font` of a control, of a size that can be read. */
function fontOf({ fontStyle, fontWeight, fontSize, fontFamily }: CSSStyleDeclaration): string {
  return `${fontStyle} ${fontWeight} ${clamp(parseFloat(fontSize), TEXT_SIZES)}px/1.35 ${fontFamily}`;
}

/** Font, corners, height and state of a button: as the merchant has set them, else as the theme's checkout button has them. */
function followControl(button: ShopElement, control: HTMLElement | undefined): void {
  const { height, radius, font } = button.dataset;
  const pixels = (value: string | undefined) => value && `${value}px`;
  const theirs = pressable(control);
  const style = theirs?.matches('a,button,input') && hasBox(theirs) ? getComputedStyle(theirs) : undefined;
  setProperty(
    button,
    '--hsa-height',
    pixels(height) ?? (style && `${clamp(theirs!.getBoundingClientRect().height, HEIGHTS)}px`),
  );
  setProperty(button, '--hsa-radius', pixels(radius) ?? style?.borderTopLeftRadius.split(' ')[0]);
  if (font !== 'system') setProperty(button, '--hsa-font', style && fontOf(style));
  // One that the merchant has disabled stays so.
  const isOff = button.hasAttribute('disabled');
  if (isDisabled(control) ? isOff : !isOff || !disabledHere.has(button)) return;
  disabledHere[isOff ? 'delete' : 'add'](button);
  button.toggleAttribute('disabled');
}

/** Makes an element look as the page around it does. */
export function followPage(element: ShopElement, control: HTMLElement | undefined): void {
  if (isSettled.has(element) && element.style.minHeight !== '0px') element.style.minHeight = '0';
  followColors(element);
  if (isButton(element)) followControl(element, control);
}

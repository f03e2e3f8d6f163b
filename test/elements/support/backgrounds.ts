import type { Theme } from '../../../src/elements/index.js';

/** Light and dark pages of shops. */
const BACKGROUNDS = {
  light: { background: 'rgb(255, 255, 255)', color: 'rgb(34, 34, 34)' },
  dark: { background: 'rgb(20, 24, 26)', color: 'rgb(238, 238, 238)' },
};
type Background = keyof typeof BACKGROUNDS;

/** Each theme, on the pages that it is for. */
export const LOOKS: [theme: Theme, ground: Background][] = [
  ['auto', 'light'],
  ['auto', 'dark'],
  ['light', 'light'],
  ['dark', 'dark'],
  ['outline', 'light'],
  ['outline', 'dark'],
];

/**
 * Sets the page's colours around an element. For the themes `light` and `dark` the `color-scheme` is the opposite, because
 * those themes are for pages whose `color-scheme` is wrong.
 */
export function setBackground(element: HTMLElement & { theme?: string }, background: Background): string {
  const isNamed = element.theme === 'light' || element.theme === 'dark';
  const colorScheme = isNamed === (background === 'light') ? 'dark' : 'light';
  Object.assign(element.parentElement!.style, BACKGROUNDS[background], { colorScheme });
  return BACKGROUNDS[background].background;
}

/** Pages that shops have, light and dark. */
const BACKGROUNDS = {
  light: { background: 'rgb(255, 255, 255)', color: 'rgb(34, 34, 34)' },
  dark: { background: 'rgb(20, 24, 26)', color: 'rgb(238, 238, 238)' },
};
type Background = keyof typeof BACKGROUNDS;

/** Every theme on every page that it is made for. */
export const LOOKS: [theme: 'auto' | 'light' | 'dark' | 'outline', ground: Background][] = [
  ['auto', 'light'],
  ['auto', 'dark'],
  ['light', 'light'],
  ['dark', 'dark'],
  ['outline', 'light'],
  ['outline', 'dark'],
];

/** Puts an element on a page of that kind. A page whose `color-scheme` were right needed no theme but `auto` and `outline`. */
export function setGround(element: HTMLElement & { theme?: string }, ground: Background): string {
  const isNamed = element.theme === 'light' || element.theme === 'dark';
  const colorScheme = isNamed === (ground === 'light') ? 'dark' : 'light';
  Object.assign(element.parentElement!.style, BACKGROUNDS[ground], { colorScheme });
  return BACKGROUNDS[ground].background;
}

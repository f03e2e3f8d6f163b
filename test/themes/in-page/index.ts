import * as cart from './cart.js';
import * as colors from './colors.js';
import { controls, drawer, innerOf, OURS, ourElements, scrollTo } from './elements.js';
import * as layout from './layout.js';

/*
 * The questions that situations put to a page, from inside of it: `window.themePage`. A bundle of this file runs before the
 * page's own scripts.
 */

let scrollBack = () => {};
let wallet: Element | undefined;
let invalid: EventTarget | null = null;
addEventListener('invalid', ({ target }) => (invalid = target), true);

const themePage = {
  ...cart,
  ...colors,
  ...layout,
  controls,
  ourElements,

  /** Scrolls to our button. Returns the point in its middle, in the window. */
  showOurs(): { x: number; y: number } | undefined {
    const [host] = ourElements();
    if (!host) return undefined;
    scrollBack = scrollTo(host);
    return layout.middleOf(innerOf(host));
  },

  /** Whether a mouse can press our button. Horizon takes the pointer away from its cart while a change is under way. */
  takesPointer: () => ourElements().every((host) => getComputedStyle(host).pointerEvents !== 'none'),

  /** Undoes `showOurs`. */
  scrollBack: () => scrollBack(),

  /** Remembers the wallet; returns whether there is one. */
  rememberWallet: () => Boolean((wallet = controls('wallet')[0])),

  /** Whether the remembered wallet is still there, and the only one. */
  hasSameWallet(): boolean {
    const wallets = controls('wallet');
    return wallets.length === 1 && wallets[0] === wallet;
  },

  /** Where the keyboard is. */
  focusPlace(): 'ours' | 'drawer' | 'outside' | 'nowhere' {
    const active = document.activeElement;
    if (!active || active === document.body || active === document.documentElement) return 'nowhere';
    if (active.closest(OURS)) return 'ours';
    return drawer()?.contains(active) ? 'drawer' : 'outside';
  },

  /** The element that the browser last found invalid. */
  lastInvalid: () => invalid,
};

declare global {
  interface Window {
    themePage: typeof themePage;
  }
}
window.themePage = themePage;

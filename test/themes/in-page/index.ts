import * as cart from './cart.js';
import * as colors from './colors.js';
import { controls, drawer, innerOf, OURS, ourElements, scrollTo } from './elements.js';
import * as layout from './layout.js';

/*
 * Functions that situations call inside the page: `window.themePage`. A bundle of this file runs before the
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

  /** Scrolls to our button. Returns its centre, in window coordinates. */
  showOurs(): { x: number; y: number } | undefined {
    const [host] = ourElements();
    if (!host) return undefined;
    scrollBack = scrollTo(host);
    return layout.middleOf(innerOf(host));
  },

  /** Whether a mouse can press our button. Horizon sets `pointer-events: none` on its cart during a change. */
  takesPointer: () => ourElements().every((host) => getComputedStyle(host).pointerEvents !== 'none'),

  /** Undoes `showOurs`. */
  scrollBack: () => scrollBack(),

  /** Stores the wallet element; returns whether there is one. */
  rememberWallet: () => Boolean((wallet = controls('wallet')[0])),

  /** Whether the stored wallet element is still the only one. */
  hasSameWallet(): boolean {
    const wallets = controls('wallet');
    return wallets.length === 1 && wallets[0] === wallet;
  },

  /** The place of the focus. */
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

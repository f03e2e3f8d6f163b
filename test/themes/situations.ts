import { CART_CHANGES } from './cart-changes.js';
import { CHECKOUT_CONDITIONS } from './checkout-conditions.js';
import { KEYBOARD } from './keyboard.js';
import { BADGE_CHECKS } from './badge-checks.js';
import { OTHER_SCRIPTS } from './other-scripts.js';
import { PLACEMENT } from './placement.js';
import { PRESSES } from './presses.js';
import type { Situation } from './situation.js';

/** All situations. */
export const SITUATIONS: Situation[] = [
  ...PLACEMENT,
  ...CART_CHANGES,
  ...PRESSES,
  ...CHECKOUT_CONDITIONS,
  ...KEYBOARD,
  ...BADGE_CHECKS,
  ...OTHER_SCRIPTS,
];

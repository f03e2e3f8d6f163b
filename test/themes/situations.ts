import { CART_CHANGES } from './cart-changes.js';
import { GATES } from './gates.js';
import { KEYBOARD } from './keyboard.js';
import { LOOKS } from './looks.js';
import { NEIGHBOURS } from './neighbours.js';
import { PLACEMENT } from './placement.js';
import { PRESSES } from './presses.js';
import type { Situation } from './situation.js';

/** Everything that a theme is put through. */
export const SITUATIONS: Situation[] = [
  ...PLACEMENT,
  ...CART_CHANGES,
  ...PRESSES,
  ...GATES,
  ...KEYBOARD,
  ...LOOKS,
  ...NEIGHBOURS,
];

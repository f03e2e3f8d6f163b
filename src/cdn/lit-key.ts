import { VERSION } from '../version.js';

/**
 * The property of `globalThis` under which the script-tag file shares its Lit with its lazy files, so that no second copy loads.
 * A symbol, because no markup can define a property of that name (DOM clobbering); with the version, because two versions may
 * share a page.
 */
export const LIT = Symbol.for(`hsa-checkout-button@${VERSION} lit`);

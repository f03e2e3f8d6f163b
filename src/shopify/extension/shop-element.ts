import type { CheckoutCart } from '../../contract/check.js';

/** An element of a block. Its `data-hsa-src` tells it from elements that the theme itself contains. */
export interface ShopElement extends HTMLElement {
  cart?: unknown;
  /** Defined, as the members below, once the elements are loaded. */
  state?: string;
  refresh?(): Promise<void>;
  checkout?(): Promise<void>;
  requestUpdate?(): void;
  updateComplete?: Promise<unknown>;
}

/** Whether an element is a button, and not a badge. */
export const isButton = ({ localName }: Element): boolean => localName === 'hsa-checkout-button';

/** Selector of the elements of all blocks. */
export const ELEMENTS = '[data-hsa-src]';
/**
 * Tag name of the elements that the app embed places. No theme uses this tag, so a theme that morphs its markup does not
 * mistake a placed element for one of its own.
 */
export const PLACED = 'hsa-placed';
/** The eligibility that the products' metafields state, by variant id. The markup of a cart badge contains it. */
export type ProductFlags = Map<
  string,
  Pick<CheckoutCart['line_items'][number], 'hsa_fsa_eligible' | 'requires_lmn'>
>;

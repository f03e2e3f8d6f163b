import type { CheckoutCart } from '../../contract/check.js';

/** An element that a block has put on the page: of our tag, and known by where its script is. */
export interface ShopElement extends HTMLElement {
  cart?: unknown;
  /** From here on only where the elements have come in. */
  state?: string;
  refresh?(): Promise<void>;
  checkout?(): Promise<void>;
  requestUpdate?(): void;
  updateComplete?: Promise<unknown>;
}

/** Whether an element is a button, and not a badge. */
export const isButton = ({ localName }: Element): boolean => localName === 'hsa-checkout-button';

/** Finds the elements of all blocks. */
export const ELEMENTS = '[data-hsa-src]';
/** Tag name of the elements that the app embed places. A theme's markup has no such tag, so a morph takes it for nothing else. */
export const PLACED = 'hsa-placed';
/** What the metafields of its products say, in a cart badge: by the id of the variant. */
export type Facts = Map<
  string,
  Pick<CheckoutCart['line_items'][number], 'hsa_fsa_eligible' | 'requires_lmn'>
>;

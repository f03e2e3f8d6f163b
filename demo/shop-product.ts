import type { SandboxProduct } from 'hsa-checkout-button/sandbox';

/** A product of the shop. */
export interface ShopProduct {
  id: string;
  name: string;
  blurb: string;
  /** What is worth knowing of it, a line each. */
  facts: string[];
  /** The collection that it is part of. */
  collection: (typeof COLLECTIONS)[number]['id'];
  /** The colour that its picture stands on: a class of `tones.css`. */
  tone: 'mint' | 'blush' | 'lilac' | 'sand' | 'sun' | 'leaf' | 'mist' | 'sky' | 'stone';
  priceCents: number;
  /** Medical goods are not taxed where the test shopper lives; all others are. */
  taxed: boolean;
  /** What the provider will say of it. The pages never read this: they ask, as a real shop's do. */
  provider: Pick<SandboxProduct, 'hsa_fsa_eligible' | 'eligibility_type'>;
}

/** The shop's collections, in the order in which they are shown. */
export const COLLECTIONS = [
  { id: 'measure', name: 'Measure', blurb: 'Two instruments that are read at a glance.' },
  { id: 'first-aid', name: 'First aid', blurb: 'For small accidents, at home and on the road.' },
  { id: 'sun-and-sight', name: 'Sun & sight', blurb: 'For bright days and small print.' },
  { id: 'rest', name: 'Rest', blurb: 'For the hours after work.' },
  { id: 'everyday', name: 'Everyday', blurb: 'Plain things for the kitchen and the walk to it.' },
] as const;

import type { SandboxProduct } from 'hsa-checkout-button/sandbox';

/** A product of the shop. */
export interface ShopProduct {
  id: string;
  name: string;
  blurb: string;
  /** Details for its page, one on each line. */
  facts: string[];
  /** Its collection. */
  collection: (typeof COLLECTIONS)[number]['id'];
  /** The background of its picture: a class of the style sheet. */
  tone: 'mint' | 'blush' | 'lilac' | 'sand' | 'sun' | 'leaf' | 'mist' | 'sky' | 'stone';
  priceCents: number;
  /** Whether it is taxed. The test shopper's state does not tax medical goods. */
  taxed: boolean;
  /** Its eligibility at the provider. The pages request it from the endpoint, as a real shop's do, and never read this field. */
  provider: Pick<SandboxProduct, 'hsa_fsa_eligible' | 'eligibility_type'>;
}

/** The collections in the order of the pages. */
export const COLLECTIONS = [
  { id: 'measure', name: 'Measure', blurb: 'Two instruments that are read at a glance.' },
  { id: 'first-aid', name: 'First aid', blurb: 'For small accidents, at home and on the road.' },
  { id: 'sun-and-sight', name: 'Sun & sight', blurb: 'For bright days and small print.' },
  { id: 'rest', name: 'Rest', blurb: 'For the hours after work.' },
  { id: 'everyday', name: 'Everyday', blurb: 'Plain things for the kitchen and the walk to it.' },
] as const;

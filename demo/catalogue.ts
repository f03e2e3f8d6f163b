import type { SandboxProduct } from 'hsa-checkout-button/sandbox';

/** A product of the shop. */
export interface ShopProduct {
  id: string;
  name: string;
  blurb: string;
  priceCents: number;
  /** Medical goods are not taxed where the test shopper lives; all others are. */
  taxed: boolean;
  /** What the provider will say of it. The pages never read this: they ask, as a real shop's do. */
  provider: Pick<SandboxProduct, 'hsa_fsa_eligible' | 'eligibility_type'>;
}

const ELIGIBLE = { hsa_fsa_eligible: true, eligibility_type: 'auto_substantiation' } as const;
const DUAL_PURPOSE = { hsa_fsa_eligible: true, eligibility_type: 'dual_purpose' } as const;
const ORDINARY = { hsa_fsa_eligible: false } as const;

/** Everything that the shop sells, in the order in which it is shown. */
export const CATALOGUE: readonly ShopProduct[] = [
  {
    id: 'bp-monitor',
    name: 'Blood pressure monitor',
    blurb: 'A soft cuff, a large display and memory for two people.',
    priceCents: 4995,
    taxed: false,
    provider: ELIGIBLE,
  },
  {
    id: 'multivitamins',
    name: 'Daily multivitamins',
    blurb: 'Ninety capsules, one with breakfast.',
    priceCents: 1999,
    taxed: true,
    provider: ORDINARY,
  },
  {
    id: 'massage-gun',
    name: 'Massage gun',
    blurb: 'Three speeds, quiet enough for the sofa.',
    priceCents: 12900,
    taxed: true,
    provider: DUAL_PURPOSE,
  },
  {
    id: 'thermometer',
    name: 'Digital thermometer',
    blurb: 'A flexible tip and a reading in ten seconds.',
    priceCents: 1495,
    taxed: false,
    provider: ELIGIBLE,
  },
  {
    id: 'sunscreen',
    name: 'SPF 50 sunscreen',
    blurb: 'Broad spectrum, mineral, no scent.',
    priceCents: 1850,
    taxed: false,
    provider: ELIGIBLE,
  },
  {
    id: 'herbal-tea',
    name: 'Herbal tea',
    blurb: 'Chamomile, mint and lemon balm, twenty bags.',
    priceCents: 1250,
    taxed: true,
    provider: ORDINARY,
  },
  {
    id: 'seat-cushion',
    name: 'Orthopedic seat cushion',
    blurb: 'Firm foam in a washable cover.',
    priceCents: 5900,
    taxed: true,
    provider: DUAL_PURPOSE,
  },
  {
    id: 'bandages',
    name: 'Adhesive bandages',
    blurb: 'Sixty strips of fabric in four sizes.',
    priceCents: 899,
    taxed: false,
    provider: ELIGIBLE,
  },
  {
    id: 'tote-bag',
    name: 'Canvas tote bag',
    blurb: 'Heavy cotton, room for the week.',
    priceCents: 2400,
    taxed: true,
    provider: ORDINARY,
  },
];

const byId = new Map(CATALOGUE.map((product) => [product.id, product]));

/** Finds a product by its id. */
export function findProduct(id: string): ShopProduct | undefined {
  return byId.get(id);
}

/** The catalogue as it is synced with the provider. */
export function syncedProducts(): SandboxProduct[] {
  return CATALOGUE.map(({ id, name, priceCents, provider }) => ({
    merchant_product_id: id,
    name,
    price: priceCents,
    currency: 'USD',
    ...provider,
  }));
}

import type { CheckoutCart } from 'hsa-checkout-button/contract';
import { findProduct } from '../catalogue.js';
import type { ShopProduct } from '../shop-product.js';
import { DEFAULTS, type Settings } from './settings.js';

/** The products that the playground's cart can have. */
export const GOODS: readonly ShopProduct[] = Object.keys(DEFAULTS.quantities).map((id) => findProduct(id)!);

/** A product and its quantity. */
export interface Line {
  product: ShopProduct;
  quantity: number;
}

export function linesOf({ quantities }: Settings): Line[] {
  return GOODS.map((product) => ({ product, quantity: quantities[product.id] ?? 0 })).filter(
    ({ quantity }) => quantity > 0,
  );
}

export function subtotalOf(lines: readonly Line[]): number {
  return lines.reduce((cents, { product, quantity }) => cents + product.priceCents * quantity, 0);
}

/** A line's name, with its quantity if that is more than one. */
export function nameOf({ name }: ShopProduct, quantity: number): string {
  return quantity > 1 ? `${name} × ${quantity}` : name;
}

/** A product's eligibility, as the merchant's endpoint returns it. */
export function eligibilityOf({ provider }: ShopProduct): 'eligible' | 'lmn' | 'regular' {
  if (!provider.hsa_fsa_eligible) return 'regular';
  return provider.eligibility_type === 'dual_purpose' ? 'lmn' : 'eligible';
}

/** The cart for the button. Its lines have their eligibility if the settings say so. */
export function cartOf(settings: Settings): CheckoutCart {
  return {
    line_items: linesOf(settings).map(({ product, quantity }) => ({
      product_id: product.id,
      name: product.name,
      price: product.priceCents,
      quantity,
      ...(settings.eligibility === 'lines' && flagsOf(product)),
    })),
  };
}

function flagsOf(product: ShopProduct): { requires_lmn: true } | { hsa_fsa_eligible: boolean } {
  const eligibility = eligibilityOf(product);
  return eligibility === 'lmn' ? { requires_lmn: true } : { hsa_fsa_eligible: eligibility === 'eligible' };
}

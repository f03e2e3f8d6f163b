import { findProduct } from './catalogue.js';
import type { ShopProduct } from './shop-product.js';

/** A product in a cart or an order. */
export interface PricedLine {
  product: ShopProduct;
  quantity: number;
  totalCents: number;
}

/** A cart with the shop's own prices. */
export interface PricedCart {
  lines: PricedLine[];
  /** The sum of the quantities. */
  count: number;
  subtotalCents: number;
  shippingCents: number;
  taxCents: number;
  totalCents: number;
}

const FLAT_SHIPPING_CENTS = 500;
/** The sales tax of the test shopper's city in hundredths of a percent: 10.25 %. */
const TAX_RATE = 1025;

/** Prices a cart from the catalogue, without products that the catalogue no longer has. */
export function priceCart(items: Iterable<readonly [id: string, quantity: number]>): PricedCart {
  const lines = [...items].flatMap(([id, quantity]): PricedLine[] => {
    const product = findProduct(id);
    return product ? [{ product, quantity, totalCents: product.priceCents * quantity }] : [];
  });
  const sum = (some: PricedLine[]) => some.reduce((cents, line) => cents + line.totalCents, 0);
  const subtotalCents = sum(lines);
  const shippingCents = lines.length ? FLAT_SHIPPING_CENTS : 0;
  const taxCents = Math.round((sum(lines.filter((line) => line.product.taxed)) * TAX_RATE) / 10_000);
  return {
    lines,
    count: lines.reduce((count, line) => count + line.quantity, 0),
    subtotalCents,
    shippingCents,
    taxCents,
    totalCents: subtotalCents + shippingCents + taxCents,
  };
}

/** Formats cents as dollars. */
export function dollars(cents: number): string {
  return (cents / 100).toLocaleString('en-US', { style: 'currency', currency: 'USD' });
}

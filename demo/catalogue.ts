import type { SandboxProduct } from 'hsa-checkout-button/sandbox';
import { PRODUCTS } from './products.js';
import type { ShopProduct } from './shop-product.js';

/** The products of the shop, or of one collection. */
export function productsOf(collection?: string): ShopProduct[] {
  return PRODUCTS.filter((product) => !collection || product.collection === collection);
}

const byId = new Map(PRODUCTS.map((product) => [product.id, product]));

/** Finds a product by its id. */
export function findProduct(id: string): ShopProduct | undefined {
  return byId.get(id);
}

/** Other products for a product's page: first its collection, then those that follow it in the shop. */
export function besides(product: ShopProduct, count: number): ShopProduct[] {
  const at = PRODUCTS.indexOf(product);
  const others = [...PRODUCTS.slice(at + 1), ...PRODUCTS.slice(0, at)];
  const isNear = (other: ShopProduct) => other.collection === product.collection;
  return [...others.filter(isNear), ...others.filter((other) => !isNear(other))].slice(0, count);
}

/** The catalogue in the form that is synced with the provider. */
export function syncedProducts(): SandboxProduct[] {
  return PRODUCTS.map(({ id, name, priceCents, provider }) => ({
    merchant_product_id: id,
    name,
    price: priceCents,
    currency: 'USD',
    ...provider,
  }));
}

import type { ShopProduct } from '../support/merchant-app.js';

/** The products of the shop, by the id of the variant. */
export const PRODUCTS: Record<number, ShopProduct> = {
  1: { title: 'Blood pressure monitor', final_price: 4995, eligibility: 'eligible' },
  2: { title: 'Tote bag', final_price: 1999, eligibility: 'regular' },
  3: { title: 'Thermometer', final_price: 1295, eligibility: 'eligible' },
};

import * as z from 'zod';
import { Cents, Id, optional, Text, WebUrl } from './request.js';
import { unwrap } from './session.js';

/** What `POST /products` takes: one product to be known to the provider. `price` is in cents. */
export const Product = z.object({
  name: Text,
  merchant_product_id: Id,
  upc_code_or_gtin: optional(Id),
  price: Cents,
  currency: Text,
  images: optional(z.array(WebUrl)),
  metadata: optional(z.record(z.string(), z.unknown())),
});
export type Product = z.input<typeof Product>;

/** A text that may be missing. One of another type is kept as a word that `productEligibility` does not know. */
const Words = z.string().nullish().catch('unreadable');

/** The provider's word on one product. */
export const ProductEligibility = z.object({
  hsa_fsa_eligible: z.boolean().optional().catch(undefined),
  message: Words,
  eligibility_type: Words,
});

/** A product as the provider lists it. */
export const SyncedProduct = z.preprocess(
  unwrap,
  z.object({
    merchant_product_id: Id,
    eligibility: ProductEligibility.optional().catch(undefined),
  }),
);
export type SyncedProduct = z.infer<typeof SyncedProduct>;

/**
 * A page of `GET /products`: a list, wrapped in one of the ways that the versions have. A product that cannot be read
 * (one without the merchant's id, say) is left out, and does not take the others with it.
 */
export const ProductPage = z.preprocess(
  (body) => {
    const { data, products = data, items = products } = Object(body);
    const { has_more, next_cursor, pagination } = { ...Object(body), ...(Array.isArray(data) ? {} : data) };
    return {
      products: Array.isArray(body) ? body : Array.isArray(items) ? items : items?.products,
      next: next_cursor ?? pagination?.next_cursor,
      has_more: has_more ?? pagination?.has_more,
    };
  },
  z.object({
    products: z
      .array(SyncedProduct.nullable().catch(null))
      .transform((products) => products.filter((product) => product !== null)),
    next: z.string().nullish(),
    has_more: z.boolean().optional().catch(undefined),
  }),
);
export type ProductPage = z.infer<typeof ProductPage>;

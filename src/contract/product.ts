import * as z from 'zod';
import { Cents, Id, optional, Text, WebUrl } from './request.js';
import { unwrap } from './session.js';

/** The request of `POST /products`, which adds or updates one product. `price` is in cents. */
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

/** An optional text. A value of another type becomes a text that `productEligibility` does not recognise. */
const LenientText = z.string().nullish().catch('unreadable');

/** The eligibility of one product in a response of the provider. */
export const ProductEligibility = z.object({
  hsa_fsa_eligible: z.boolean().optional().catch(undefined),
  message: LenientText,
  eligibility_type: LenientText,
});

/** A product in the provider's list. */
export const SyncedProduct = z.preprocess(
  unwrap,
  z.object({
    merchant_product_id: Id,
    eligibility: ProductEligibility.optional().catch(undefined),
  }),
);
export type SyncedProduct = z.infer<typeof SyncedProduct>;

/**
 * A page of `GET /products`, in every wrapper of the API's versions. A malformed product, such as one without the merchant's id,
 * is left out.
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

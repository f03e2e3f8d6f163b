import { Product, productEligibility, validate, type LineEligibility } from '../contract/index.js';
import { ApiError, invalidFields } from './api-error.js';

/** A product of the sandbox, with its eligibility. */
export interface SandboxProduct {
  /** The merchant's own id. `line_items[].product_id` must match it. */
  merchant_product_id: string;
  name: string;
  /** The price of one unit, in cents. */
  price: number;
  /** An ISO 4217 code, such as `USD`. */
  currency: string;
  /** Whether HSA/FSA money can pay for it. Also true for a dual-purpose product, as in the provider's responses. */
  hsa_fsa_eligible: boolean;
  /** `dual_purpose`: only with a Letter of Medical Necessity. */
  eligibility_type?: 'auto_substantiation' | 'dual_purpose' | 'vision' | 'rx';
  /** The provider's message about its eligibility. Default: one that matches the eligibility. */
  message?: string;
  upc_code_or_gtin?: string;
}

const MESSAGES = {
  eligible: 'HSA/FSA eligible.',
  lmn: 'May be HSA/FSA eligible with a Letter of Medical Necessity.',
  regular: 'Not HSA/FSA eligible.',
};

/** The synced products. */
export class Products {
  readonly #byId = new Map<string, SandboxProduct>();

  constructor(products: readonly SandboxProduct[]) {
    for (const product of products) this.#byId.set(product.merchant_product_id, product);
  }

  /** The eligibility of a product. Undefined if it is not synced. */
  eligibilityOf(id: string): LineEligibility | undefined {
    const product = this.#byId.get(id);
    return (
      product && productEligibility({ merchant_product_id: id, eligibility: eligibilityFields(product) })
    );
  }

  /** `GET /products`: a page of all products, or the one with `merchant_product_id`. */
  list(query: URLSearchParams): object {
    const id = query.get('merchant_product_id');
    const all = [...this.#byId.values()].filter(
      (product) => id === null || product.merchant_product_id === id,
    );
    const limit = Number(query.get('limit') ?? 20);
    const start = Number(query.get('cursor') ?? 0);
    if (!(limit >= 1 && limit <= 100) || !(start >= 0))
      throw new ApiError(400, 'bad_request', 'limit must be 1 to 100, and cursor a next_cursor of this list');
    const end = start + Math.floor(limit);
    const has_more = end < all.length;
    return { data: all.slice(start, end).map(listed), has_more, next_cursor: has_more ? String(end) : null };
  }

  /**
   * `POST /products`: syncs a product. A known product keeps its eligibility. A new one gets that of its `metadata`
   * (`hsa_fsa_eligible`, `eligibility_type`), because the sandbox cannot judge a product as the provider does. Default: not eligible.
   */
  sync(body: unknown): object {
    const { value, violations } = validate(Product, body);
    if (!value) throw invalidFields(violations);
    const { metadata = {}, ...product } = value;
    const eligibility = this.#byId.get(product.merchant_product_id) ?? {
      hsa_fsa_eligible: metadata.hsa_fsa_eligible === true,
      ...(metadata.eligibility_type === 'dual_purpose' && { eligibility_type: 'dual_purpose' as const }),
    };
    const synced = { ...eligibility, ...product };
    this.#byId.set(synced.merchant_product_id, synced);
    return { ...listed(synced), metadata };
  }

  /** `POST /products/check-eligibility`: the eligibility of a product by its code or name. */
  check(body: unknown, checked_at: string): object {
    const { upc_code_or_gtin: code, product_name: name } = Object(body) as Record<string, unknown>;
    if (typeof code !== 'string' && typeof name !== 'string')
      throw new ApiError(400, 'bad_request', 'give upc_code_or_gtin or product_name');
    const match = [...this.#byId.values()].find(
      (product) =>
        (code !== undefined && product.upc_code_or_gtin === code) ||
        product.name.toLowerCase() === String(name).toLowerCase(),
    );
    return {
      ...(match ? eligibilityFields(match) : { hsa_fsa_eligible: false, message: MESSAGES.regular }),
      checked_at,
    };
  }
}

function eligibilityFields({ hsa_fsa_eligible, eligibility_type, message }: SandboxProduct) {
  const kind = !hsa_fsa_eligible ? 'regular' : eligibility_type === 'dual_purpose' ? 'lmn' : 'eligible';
  return {
    hsa_fsa_eligible,
    message: message ?? MESSAGES[kind],
    ...(eligibility_type && { eligibility_type }),
  };
}

function listed(product: SandboxProduct) {
  const { hsa_fsa_eligible: _, eligibility_type: _type, message: _message, ...rest } = product;
  return { ...rest, eligibility: eligibilityFields(product) };
}

import * as z from 'zod';
import { validate, type EligibilityAnswer } from '../../contract/index.js';
import { mediaType, readBody, readJson, readText } from '../http/body.js';
import type { CatalogueReader } from '../providers/catalogue.js';
import { MAX_PRODUCT_IDS, resolveProducts } from '../providers/resolve-products.js';
import { ApiError } from '../http/api-error.js';
import type { RequestContext } from '../settings.js';

const isId = (id: unknown) => typeof id === 'string' && id.length > 0 && id.length <= 255;

/**
 * The request's body. It does not use zod's own length checks, because they read `length` of any value, and a getter of that
 * name may throw.
 */
const EligibilityQuery = z.object({
  product_ids: z.custom<string[]>(
    (ids) => Array.isArray(ids) && ids.length <= MAX_PRODUCT_IDS && ids.length > 0 && ids.every(isId),
    {
      error: 'expected 1 to 100 product ids',
    },
  ),
});

/**
 * Responds to `POST {endpoint}/eligibility` with the eligibility of each product, in the order of the request. A missing or
 * unknown value becomes `unknown`, for which the elements show nothing.
 */
export async function handleEligibility(
  context: RequestContext,
  catalogue: CatalogueReader,
): Promise<Response> {
  if (mediaType(context.request) !== 'application/json')
    throw new ApiError('unsupported_media_type', { detail: 'send application/json' });
  const body = readJson(readText(await readBody(context)));
  const { value, violations } = validate(EligibilityQuery, body);
  if (!value) throw new ApiError('validation_error', { errors: violations });
  const eligibilityOf = await resolveProducts(context, catalogue, value.product_ids);
  const answer: EligibilityAnswer = {
    products: value.product_ids.map((product_id) => ({ product_id, eligibility: eligibilityOf(product_id) })),
  };
  return Response.json(answer);
}

import * as z from 'zod';
import type { LineEligibility } from '../../core/index.js';
import { validate, type EligibilityAnswer } from '../../contract/index.js';
import { mediaType, readBody, readJson, readText } from '../http/body.js';
import type { CatalogueReader } from '../providers/catalogue.js';
import { withDeadlineSignal } from '../deadline.js';
import { clientClosedRequest, ApiError } from '../http/api-error.js';
import type { RequestContext } from '../settings.js';

const isId = (id: unknown) => typeof id === 'string' && id.length > 0 && id.length <= 255;

/**
 * The request's body. It does not use zod's own length checks, because they read `length` of any value, and a getter of that
 * name may throw.
 */
const EligibilityQuery = z.object({
  product_ids: z.custom<string[]>(
    (ids) => Array.isArray(ids) && ids.length <= 100 && ids.length > 0 && ids.every(isId),
    {
      error: 'expected 1 to 100 product ids',
    },
  ),
});

const KNOWN_VALUES: readonly unknown[] = [
  'eligible',
  'lmn',
  'regular',
  'unknown',
] satisfies LineEligibility[];

/** Gets eligibilities from `resolveEligibility`, or from the provider's product list. */
async function resolveProducts(
  { settings, request, requestId, emit }: RequestContext,
  catalogue: CatalogueReader,
  ids: string[],
): Promise<(id: string) => unknown> {
  if (!settings.resolveEligibility) {
    const { byId } = await catalogue(requestId, (products) =>
      emit({ type: 'catalogue_truncated', products, requestId }),
    );
    return (id) => byId.get(id);
  }
  const answer = await withDeadlineSignal(
    settings.resolveTimeoutMs,
    ({ signal }) => settings.resolveEligibility?.([...ids], { request, signal }),
    request.signal,
  ).catch((cause: unknown) => {
    throw request.signal.aborted ? clientClosedRequest(cause) : cause;
  });
  // An array counts as an empty result, because its indexes could be mistaken for ids. Inherited properties are ignored.
  const byId = !answer || Array.isArray(answer) ? {} : answer;
  return (id) => (Object.hasOwn(byId, id) ? byId[id] : undefined);
}

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
    products: value.product_ids.map((product_id) => {
      const value = eligibilityOf(product_id);
      const isKnown = KNOWN_VALUES.includes(value);
      return { product_id, eligibility: isKnown ? (value as LineEligibility) : 'unknown' };
    }),
  };
  return Response.json(answer);
}

import * as z from 'zod';
import type { LineEligibility } from '../../core/index.js';
import { validate, type EligibilityAnswer } from '../../contract/index.js';
import { mediaType, readBody, readJson, readText } from '../http/body.js';
import type { CatalogueReader } from '../providers/catalogue.js';
import { withDeadlineSignal } from '../deadline.js';
import { clientClosedRequest, ApiError } from '../http/api-error.js';
import type { RequestContext } from '../settings.js';

const isId = (id: unknown) => typeof id === 'string' && id.length > 0 && id.length <= 255;

/** What a page asks. (zod's own length checks read `length` off whatever comes, and can be made to throw.) */
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

/** Asks the merchant's hook, or the provider's list. */
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
  // A list by position is no word on any id, though "0" can be one; nor is what every object inherits.
  const words = !answer || Array.isArray(answer) ? {} : answer;
  return (id) => (Object.hasOwn(words, id) ? words[id] : undefined);
}

/**
 * Answers `POST {endpoint}/eligibility`: what HSA/FSA money can do for each product, in the order asked. Whatever is not
 * known, or is said in an unknown word, is `unknown` and claims nothing.
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
      const word = eligibilityOf(product_id);
      return { product_id, eligibility: KNOWN_VALUES.includes(word) ? (word as LineEligibility) : 'unknown' };
    }),
  };
  return Response.json(answer);
}

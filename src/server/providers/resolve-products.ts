import type { LineEligibility } from '../../core/index.js';
import { withDeadlineSignal } from '../deadline.js';
import { clientClosedRequest } from '../http/api-error.js';
import type { RequestContext } from '../settings.js';
import type { CatalogueReader } from './catalogue.js';

const KNOWN_VALUES: readonly unknown[] = [
  'eligible',
  'lmn',
  'regular',
  'unknown',
] satisfies LineEligibility[];

/** The most products of one call of `resolveEligibility`. */
export const MAX_PRODUCT_IDS = 100;

/**
 * Gets the eligibility of at most 100 products from `resolveEligibility`, or from the provider's product list. A missing or
 * unknown value becomes `unknown`.
 * @throws the error of the hook or of the provider.
 */
export async function resolveProducts(
  { settings, request, requestId, emit }: RequestContext,
  catalogue: CatalogueReader,
  ids: string[],
): Promise<(id: string) => LineEligibility> {
  const known = (value: unknown) =>
    KNOWN_VALUES.includes(value) ? (value as LineEligibility) : ('unknown' as const);
  if (!settings.resolveEligibility) {
    const { byId } = await catalogue(requestId, (products) =>
      emit({ type: 'catalogue_truncated', products, requestId }),
    );
    return (id) => known(byId.get(id));
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
  return (id) => known(Object.hasOwn(byId, id) ? byId[id] : undefined);
}

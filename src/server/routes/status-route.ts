import type { StatusAnswer } from '../../contract/index.js';
import { withTimeout } from '../deadline.js';
import { errorName } from '../events.js';
import { ApiError, retryAfter } from '../http/api-error.js';
import { ProviderFailure } from '../providers/provider-failure.js';
import type { RequestContext } from '../settings.js';
import { STORE_TIMEOUT_MS } from '../stores/tolerant-store.js';
import { isDerivedToken } from '../tokens.js';

/** The form of the handler's tokens. */
const TOKEN = /^[\w-]{43}$/;

/**
 * Finds the session of a return token.
 * @throws {ApiError} `provider_unavailable` when the store fails. The page retries after this error, but not after a 404.
 */
async function checkoutIdOfReturnToken(
  { settings, requestId, emit }: RequestContext,
  token: string,
): Promise<string | undefined> {
  try {
    return await withTimeout(STORE_TIMEOUT_MS, () => settings.store.read(`return:${token}`));
  } catch (cause) {
    emit({ type: 'store_failed', operation: 'read', name: errorName(cause), requestId });
    throw new ApiError('provider_unavailable', {
      status: 503,
      detail: 'the store did not answer',
      headers: retryAfter(1000),
      cause,
    });
  }
}

/**
 * Returns the id of the checkout session that a request may read, or undefined. The request has either the session's id and its
 * status token, which the create response contains, or only a return token, which the handler adds to the return URLs.
 */
async function checkoutIdOf(context: RequestContext): Promise<string | undefined> {
  const { settings, request } = context;
  const query = new URL(request.url).searchParams;
  const id = query.get('id');
  const token = query.get('token') ?? '';
  if (!TOKEN.test(token)) return undefined;
  if (id === null) return checkoutIdOfReturnToken(context, token);
  return (await isDerivedToken(token, settings.secrets, 'status', id)) ? id : undefined;
}

/**
 * Responds to `GET {endpoint}/status` with the state of a session, without customer and products. A wrong token and an
 * unknown id get the same 404, so that a caller cannot probe for ids.
 */
export async function handleStatus(context: RequestContext): Promise<Response> {
  const id = await checkoutIdOf(context);
  if (id === undefined) throw new ApiError('not_found');
  try {
    const state = await context.settings.provider.readSession(id, { requestId: context.requestId });
    const { checkout_id, status, reason, type, expires_at, paid_at, expired_at } = state;
    const answer: StatusAnswer = {
      checkout_id,
      status,
      ...(reason && { reason }),
      ...(type && { type }),
      ...(expires_at && { expires_at }),
      ...(paid_at && { paid_at }),
      ...(expired_at && { expired_at }),
    };
    return Response.json(answer);
  } catch (error) {
    if (error instanceof ProviderFailure && error.kind === 'not_found') throw new ApiError('not_found');
    throw error;
  }
}

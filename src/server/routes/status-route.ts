import type { Amounts, SessionState, StatusAnswer } from '../../contract/index.js';
import { withTimeout } from '../deadline.js';
import { errorName } from '../events.js';
import { ApiError, retryAfter } from '../http/api-error.js';
import { expectedOrderKey, type ExpectedOrder } from '../orders/expected-order.js';
import { receiptKey, toReceipt } from '../orders/receipt.js';
import type { CatalogueReader } from '../providers/catalogue.js';
import { ProviderFailure } from '../providers/provider-failure.js';
import type { RequestContext } from '../settings.js';
import { parseStored } from '../stores/store.js';
import { STORE_TIMEOUT_MS } from '../stores/tolerant-store.js';
import { isDerivedToken } from '../tokens.js';

/** The form of the handler's tokens. */
const TOKEN = /^[\w-]{43}$/;

/** The session that a request may read. */
interface ReadableSession {
  id: string;
  /** Whether the request has the session's own status token. Only the tab that started the checkout has it. */
  isOwn: boolean;
}

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
 * Returns the checkout session that a request may read, or undefined. The request has either the session's id and its status
 * token, which the create response contains, or only a return token, which the handler adds to the return URLs.
 */
async function sessionOf(context: RequestContext): Promise<ReadableSession | undefined> {
  const { settings, request } = context;
  const query = new URL(request.url).searchParams;
  const id = query.get('id');
  const token = query.get('token') ?? '';
  if (!TOKEN.test(token)) return undefined;
  if (id !== null)
    return (await isDerivedToken(token, settings.secrets, 'status', id)) ? { id, isOwn: true } : undefined;
  const found = await checkoutIdOfReturnToken(context, token);
  return found === undefined ? undefined : { id: found, isOwn: false };
}

/** Reads what was stored with a session. A failure is logged, because the status is worth more than its details. */
async function readStored(
  { settings, requestId, emit }: RequestContext,
  key: string,
): Promise<string | undefined> {
  try {
    return await withTimeout(STORE_TIMEOUT_MS, () => settings.store.read(key));
  } catch (error) {
    emit({ type: 'store_failed', operation: 'read', name: errorName(error), requestId });
    return undefined;
  }
}

/**
 * The reference and the amounts of a session that has ended: the provider's, and for what it leaves out those of the stored
 * order. They do not contain the items.
 */
function summaryOf(
  state: SessionState,
  expected: ExpectedOrder | undefined,
): Pick<StatusAnswer, 'reference_id' | 'amounts' | 'currency'> {
  // A repeated session may have the reference of an earlier request.
  const reference = state.reference_id || (expected?.repeated ? undefined : expected?.reference_id);
  const total = state.amounts?.total;
  // The stored parts belong to the stored total. With another total they would not add up.
  const isSameTotal = total === undefined || total === expected?.amounts?.total;
  const known = Object.entries(state.amounts ?? {}).filter(([, cents]) => cents !== undefined);
  const amounts: Amounts = { ...(isSameTotal && expected?.amounts), ...Object.fromEntries(known) };
  const currency = (state.currency ?? expected?.currency)?.trim().toUpperCase();
  return {
    ...(reference && { reference_id: reference }),
    ...(Object.keys(amounts).length && { amounts }),
    ...(currency && { currency }),
  };
}

/**
 * Responds to `GET {endpoint}/status` with the state of a session, without the shopper. The items, which say something about a person's
 * health, are only in the receipt of a paid session, and only for its own status token: a return URL may be shared, logged and
 * read by other scripts. A wrong token and an unknown id get the same 404, so that a caller cannot probe for ids.
 */
export async function handleStatus(context: RequestContext, catalogue: CatalogueReader): Promise<Response> {
  const session = await sessionOf(context);
  if (!session) throw new ApiError('not_found');
  const { id, isOwn } = session;
  let state: SessionState;
  try {
    state = await context.settings.provider.readSession(id, { requestId: context.requestId });
  } catch (error) {
    if (error instanceof ProviderFailure && error.kind === 'not_found') throw new ApiError('not_found');
    throw error;
  }
  const { checkout_id, status, reason, type, expires_at, paid_at, expired_at } = state;
  const hasEnded = status !== 'open';
  const offersReceipt = status === 'paid' && !!context.settings.receipt;
  const [expected, stored] = await Promise.all([
    hasEnded ? readStored(context, expectedOrderKey(id)) : undefined,
    offersReceipt && isOwn ? readStored(context, receiptKey(id)) : undefined,
  ]);
  const receipt = await toReceipt(context, catalogue, id, stored);
  const answer: StatusAnswer = {
    checkout_id,
    status,
    ...(reason && { reason }),
    ...(type && { type }),
    ...(expires_at && { expires_at }),
    ...(paid_at && { paid_at }),
    ...(expired_at && { expired_at }),
    ...(hasEnded && summaryOf(state, parseStored(expected) as ExpectedOrder | undefined)),
    ...(offersReceipt && !isOwn && { has_receipt: true }),
    ...(receipt && { receipt }),
  };
  return Response.json(answer);
}

import type { CheckoutCart, CheckoutSession } from '../../contract/index.js';
import { expectedOrderKey, toExpectedOrder } from '../orders/expected-order.js';
import { receiptKey, toStoredReceipt } from '../orders/receipt.js';
import { openProviderSession, splitRequest } from './open-provider-session.js';
import { withTimeout } from '../deadline.js';
import { errorName } from '../events.js';
import { clientClosedRequest, ApiError, retryAfter } from '../http/api-error.js';
import { ProviderFailure } from '../providers/provider-failure.js';
import { resolveCheckout, type CheckedRequest } from './resolve-cart.js';
import type { RequestContext } from '../settings.js';
import { parseStored } from '../stores/store.js';
import { STORE_TIMEOUT_MS, TolerantStore } from '../stores/tolerant-store.js';
import { digest } from '../tokens.js';

/** The stored value of one generation of an idempotency key. */
interface StoredSession {
  /** Digest of the page's cart after validation. */
  cart: string;
  /** Digest of goods, amounts and customer: {@link splitRequest}'s `keyed`. */
  keyed: string;
  session: CheckoutSession;
  /** Ids of earlier sessions that were still open when goods, amounts or customer changed. They can be paid until they end. */
  replaced?: string[];
}

/** The most store calls of one attempt. */
const STORE_CALLS = 10;
/** Default of `Provider.timeoutMs`, in milliseconds. */
const PROVIDER_TIMEOUT_MS = 8000;
/** The most open sessions of one key. It bounds the calls that one caller can cause at the provider and the store. */
const MAX_OPEN_SESSIONS = 5;
/** For how long a key with that many open sessions is refused without another call to the provider, in milliseconds. */
const FULL_COOLDOWN_MS = 60_000;
/** The most sessions that are opened in a row because the one before is already closed. */
const MAX_ATTEMPTS = 3;

/** The provider's sessions live for 24 h, and it repeats its first response to a key for as long, in milliseconds. */
const SESSION_LIFE_MS = 24 * 3_600_000;
/** Tolerance for two synchronized clocks and an expiry that is rounded to the second, in milliseconds. */
const CLOCK_SKEW_MS = 2000;

/**
 * Whether the provider certainly opened this session for this request: its life, which ends at
 * `expires_at`, began after the request was sent. Otherwise the response may be a repeated one for a session that is
 * closed by now, and a store that lost its data cannot tell.
 */
function isNewSession({ status, expires_at }: CheckoutSession, requestedAt: number): boolean {
  const openedAt = Date.parse(expires_at ?? '') - SESSION_LIFE_MS;
  return (
    status === 'open' && openedAt >= requestedAt - CLOCK_SKEW_MS && openedAt <= Date.now() + CLOCK_SKEW_MS
  );
}

/**
 * Returns whether a session can still be paid, or `ifUnknown` when the provider does not find it.
 * @throws {ApiError} `session_closed` when it has been paid.
 */
async function isOpen(
  { settings, requestId }: RequestContext,
  checkoutId: string,
  ifUnknown: boolean,
): Promise<boolean> {
  try {
    const { status } = await settings.provider.readSession(checkoutId, { requestId });
    if (status === 'paid') throw new ApiError('session_closed', { detail: 'this order is paid' });
    return status === 'open';
  } catch (error) {
    if (error instanceof ProviderFailure && error.kind === 'not_found') return ifUnknown;
    throw error;
  }
}

/** Finds the newest generation of a key, and the number of the next one. Generations have no gaps, so a binary search finds it. */
async function findLatest(
  store: TolerantStore,
  keyOf: (generation: number) => string,
): Promise<{ latest?: StoredSession; next: number }> {
  let latest: string | undefined;
  let last = -1;
  let missing: number | undefined;
  while (missing === undefined || missing - last > 1) {
    // Doubles until a generation is missing, then bisects.
    const generation =
      missing === undefined ? 2 * last + (last < 0 ? 2 : 1) : Math.floor((last + missing) / 2);
    const text = await store.read(keyOf(generation));
    if (text === undefined) missing = generation;
    else [latest, last] = [text, generation];
  }
  const entry = parseStored(latest) as StoredSession | undefined;
  // An unreadable entry counts as lost. Its generation is not used again.
  return { ...(entry?.session?.checkout_id && { latest: entry }), next: last + 1 };
}

/** The longest that one attempt takes, in milliseconds: `resolveCart`, `onSessionCreated`, two calls to the provider, and the store. */
function leaseMs({ resolveTimeoutMs, provider }: RequestContext['settings']): number {
  const { timeoutMs = PROVIDER_TIMEOUT_MS } = provider;
  return 2 * resolveTimeoutMs + 2 * timeoutMs + STORE_CALLS * STORE_TIMEOUT_MS;
}

/** Runs `onSessionCreated`. The shopper waits for it, but its failure does not stop the checkout. */
async function runSessionCreatedHook(
  context: RequestContext,
  session: CheckoutSession,
  referenceId: string,
): Promise<void> {
  const { settings, requestId } = context;
  const { checkout_id: checkoutId, expires_at: expiresAt } = session;
  try {
    await withTimeout(settings.resolveTimeoutMs, () =>
      settings.onSessionCreated?.({
        checkoutId,
        referenceId,
        ...(expiresAt && { expiresAt }),
        test: settings.provider.test,
      }),
    );
  } catch (error) {
    const name = errorName(error);
    context.emit({ type: 'hook_failed', hook: 'onSessionCreated', checkoutId, name, requestId });
  }
}

/**
 * Returns the open session of an idempotency key, and otherwise opens one. A key has generations, and gets the next
 * one when:
 *
 * - its session expired, failed or was cancelled;
 * - `resolveCart` returns other goods, amounts, customer or address.
 *
 * A paid session ends the key.
 * @throws {ApiError} `idempotency_key_reused`, `request_in_progress`, `rate_limited`, `session_closed`, and the errors of
 *   `resolveCart` and of the provider.
 */
export async function getOrOpenSession(
  context: RequestContext,
  cart: CheckoutCart,
  idempotencyKey: string,
): Promise<{ session: CheckoutSession; replayed: boolean }> {
  const { settings, requestId } = context;
  const store = new TolerantStore(settings.store, (operation, error) =>
    context.emit({ type: 'store_failed', operation, name: errorName(error), requestId }),
  );
  const cartDigest = await digest(JSON.stringify(cart));
  const keyedDigest = (request: CheckedRequest) => digest(JSON.stringify(splitRequest(request).keyed));
  const keyOf = (generation: number) => `create:${idempotencyKey}:${generation}`;

  const { latest, next } = await findLatest(store, keyOf);
  if (latest && latest.cart !== cartDigest)
    throw new ApiError('idempotency_key_reused', { detail: 'this key belongs to another cart' });
  let checkout: CheckedRequest | undefined;
  let replaced: string[] = [];
  if (latest) {
    const { session, keyed, replaced: earlier = [] } = latest;
    const checkoutId = session.checkout_id;
    const ids = [checkoutId, ...earlier];
    const refuse = () =>
      new ApiError('rate_limited', {
        detail: `this key has ${MAX_OPEN_SESSIONS} open sessions of other prices, goods or customers: wait until one ends`,
        headers: retryAfter(FULL_COOLDOWN_MS),
      });
    if (ids.length >= MAX_OPEN_SESSIONS) {
      checkout = await resolveCheckout(context, cart, idempotencyKey);
      const isChanged = (await keyedDigest(checkout)) !== keyed;
      // The claim is never released. Until its lease ends, no request about these sessions goes to the provider.
      if (isChanged && !(await store.claim(`full:${idempotencyKey}`, FULL_COOLDOWN_MS))) throw refuse();
    }
    const open = await Promise.all(ids.map((id) => isOpen(context, id, false)));
    replaced = ids.filter((_, i) => open[i]);
    // No claim is needed here: requests may read at the same time, and the one that finds a difference claims the next generation.
    if (open[0]) checkout ??= await resolveCheckout(context, cart, idempotencyKey);
    if (open[0] && checkout && (await keyedDigest(checkout)) === keyed) {
      context.emit({ type: 'session', checkoutId, replayed: true, generation: next - 1, requestId });
      return { session, replayed: true };
    }
    if (replaced.length >= MAX_OPEN_SESSIONS) throw refuse();
  }

  for (let generation = next; generation < next + MAX_ATTEMPTS; generation++) {
    const claim = await store.claim(keyOf(generation), leaseMs(settings));
    if (!claim) throw new ApiError('request_in_progress', { headers: retryAfter(1000) });
    try {
      checkout ??= await resolveCheckout(context, cart, idempotencyKey);
      // Ends here when the shopper has left: the claim is released, and a retry finds the key free. From the next line on the
      // session is opened and stored even if the shopper leaves, and a retry gets it.
      if (context.request.signal.aborted) throw clientClosedRequest();
      const requestedAt = Date.now();
      const opened = await openProviderSession(context, store, checkout, idempotencyKey, generation);
      const { session, referenceId, returnToken } = opened;
      const checkoutId = session.checkout_id;
      const keyed = await keyedDigest(checkout);
      const entry: StoredSession = { cart: cartDigest, keyed, session, ...(replaced.length && { replaced }) };
      const isFirstAnswer = isNewSession(session, requestedAt);
      const isUsable =
        (isFirstAnswer && !store.failed) ||
        // The provider has just returned this id, so after a 404 the session counts as open: the provider's read may be
        // out of date.
        (await isOpen(context, checkoutId, true));
      // The hook runs before another request can get this session, so that the merchant knows every session that can be paid.
      if (isUsable) await runSessionCreatedHook(context, session, referenceId);
      const receipt = settings.receipt && toStoredReceipt(checkout);
      const [completion] = await Promise.all([
        claim.complete(JSON.stringify(entry)),
        store.write(`return:${returnToken}`, checkoutId),
        store.write(
          expectedOrderKey(checkoutId),
          JSON.stringify(toExpectedOrder(checkout, session, referenceId, !isFirstAnswer)),
        ),
        receipt && store.write(receiptKey(checkoutId), receipt),
      ]);
      // The lease ended meanwhile, and another request may have claimed the key and opened a session. The retry gets that one.
      if (completion === 'lapsed') throw new ApiError('request_in_progress', { headers: retryAfter(1000) });
      if (!isUsable) continue;
      context.emit({ type: 'session', checkoutId, replayed: false, generation, requestId });
      return { session, replayed: false };
    } catch (error) {
      await claim.release();
      throw error;
    }
  }
  throw new ApiError('provider_contract', { detail: 'no session stays open' });
}

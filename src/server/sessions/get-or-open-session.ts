import type { CheckoutCart, CheckoutSession } from '../../contract/index.js';
import { expectedOrderKey, toExpectedOrder } from '../orders/expected-order.js';
import { openProviderSession, splitRequest } from './open-provider-session.js';
import { withTimeout } from '../deadline.js';
import { errorName } from '../events.js';
import { clientClosedRequest, ApiError, retryAfter } from '../http/problem.js';
import { ProviderFailure } from '../providers/provider-failure.js';
import { resolveCheckout, type CheckedRequest } from './resolve-cart.js';
import type { RequestContext } from '../settings.js';
import { parseStored } from '../stores/store.js';
import { STORE_TIMEOUT_MS, TolerantStore } from '../stores/tolerant-store.js';
import { digest } from '../tokens.js';

/** What the store keeps for one generation of one idempotency key. */
interface StoredSession {
  /** A digest of the checked cart. */
  cart: string;
  /**
   * A digest of what the session is bound to. Entries of a version that kept none differ from everything: a session too
   * many costs nothing, one of another price or another shopper does.
   */
  bound?: string;
  session: CheckoutSession;
  /** Earlier sessions that were open when what they are bound to changed: until they end they can be paid. */
  replaced?: string[];
}

/** How often one attempt waits for the store at most. */
const STORE_CALLS = 10;
/** How long one call of a provider may take that does not say, in milliseconds. */
const PROVIDER_TIMEOUT_MS = 8000;
/** How many sessions of one key may be open at once. More would let one caller make the provider and the store work without end. */
const MAX_OPEN_SESSIONS = 5;
/** How long a key with that many open sessions is refused without asking the provider again, in milliseconds. */
const FULL_COOLDOWN_MS = 60_000;
/** How many sessions in a row may turn out to be over before it is given up. */
const MAX_ATTEMPTS = 3;

/** How long the provider's sessions live, and for how long it repeats its first answer to a key, in milliseconds. */
const SESSION_LIFE_MS = 24 * 3_600_000;
/** How far apart two clocks that are right may be, with an end that is rounded to the second, in milliseconds. */
const CLOCK_SKEW_MS = 2000;

/**
 * Whether an answer of the provider surely tells of a new session: its life begins after the question. The first answer to
 * a key comes again whatever has happened to the session since, and a store that lost its data knows of none.
 */
function isNewSession({ status, expires_at }: CheckoutSession, askedAt: number): boolean {
  const openedAt = Date.parse(expires_at ?? '') - SESSION_LIFE_MS;
  return status === 'open' && openedAt >= askedAt - CLOCK_SKEW_MS && openedAt <= Date.now() + CLOCK_SKEW_MS;
}

/**
 * Whether a session can still be paid; `ifUnknown` when the provider does not find it.
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

/** The newest entry of a key, and the generation after it. Generations have no gaps, so that few reads find it. */
async function findLatest(
  store: TolerantStore,
  keyOf: (generation: number) => string,
): Promise<{ latest?: StoredSession; next: number }> {
  let latest: string | undefined;
  let last = -1;
  let missing: number | undefined;
  while (missing === undefined || missing - last > 1) {
    // Doubles until there is none, then halves.
    const generation =
      missing === undefined ? 2 * last + (last < 0 ? 2 : 1) : Math.floor((last + missing) / 2);
    const text = await store.read(keyOf(generation));
    if (text === undefined) missing = generation;
    else [latest, last] = [text, generation];
  }
  const entry = parseStored(latest) as StoredSession | undefined;
  // An entry that cannot be read is one that the store has lost. Its generation is not used again.
  return { ...(entry?.session?.checkout_id && { latest: entry }), next: last + 1 };
}

/**
 * The longest that one attempt to open a session may take, in milliseconds: `resolveCart` and `onSessionCreated`, the
 * provider's two calls, and the store.
 */
function leaseMs({ resolveTimeoutMs, provider }: RequestContext['settings']): number {
  const { timeoutMs = PROVIDER_TIMEOUT_MS } = provider;
  return 2 * resolveTimeoutMs + 2 * timeoutMs + STORE_CALLS * STORE_TIMEOUT_MS;
}

/** Tells the merchant of a new session. The shopper waits for it, but never sees it fail. */
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
 * Gives the open session of an idempotency key, and opens one where there is none. A key has generations: a session that
 * expired, failed or was cancelled makes room for the next one, and so does one whose price, goods, customer or address
 * are no longer what `resolveCart` says; a paid one does not.
 * @throws {ApiError} `idempotency_key_reused`, `request_in_progress`, `session_closed`, or what the hook and the provider
 * come to.
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
  const boundDigest = (request: CheckedRequest) => digest(JSON.stringify(splitRequest(request).keyed));
  const keyOf = (generation: number) => `create:${idempotencyKey}:${generation}`;

  const { latest, next } = await findLatest(store, keyOf);
  if (latest && latest.cart !== cartDigest)
    throw new ApiError('idempotency_key_reused', { detail: 'this key belongs to another cart' });
  let checkout: CheckedRequest | undefined;
  let replaced: string[] = [];
  if (latest) {
    const { session, bound, replaced: earlier = [] } = latest;
    const checkoutId = session.checkout_id;
    const ids = [checkoutId, ...earlier];
    const refuse = () =>
      new ApiError('rate_limited', {
        detail: `this key has ${MAX_OPEN_SESSIONS} open sessions of other prices, goods or customers: wait until one ends`,
        headers: retryAfter(FULL_COOLDOWN_MS),
      });
    if (ids.length >= MAX_OPEN_SESSIONS) {
      checkout = await resolveCheckout(context, cart, idempotencyKey);
      const isChanged = (await boundDigest(checkout)) !== bound;
      // The claim is never released: until it lapses, the provider is not asked about these sessions again.
      if (isChanged && !(await store.claim(`full:${idempotencyKey}`, FULL_COOLDOWN_MS))) throw refuse();
    }
    const open = await Promise.all(ids.map((id) => isOpen(context, id, false)));
    replaced = ids.filter((_, i) => open[i]);
    // Nothing is claimed for this: several may ask at once, and a request that finds a difference claims the next generation.
    if (open[0]) checkout ??= await resolveCheckout(context, cart, idempotencyKey);
    if (open[0] && checkout && (await boundDigest(checkout)) === bound) {
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
      // The claim is given back at once, so that a retry finds the key free. After this line the shopper's leaving changes
      // nothing: the session is opened and kept, and the retry gets it.
      if (context.request.signal.aborted) throw clientClosedRequest();
      const askedAt = Date.now();
      const opened = await openProviderSession(context, store, checkout, idempotencyKey, generation);
      const { session, referenceId, returnToken } = opened;
      const checkoutId = session.checkout_id;
      const bound = await boundDigest(checkout);
      const entry: StoredSession = { cart: cartDigest, bound, session, ...(replaced.length && { replaced }) };
      const isFirstAnswer = isNewSession(session, askedAt);
      const isUsable =
        (isFirstAnswer && !store.failed) ||
        // The provider has named it a moment ago: if it does not find it, it will.
        (await isOpen(context, checkoutId, true));
      // Before any other request can get this session, so that the merchant knows of every session that can be paid.
      if (isUsable) await runSessionCreatedHook(context, session, referenceId);
      const [completion] = await Promise.all([
        claim.complete(JSON.stringify(entry)),
        store.write(`return:${returnToken}`, checkoutId),
        store.write(
          expectedOrderKey(checkoutId),
          JSON.stringify(toExpectedOrder(checkout, session, referenceId, !isFirstAnswer)),
        ),
      ]);
      // A claim that lapsed meanwhile may be another request's by now, with another session: the retry gets that one.
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

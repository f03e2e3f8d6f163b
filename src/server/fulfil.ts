import type { OrderCreatedEvent, SessionState } from '../contract/index.js';
import { bestEffort, inTime } from './deadline.js';
import { errorName, type HandlerEvent } from './events.js';
import { isTestEvent } from './event-mode.js';
import { ProviderFailure } from './provider-failure.js';
import type { Settings } from './settings.js';
import { STORE_TIMEOUT_MS } from './tolerant-store.js';

/**
 * What came of an order: `fulfilled` now, or before (`duplicate`); `in_progress` elsewhere; `slow` (it goes on, but nobody
 * waits for it); `failed` (the hook threw); `store_failed`; `unreachable` (the provider could not confirm it);
 * `still_open` (it does not call it paid yet); or an anomaly, which is not fulfilled: `not_paid`, `unknown_checkout`,
 * `mismatch` (the event and the provider disagree), `wrong_mode` (a test event came to a live endpoint, or the other way round).
 */
export type Fulfilment =
  | 'fulfilled'
  | 'duplicate'
  | 'in_progress'
  | 'slow'
  | 'failed'
  | 'store_failed'
  | 'unreachable'
  | 'still_open'
  | 'not_paid'
  | 'unknown_checkout'
  | 'mismatch'
  | 'wrong_mode';

/** What is being fulfilled, and who hears of it. */
export interface FulfilmentContext {
  settings: Settings;
  checkoutId: string;
  event?: OrderCreatedEvent;
  requestId: string;
  emit(event: HandlerEvent): void;
}

/** How long an order is taken by whoever began it, in milliseconds: less than the provider's third retry comes after. */
const LEASE_MS = 60_000;

/** Whether an event tells of another order than the provider does (fault 181). Only what both of them state counts. */
function disagrees(event: OrderCreatedEvent | undefined, state: SessionState): boolean {
  if (!event) return false;
  const { reference_id, amounts } = event.data;
  const total = (amounts as { total?: unknown } | null | undefined)?.total;
  const known = state.amounts?.total;
  return (
    (!!reference_id && !!state.reference_id && reference_id !== state.reference_id) ||
    (typeof total === 'number' && known !== undefined && total !== known)
  );
}

/**
 * Runs `onOrderCreated` for a checkout, if the provider says that it is paid: at least once, and once unless the process
 * dies in it or the store fails. A checkout makes one order, so its id is what duplicates are known by, whichever way
 * they come. It never throws.
 */
export async function fulfil(context: FulfilmentContext): Promise<Fulfilment> {
  const { settings, checkoutId, event, requestId, emit } = context;
  const { provider, store } = settings;
  const key = `order:${checkoutId}`;

  if (event && isTestEvent(event) === !provider.test) return 'wrong_mode';
  let state: SessionState;
  try {
    state = await provider.readSession(checkoutId, { requestId });
  } catch (error) {
    return error instanceof ProviderFailure && error.kind === 'not_found'
      ? 'unknown_checkout'
      : 'unreachable';
  }
  if (state.status !== 'paid') return state.status === 'open' ? 'still_open' : 'not_paid';
  if (disagrees(event, state)) return 'mismatch';

  const leaseEnd = Date.now() + LEASE_MS;
  const claim = (async () => store.claim(key, LEASE_MS))();
  try {
    // Without the store nobody knows whether it was done before: better late than twice.
    if (!(await inTime(STORE_TIMEOUT_MS, () => claim))) {
      const done = await inTime(STORE_TIMEOUT_MS, () => store.read(key));
      return done === undefined ? 'in_progress' : 'duplicate';
    }
  } catch (error) {
    // A client that keeps its commands until it is connected may still take the key, for nobody.
    bestEffort(async () => (await claim) && Date.now() < leaseEnd && store.release(key));
    emit({ type: 'store_failed', operation: 'claim', name: errorName(error), requestId });
    return 'store_failed';
  }

  const { order_id: orderId = event?.data.order_id ?? event?.data.id, reference_id: referenceId } = state;
  let operation: 'complete' | 'release' = 'complete';
  try {
    await settings.onOrderCreated?.({
      checkoutId,
      ...(orderId && { orderId }),
      ...(referenceId && { referenceId }),
      ...(event && { event }),
    });
  } catch (error) {
    operation = 'release';
    emit({ type: 'hook_failed', hook: 'onOrderCreated', checkoutId, name: errorName(error), requestId });
  }
  try {
    await inTime(STORE_TIMEOUT_MS, async () => {
      if (operation === 'complete') await store.complete(key, 'done');
      // A claim that has lapsed may be another's by now.
      else if (Date.now() < leaseEnd) await store.release(key);
    });
  } catch (error) {
    emit({ type: 'store_failed', operation, name: errorName(error), requestId });
  }
  return operation === 'complete' ? 'fulfilled' : 'failed';
}

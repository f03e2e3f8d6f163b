import type { Amounts, SessionState } from '../../contract/index.js';
import { expectedOrderKey, type ExpectedOrder } from './expected-order.js';
import { bestEffort, DeadlineError, withTimeout } from '../deadline.js';
import { errorName, type HandlerEvent } from '../events.js';
import type { Fulfilment } from './fulfilment.js';
import type { CreatedOrder } from '../options.js';
import type { PaidEvent } from '../providers/provider.js';
import { ProviderFailure } from '../providers/provider-failure.js';
import type { Settings } from '../settings.js';
import { parseStored, type Store } from '../stores/store.js';
import { STORE_TIMEOUT_MS } from '../stores/tolerant-store.js';

/** One paid checkout to fulfil. */
export interface FulfilmentContext {
  settings: Settings;
  checkoutId: string;
  /** The webhook's event. Missing in `reconcile`. */
  event?: PaidEvent;
  requestId: string;
  emit(event: HandlerEvent): void;
}

/**
 * The lease of an order that is being fulfilled, in milliseconds. It ends before the provider's third retry (2 min), which
 * can then claim the order.
 */
const LEASE_MS = 60_000;
/** How many times the handler tries to store that an order is fulfilled. */
const COMPLETE_ATTEMPTS = 3;

type Difference = 'total' | 'currency' | 'order_id' | 'reference_id';

/** Currency codes are compared in upper case: providers write `usd`, too. */
const normalizeCurrency = (value: unknown) =>
  (typeof value === 'string' && value.trim().toUpperCase()) || undefined;

/** The fields whose known values differ between the expected order, the webhook's event and the provider's session. */
function differences(expected: ExpectedOrder | undefined, event: PaidEvent | undefined, state: SessionState) {
  const values: Record<Difference, readonly unknown[]> = {
    total: [expected?.amounts?.total, event?.amounts?.total, state.amounts?.total],
    currency: [expected?.currency, event?.currency, state.currency].map(normalizeCurrency),
    order_id: [event?.orderId, state.order_id],
    reference_id: [
      expected?.repeated ? undefined : expected?.reference_id,
      event?.referenceId,
      state.reference_id,
    ],
  };
  const isKnown = (value: unknown) => value !== undefined && value !== null && value !== '';
  return (Object.keys(values) as Difference[]).filter(
    (name) => new Set(values[name].filter(isKnown)).size > 1,
  );
}

/**
 * Runs `onOrderCreated` for a checkout that the provider reports as paid: at least once, and exactly once unless the process
 * dies during the hook or the store fails. A checkout makes one order, so the checkout's id identifies duplicates of
 * webhooks and of `reconcile`. It never throws.
 */
export async function fulfil(context: FulfilmentContext): Promise<Fulfilment> {
  const { settings, checkoutId, event, requestId, emit } = context;
  const { provider, store } = settings;
  const key = `order:${checkoutId}`;
  const storeFailed = (operation: keyof Store, error: unknown) =>
    emit({ type: 'store_failed', operation, name: errorName(error), requestId });

  let state: SessionState;
  try {
    state = await provider.readSession(checkoutId, { requestId });
  } catch (error) {
    return error instanceof ProviderFailure && error.kind === 'not_found'
      ? 'unknown_checkout'
      : 'unreachable';
  }
  if (state.status !== 'paid') return state.status === 'open' ? 'still_open' : 'not_paid';

  let expected: ExpectedOrder | undefined;
  try {
    const text = await withTimeout(STORE_TIMEOUT_MS, () => store.read(expectedOrderKey(checkoutId)));
    expected = parseStored(text) as ExpectedOrder | undefined;
  } catch (error) {
    storeFailed('read', error);
    return 'store_failed';
  }
  const fields = differences(expected, event, state);
  if (fields.length) {
    emit({ type: 'mismatch', checkoutId, fields, requestId });
    return 'mismatch';
  }

  const claim = (async () => store.claim(key, LEASE_MS))();
  let token: string;
  try {
    // Without the store the handler cannot know whether the order was fulfilled, so it leaves the order to a later delivery.
    // A late order is better than two.
    const claimed = await withTimeout(STORE_TIMEOUT_MS, () => claim);
    if (claimed === undefined) {
      const done = await withTimeout(STORE_TIMEOUT_MS, () => store.read(key));
      return done === undefined ? 'in_progress' : 'duplicate';
    }
    token = claimed;
  } catch (error) {
    // A store's client that queues commands while it is disconnected may still claim the key later. Such a claim is released,
    // so that the next delivery finds the order free.
    bestEffort(async () => {
      const late = await claim;
      if (late !== undefined) await store.release(key, late);
    });
    storeFailed('claim', error);
    return 'store_failed';
  }

  try {
    await settings.onOrderCreated?.(toCreatedOrder(checkoutId, expected, event, state));
  } catch (error) {
    emit({ type: 'hook_failed', hook: 'onOrderCreated', checkoutId, name: errorName(error), requestId });
    await withTimeout(STORE_TIMEOUT_MS, () => store.release(key, token)).catch((cause: unknown) =>
      storeFailed('release', cause),
    );
    return 'failed';
  }
  for (let attempt = 0; attempt < COMPLETE_ATTEMPTS; attempt++)
    try {
      await withTimeout(STORE_TIMEOUT_MS, () => store.complete(key, token, 'done'));
      break;
    } catch (error) {
      // The claim stays until its lease ends. Releasing it would let the next delivery run the hook again at once.
      storeFailed('complete', error);
      if (error instanceof DeadlineError) break;
    }
  return 'fulfilled';
}

function toCreatedOrder(
  checkoutId: string,
  expected: ExpectedOrder | undefined,
  event: PaidEvent | undefined,
  state: SessionState,
): CreatedOrder {
  const referenceId = state.reference_id ?? event?.referenceId ?? expected?.reference_id;
  const amounts = [expected?.amounts, event?.amounts, state.amounts].reduce<Amounts>(
    (merged, more) => ({ ...merged, ...withoutUndefined(more) }),
    {},
  );
  const currency =
    normalizeCurrency(state.currency) ?? normalizeCurrency(event?.currency) ?? expected?.currency;
  return {
    checkoutId,
    // A checkout makes one order, so its own id identifies the order when the provider names none.
    orderId: state.order_id ?? event?.orderId ?? checkoutId,
    ...(referenceId && { referenceId }),
    ...(Object.keys(amounts).length && { amounts }),
    ...(currency && { currency }),
    ...(event && { event: event.payload }),
  };
}

const withoutUndefined = (amounts: Amounts | undefined): Amounts =>
  Object.fromEntries(Object.entries(amounts ?? {}).filter(([, cents]) => cents !== undefined));

import { Amounts, type OrderCreatedEvent, type SessionState } from '../../contract/index.js';
import { expectedOrderKey, type ExpectedOrder } from './expected-order.js';
import { bestEffort, DeadlineError, withTimeout } from '../deadline.js';
import { errorName, type HandlerEvent } from '../events.js';
import { isTestEvent } from './event-mode.js';
import type { CreatedOrder } from '../options.js';
import { ProviderFailure } from '../providers/provider-failure.js';
import type { Settings } from '../settings.js';
import { parseStored, type Store } from '../stores/store.js';
import { STORE_TIMEOUT_MS } from '../stores/tolerant-store.js';

/**
 * What came of an order: `fulfilled` now, or before (`duplicate`); `in_progress` elsewhere; `slow` (it goes on, but nobody
 * waits for it); `failed` (the hook threw); `store_failed`; `unreachable` (the provider could not confirm it);
 * `still_open` (it does not call it paid yet); or an anomaly, which is not fulfilled: `not_paid`, `unknown_checkout`,
 * `mismatch` (total, currency, order or reference differ between what was
 * asked, the event and the provider), `wrong_mode` (a test event came to a live endpoint, or the other way round).
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
/** How often it is tried to note that an order is fulfilled. */
const COMPLETE_ATTEMPTS = 3;

type Difference = 'total' | 'currency' | 'order_id' | 'reference_id';

const orderIdIn = (event: OrderCreatedEvent | undefined) => {
  const { id, order_id, checkout_id } = event?.data ?? {};
  // An event without `order_id` names the order in `id`; some name the checkout there.
  return order_id ?? (id === checkout_id ? undefined : id);
};

const currencyOf = (value: unknown) => (typeof value === 'string' && value.trim().toUpperCase()) || undefined;

/** The amounts of an event that are cents. One in another form (a text, dollars) proves no difference. */
const amountsIn = (event: OrderCreatedEvent | undefined) => Amounts.safeParse(event?.data['amounts']).data;

/** Fields of which two of the three disagree: what was asked for, what the event says, and what the provider says. */
function differences(
  asked: ExpectedOrder | undefined,
  event: OrderCreatedEvent | undefined,
  state: SessionState,
) {
  const said: Record<Difference, readonly unknown[]> = {
    total: [asked?.amounts?.total, amountsIn(event)?.total, state.amounts?.total],
    currency: [asked?.currency, event?.data['currency'], state.currency].map(currencyOf),
    order_id: [orderIdIn(event), state.order_id],
    reference_id: [
      asked?.repeated ? undefined : asked?.reference_id,
      event?.data.reference_id,
      state.reference_id,
    ],
  };
  return (Object.keys(said) as Difference[]).filter(
    (name) =>
      new Set(said[name].filter((value) => value !== undefined && value !== null && value !== '')).size > 1,
  );
}

/**
 * Runs `onOrderCreated` for a checkout, if the provider says that it is paid: at least once, and once unless the process
 * dies in it or the store fails. A checkout makes one order, so its id identifies duplicates, whichever way they come. It
 * never throws.
 */
export async function fulfil(context: FulfilmentContext): Promise<Fulfilment> {
  const { settings, checkoutId, event, requestId, emit } = context;
  const { provider, store } = settings;
  const key = `order:${checkoutId}`;
  const storeFailed = (operation: keyof Store, error: unknown) =>
    emit({ type: 'store_failed', operation, name: errorName(error), requestId });

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

  let asked: ExpectedOrder | undefined;
  try {
    const text = await withTimeout(STORE_TIMEOUT_MS, () => store.read(expectedOrderKey(checkoutId)));
    asked = parseStored(text) as ExpectedOrder | undefined;
  } catch (error) {
    storeFailed('read', error);
    return 'store_failed';
  }
  const fields = differences(asked, event, state);
  if (fields.length) {
    emit({ type: 'mismatch', checkoutId, fields, requestId });
    return 'mismatch';
  }

  const claim = (async () => store.claim(key, LEASE_MS))();
  let token: string;
  try {
    // Without the store it is unknown whether the order was handled before: better late than twice.
    const claimed = await withTimeout(STORE_TIMEOUT_MS, () => claim);
    if (claimed === undefined) {
      const done = await withTimeout(STORE_TIMEOUT_MS, () => store.read(key));
      return done === undefined ? 'in_progress' : 'duplicate';
    }
    token = claimed;
  } catch (error) {
    // A client that queues commands while it is disconnected may still take the key.
    bestEffort(async () => {
      const late = await claim;
      if (late !== undefined) await store.release(key, late);
    });
    storeFailed('claim', error);
    return 'store_failed';
  }

  try {
    await settings.onOrderCreated?.(toCreatedOrder(checkoutId, asked, event, state));
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
      // The claim stays until it lapses: given back, it would let the next delivery run the hook again at once.
      storeFailed('complete', error);
      if (error instanceof DeadlineError) break;
    }
  return 'fulfilled';
}

function toCreatedOrder(
  checkoutId: string,
  asked: ExpectedOrder | undefined,
  event: OrderCreatedEvent | undefined,
  state: SessionState,
): CreatedOrder {
  const referenceId = state.reference_id ?? event?.data.reference_id ?? asked?.reference_id;
  const amounts = [asked?.amounts, amountsIn(event), state.amounts].reduce<Amounts>(
    (merged, given) => ({ ...merged, ...withoutUndefined(given) }),
    {},
  );
  const currency = currencyOf(state.currency) ?? currencyOf(event?.data['currency']) ?? asked?.currency;
  return {
    checkoutId,
    // A checkout makes one order, so its own id identifies the order where the provider names none.
    orderId: state.order_id ?? orderIdIn(event) ?? checkoutId,
    ...(referenceId && { referenceId }),
    ...(Object.keys(amounts).length && { amounts }),
    ...(currency && { currency }),
    ...(event && { event }),
  };
}

const withoutUndefined = (amounts: Amounts | undefined): Amounts =>
  Object.fromEntries(Object.entries(amounts ?? {}).filter(([, cents]) => cents !== undefined));

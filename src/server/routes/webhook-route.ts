import { mediaType, readBody } from '../http/body.js';
import { bodyConsumedError } from '../http/consumed-body.js';
import { DeadlineError, withTimeout } from '../deadline.js';
import { fulfil } from '../orders/fulfil.js';
import type { Fulfilment } from '../orders/fulfilment.js';
import { ApiError } from '../http/api-error.js';
import type { RequestContext } from '../settings.js';

/** The longest that a delivery waits for its response, in milliseconds. The provider gives up after 5 s and delivers again. */
const DEADLINE_MS = 4000;

/** The status for each outcome. A 200 means that the provider does not deliver again. */
const STATUS_OF_OUTCOME: Record<Fulfilment, 200 | 500 | 503> = {
  fulfilled: 200,
  duplicate: 200,
  not_paid: 200,
  unknown_checkout: 200,
  mismatch: 200,
  failed: 500,
  in_progress: 503,
  slow: 503,
  store_failed: 503,
  unreachable: 503,
  // The event may arrive before the provider's API shows the payment: a 200 would lose the order.
  still_open: 503,
};

/**
 * Reports a webhook that leads to no order. With `checkoutId` it is a paid order that the shop does not receive, because
 * `onOrderCreated` is missing.
 */
function ignore({ emit, requestId }: RequestContext, checkoutId?: string): Response {
  emit({ type: 'webhook', outcome: 'ignored', ...(checkoutId && { checkoutId }), requestId });
  return Response.json({ outcome: 'ignored' });
}

/**
 * Answers `POST {endpoint}/webhook`. `Provider.readWebhook` verifies where the delivery comes from and reads it. A paid checkout
 * is then confirmed by a request to the provider, and fulfilled once. The response is a 200 for everything that another delivery
 * would not change.
 */
export async function handleWebhook(context: RequestContext): Promise<Response> {
  const { settings, request, requestId, consumedBody, emit } = context;
  const endsAt = Date.now() + DEADLINE_MS;
  if (!settings.webhookSecrets.length) throw new ApiError('not_found');
  if (request.method !== 'POST') throw new ApiError('method_not_allowed', { headers: { allow: 'POST' } });
  const reading = await settings.provider.readWebhook(request, await readBody(context, DEADLINE_MS), {
    secrets: settings.webhookSecrets,
    nowMs: Date.now(),
    isOriginal: !consumedBody || consumedBody.raw !== undefined,
  });
  if (reading.kind === 'rejected') {
    const { fault, detail, setup } = reading;
    throw new ApiError('bad_request', { status: 401, detail, webhook: fault, ...(setup && { setup }) });
  }
  // After the proof, so that a sender without one gets the 401 that says what is missing.
  if (mediaType(request) !== 'application/json')
    throw new ApiError('unsupported_media_type', { detail: 'send application/json' });
  switch (reading.kind) {
    case 'needs_original_bytes':
      throw bodyConsumedError();
    case 'malformed':
      throw new ApiError('bad_request', { errors: reading.violations });
    case 'ignored':
      return ignore(context);
    case 'paid':
  }
  const { checkoutId } = reading;
  if (!settings.onOrderCreated) return ignore(context, checkoutId);
  let outcome: Fulfilment;
  try {
    const work = fulfil({ settings, checkoutId, event: reading, requestId, emit });
    context.waitUntil(work);
    outcome = await withTimeout(endsAt - Date.now(), () => work);
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    // `fulfil` continues in the background and keeps its claim on the order. The next delivery finds the order fulfilled, or
    // claims it after the lease has ended.
    outcome = 'slow';
  }
  emit({ type: 'webhook', outcome, checkoutId, requestId });
  return Response.json({ outcome }, { status: STATUS_OF_OUTCOME[outcome] });
}

import {
  findSignatureFault,
  OrderCreatedEvent,
  validate,
  WEBHOOK_TOLERANCE_S,
} from '../../contract/index.js';
import { CLOCKS_APART, describeProblem, SIGNATURE_MISSING, wrongSecret } from '../../core/index.js';
import { mediaType, readBody, readJson, readText } from '../http/body.js';
import { DeadlineError, withTimeout } from '../deadline.js';
import type { WebhookFault } from '../events.js';
import { fulfil, type Fulfilment } from '../orders/fulfil.js';
import { ApiError } from '../http/problem.js';
import { bodyConsumedError } from '../http/consumed-body.js';
import type { RequestContext } from '../settings.js';
import { isEqualConstantTime } from '../tokens.js';

/** How long the provider is kept waiting in all, in milliseconds: it gives up after 5 s and comes again. */
const DEADLINE_MS = 4000;

const { cause, fix } = wrongSecret();
/** Seen from here, another secret and another body are the same. */
const WRONG_SECRET_OR_BODY = {
  cause: `${cause}, or its body is not byte for byte what was signed`,
  fix,
};

/** The status that each outcome is answered with: a 200 says "do not send it again". */
const STATUS_OF_OUTCOME: Record<Fulfilment, 200 | 500 | 503> = {
  fulfilled: 200,
  duplicate: 200,
  not_paid: 200,
  unknown_checkout: 200,
  mismatch: 200,
  wrong_mode: 200,
  failed: 500,
  in_progress: 503,
  slow: 503,
  store_failed: 503,
  unreachable: 503,
  // The event may be faster than what the provider reads from: a 200 would lose the order.
  still_open: 503,
};

/**
 * Why the sender is not believed, if so: one of the secrets has to be shown, in either of the provider's two ways.
 * @throws {ApiError} where there is a signature, and no bytes as they came to check it on.
 */
async function findFault(
  { settings, request, consumedBody }: RequestContext,
  body: Uint8Array,
): Promise<WebhookFault | undefined> {
  const { webhookSecrets } = settings;
  const signature = request.headers.get('x-gale-signature');
  const nowSeconds = Math.floor(Date.now() / 1000);
  // A signature is over the bytes as they came. A parsed body that is written again may have the same ones by chance.
  const isUnprovable = signature && consumedBody && !consumedBody.raw;
  const fault =
    signature && !isUnprovable
      ? await findSignatureFault(body, signature, webhookSecrets, nowSeconds)
      : { fault: 'missing' as const };
  if (!fault) return undefined;
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  let matches = false;
  if (bearer)
    for (const secret of webhookSecrets) matches = (await isEqualConstantTime(bearer, secret)) || matches;
  if (matches) return undefined;
  if (isUnprovable) throw bodyConsumedError();
  return bearer && !signature ? { fault: 'wrong_secret' } : fault;
}

/** Says why a delivery is refused and what to write, to whoever sets up a webhook. A forger learns nothing that he did not send. */
function refusal(webhook: WebhookFault): ApiError {
  const known = {
    missing: SIGNATURE_MISSING,
    malformed: undefined,
    wrong_secret: WRONG_SECRET_OR_BODY,
    too_old: CLOCKS_APART,
    too_new: CLOCKS_APART,
  }[webhook.fault];
  const setup = known && describeProblem(known);
  let detail = setup ?? 'X-Gale-Signature is not t=<unix seconds>,v1=<64 hex digits>';
  if ('offS' in webhook) {
    const off = webhook.fault === 'too_old' ? 'old' : 'ahead of this clock';
    detail = `its signature is right, but ${webhook.offS} s ${off}; ${WEBHOOK_TOLERANCE_S} s are allowed: ${detail}`;
  }
  return new ApiError('bad_request', { status: 401, detail, webhook, ...(setup && { setup: detail }) });
}

/** The raw body of a delivery that is what it says it is. @throws {ApiError} before anything in it is looked at. */
async function readDelivery(context: RequestContext): Promise<unknown> {
  const { request } = context;
  // Whoever shows nothing at all is not even listened to.
  if (!request.headers.get('x-gale-signature') && !request.headers.get('authorization'))
    throw refusal({ fault: 'missing' });
  if (mediaType(request) !== 'application/json')
    throw new ApiError('unsupported_media_type', { detail: 'send application/json' });
  const bytes = await readBody(context, DEADLINE_MS);
  const fault = await findFault(context, bytes);
  if (fault) throw refusal(fault);
  return readJson(readText(bytes));
}

/**
 * Answers `POST {endpoint}/webhook`. A delivery is checked on its raw bytes, confirmed with the provider and fulfilled
 * once. Everything that coming again cannot change is answered with a 200, so that it does not come again.
 */
export async function handleWebhook(context: RequestContext): Promise<Response> {
  const { settings, request, requestId } = context;
  const until = Date.now() + DEADLINE_MS;
  if (!settings.webhookSecrets.length) throw new ApiError('not_found');
  if (request.method !== 'POST') throw new ApiError('method_not_allowed', { headers: { allow: 'POST' } });
  const body = await readDelivery(context);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new ApiError('bad_request', { detail: 'an event is an object' });

  const { type, event: olderType } = body as { type?: unknown; event?: unknown };
  if ((type ?? olderType) !== 'order.created') {
    context.emit({ type: 'webhook', outcome: 'ignored', requestId });
    return Response.json({ outcome: 'ignored' });
  }
  const { value: event, violations } = validate(OrderCreatedEvent, body);
  if (!event) throw new ApiError('bad_request', { errors: violations });

  const checkoutId = event.data.checkout_id;
  const emit = context.emit;
  if (!settings.onOrderCreated) {
    // With its id, so that the order can be found: somebody has paid.
    emit({ type: 'webhook', outcome: 'ignored', checkoutId, requestId });
    return Response.json({ outcome: 'ignored' });
  }
  let outcome: Fulfilment;
  try {
    const work = fulfil({ settings, checkoutId, event, requestId, emit });
    context.waitUntil(work);
    outcome = await withTimeout(until - Date.now(), () => work);
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    // It goes on without us, and keeps its claim until it ends: the retry finds it done, or free again.
    outcome = 'slow';
  }
  emit({ type: 'webhook', outcome, checkoutId, requestId });
  return Response.json({ outcome }, { status: STATUS_OF_OUTCOME[outcome] });
}

import { isSignedWebhook, OrderCreatedEvent, validate } from '../contract/index.js';
import { mediaType, readBody, readJson, readText } from './body.js';
import { DeadlineError, within } from './deadline.js';
import { fulfil, type Fulfilment } from './fulfil.js';
import { Problem } from './problem.js';
import type { Context } from './settings.js';
import { isSameText } from './tokens.js';

/** How long the provider is kept waiting, in milliseconds: it gives up after 5 s and comes again. */
const ANSWER_MS = 4000;

/** The status that each outcome is answered with: a 200 says "do not send it again". */
const STATUS: Record<Fulfilment, 200 | 500 | 503> = {
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
};

/** Whether the sender knows one of the secrets, in either of the provider's ways of showing it. */
async function isAuthentic({ settings, request }: Context, body: Uint8Array): Promise<boolean> {
  const { webhookSecrets } = settings;
  const signature = request.headers.get('x-gale-signature');
  if (signature && (await isSignedWebhook(body, signature, webhookSecrets, Math.floor(Date.now() / 1000))))
    return true;
  const [, bearer] = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  let matches = false;
  for (const secret of bearer ? webhookSecrets : []) matches = (await isSameText(bearer!, secret)) || matches;
  return matches;
}

/** The raw body of a delivery that is what it says it is. @throws {Problem} before anything in it is looked at. */
async function readDelivery(context: Context): Promise<unknown> {
  const { request } = context;
  const unauthorized = () => new Problem('bad_request', { status: 401, detail: 'no valid signature' });
  // Whoever shows nothing at all is not even listened to.
  if (!request.headers.get('x-gale-signature') && !request.headers.get('authorization')) throw unauthorized();
  if (mediaType(request) !== 'application/json')
    throw new Problem('unsupported_media_type', { detail: 'send application/json' });
  const bytes = await readBody(request);
  if (!(await isAuthentic(context, bytes))) throw unauthorized();
  return readJson(readText(bytes));
}

/**
 * Answers `POST {endpoint}/webhook`. A delivery is checked on its raw bytes, confirmed with the provider and fulfilled
 * once. Everything that coming again cannot change is answered with a 200, so that it does not come again.
 */
export async function receiveWebhook(context: Context): Promise<Response> {
  const { settings, request, requestId } = context;
  if (!settings.webhookSecrets.length) throw new Problem('not_found');
  if (request.method !== 'POST') throw new Problem('method_not_allowed', { headers: { allow: 'POST' } });
  const body = await readDelivery(context);
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem('bad_request', { detail: 'an event is an object' });

  const { type, event: olderType } = body as { type?: unknown; event?: unknown };
  if ((type ?? olderType) !== 'order.created' || !settings.onOrderCreated) {
    context.emit({ type: 'webhook', outcome: 'ignored', requestId });
    return Response.json({ outcome: 'ignored' });
  }
  const { value: event, violations } = validate(OrderCreatedEvent, body);
  if (!event) throw new Problem('bad_request', { errors: violations });

  const checkoutId = event.data.checkout_id;
  const emit = context.emit;
  let outcome: Fulfilment;
  try {
    outcome = await within(ANSWER_MS, () => fulfil({ settings, checkoutId, event, requestId, emit }));
  } catch (error) {
    if (!(error instanceof DeadlineError)) throw error;
    // It goes on without us, and keeps its claim until it ends: the retry finds it done, or free again.
    outcome = 'slow';
  }
  emit({ type: 'webhook', outcome, checkoutId, requestId });
  return Response.json({ outcome }, { status: STATUS[outcome] });
}

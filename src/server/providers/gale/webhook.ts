import { CLOCKS_APART, describeProblem, wrongSecret, type Violation } from '../../../core/index.js';
import {
  Amounts,
  findSignatureFault,
  OrderCreatedEvent,
  SIGNATURE_MISSING,
  validate,
  WEBHOOK_TOLERANCE_S,
} from '../../../contract/index.js';
import { isEqualConstantTime } from '../../tokens.js';
import type { PaidEvent, WebhookFault, WebhookOptions, WebhookReading } from '../provider.js';

const { cause, fix } = wrongSecret();
/** Names both causes, because a wrong secret and a changed body cannot be told apart by the signature. */
const WRONG_SECRET_OR_BODY = {
  cause: `${cause}, or its body is not byte for byte what was signed`,
  fix,
};

/** Gale's event for a paid checkout. All other events are ignored. */
const PAID_EVENT = 'order.created';

/** Explains a 401 to the developer who sets up the webhook. A forger learns from it only about the forged request. */
function reject(fault: WebhookFault): WebhookReading {
  const problem = {
    missing: SIGNATURE_MISSING,
    malformed: undefined,
    wrong_secret: WRONG_SECRET_OR_BODY,
    too_old: CLOCKS_APART,
    too_new: CLOCKS_APART,
  }[fault.fault];
  if (!problem)
    return { kind: 'rejected', fault, detail: 'X-Gale-Signature is not t=<unix seconds>,v1=<64 hex digits>' };
  let detail = describeProblem(problem);
  if ('offS' in fault) {
    const off = fault.fault === 'too_old' ? 'old' : 'ahead of this clock';
    detail = `its signature is right, but ${fault.offS} s ${off}; ${WEBHOOK_TOLERANCE_S} s are allowed: ${detail}`;
  }
  return { kind: 'rejected', fault, detail, setup: detail };
}

/** Whether the request carries one of the secrets as a bearer token, Gale's alternative to a signature. */
async function hasBearer(authorization: string | null, secrets: readonly string[]): Promise<boolean> {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(authorization ?? '') ?? [];
  let matches = false;
  // All secrets are compared, so that the time does not depend on which one matches.
  if (bearer) for (const secret of secrets) matches = (await isEqualConstantTime(bearer, secret)) || matches;
  return matches;
}

/** Checks the proof of origin. Undefined when it is valid. */
async function findProofProblem(
  { headers }: Request,
  bytes: Uint8Array,
  { secrets, nowMs, isOriginal }: WebhookOptions,
): Promise<WebhookReading | undefined> {
  const signature = headers.get('x-gale-signature');
  const authorization = headers.get('authorization');
  const fault: WebhookFault | undefined =
    signature && isOriginal
      ? await findSignatureFault(bytes, signature, secrets, Math.floor(nowMs / 1000))
      : { fault: 'missing' };
  if (!fault || (await hasBearer(authorization, secrets))) return undefined;
  if (signature) return isOriginal ? reject(fault) : { kind: 'needs_original_bytes' };
  return reject({ fault: /^Bearer /i.test(authorization ?? '') ? 'wrong_secret' : 'missing' });
}

const malformed = (violation: Omit<Violation, 'path'>): WebhookReading => ({
  kind: 'malformed',
  violations: [{ path: '$', ...violation }],
});

function parseObject(bytes: Uint8Array): object | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return typeof value === 'object' && value && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Reads the fields that the handler compares with the provider's session. Amounts in another form than cents, such as
 * dollars, are left out, because they would differ although the payment is the same.
 */
function toPaidEvent(event: OrderCreatedEvent): PaidEvent {
  const { id, order_id, checkout_id, reference_id, amounts, currency } = event.data;
  // An event without `order_id` names the order in `id`; some name the checkout there.
  const orderId = order_id ?? (id === checkout_id ? undefined : id);
  const cents = Amounts.safeParse(amounts).data;
  return {
    checkoutId: checkout_id,
    ...(orderId && { orderId }),
    ...(reference_id && { referenceId: reference_id }),
    ...(cents && { amounts: cents }),
    ...(typeof currency === 'string' && { currency }),
    payload: event,
  };
}

/** Reads a delivery of Gale: the signature or bearer first, then the event. See `Provider.readWebhook`. */
export async function readWebhook(
  request: Request,
  bytes: Uint8Array,
  options: WebhookOptions,
): Promise<WebhookReading> {
  const problem = await findProofProblem(request, bytes, options);
  if (problem) return problem;
  const body = parseObject(bytes);
  if (!body) return malformed({ code: 'invalid_type', message: 'expected a JSON object in UTF-8' });
  const { type, event: olderType } = body as { type?: unknown; event?: unknown };
  if ((type ?? olderType) !== PAID_EVENT) return { kind: 'ignored' };
  const { value: event, violations } = validate(OrderCreatedEvent, body);
  return event ? { kind: 'paid', ...toPaidEvent(event) } : { kind: 'malformed', violations };
}

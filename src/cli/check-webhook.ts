import { BODY_READ_BEFORE, CLOCKS_APART, isLocalHost, notMounted, wrongSecret } from '../core/index.js';
import { signWebhook, WEBHOOK_TOLERANCE_S } from '../contract/index.js';
import {
  describe,
  isFromAnotherServer,
  isProblem,
  isBlockedBeforeHandler,
  unexpected,
  blockedBeforeHandler,
} from './answer-checks.js';
import { setupProblem, pass, skip, fail, type Check, type CheckResult } from './check-result.js';
import type { ProbeResponse, Target } from './target.js';

/**
 * An event of a type that nobody acts on. Its odd white space does not survive a body parser, and so shows one: signatures
 * are of the very bytes.
 */
const EVENT = '{ "type" :"hsa_checkout.doctor",  "data": { } }';

function deliver({ send }: Target, proof: Record<string, string>): Promise<ProbeResponse> {
  return send({
    method: 'POST',
    route: '/webhook',
    headers: { 'content-type': 'application/json', ...proof },
    body: EVENT,
  });
}

async function deliverSigned(target: Target, secret: string, agoSeconds = 0): Promise<ProbeResponse> {
  const at = Math.floor(target.now() / 1000) - agoSeconds;
  return deliver(target, { 'x-gale-signature': await signWebhook(EVENT, secret, at) });
}

const isTaken = ({ kind, status }: ProbeResponse) => status >= 200 && status < 300 && kind !== 'page';

/** Without webhooks orders do not arrive: a fault where they are meant to, or where real money moves. */
function notSetUp({ webhookSecret, keyMode }: Target): CheckResult {
  const message = 'not set up (404): no order reaches you';
  return webhookSecret || keyMode === 'live'
    ? fail(message, 'Give the handler `webhookUrl`, `webhookSecret` and `onOrderCreated`.')
    : skip(message);
}

/** Whether only the provider is believed. */
export const checkWebhook: Check = {
  name: 'Webhook',
  async run(target) {
    const bare = await deliver(target, {});
    if (bare.kind === 'problem' && bare.status === 404) return notSetUp(target);
    if (isFromAnotherServer(bare))
      return setupProblem(notMounted(target.path), `/webhook gets ${describe(bare)}`);
    if (isBlockedBeforeHandler(bare) && bare.status !== 401)
      return blockedBeforeHandler(
        target,
        `something else answers an unsigned delivery: ${describe(bare)}; the provider is no browser`,
      );
    const forged = await deliverSigned(target, crypto.randomUUID());
    if (forged.setup) return setupProblem(forged.setup);
    if (isTaken(bare) || isTaken(forged))
      return fail(
        'deliveries that the provider did not sign are taken',
        'Check the signature before anything else, as createCheckoutHandler does.',
      );
    if (bare.status === 401 && forged.status === 401)
      return pass('a delivery that is not signed, or badly, is refused (401)');
    return unexpected(
      target,
      '/webhook',
      forged.status === 401 ? bare : forged,
      '401 for an unsigned delivery',
      'Let POST requests to /webhook through to the handler as they came.',
    );
  },
};

/** What became of a delivery that the provider could have signed. */
async function signedOutcome(target: Target, secret: string): Promise<CheckResult> {
  const { endpoint, webhookSecretName = 'HSA_WEBHOOK_SECRET', skewMs = 0 } = target;
  const signed = await deliverSigned(target, secret);
  if (isTaken(signed)) return pass(`a delivery signed with ${webhookSecretName} is taken (${signed.status})`);
  if (signed.setup) return setupProblem(signed.setup);
  if (isProblem(signed, 404)) return notSetUp(target);
  if (signed.status !== 401)
    return unexpected(
      target,
      '/webhook',
      signed,
      '200 for a signed delivery',
      'Let POST requests to /webhook through to the handler as they came.',
    );
  if (Math.abs(skewMs) > WEBHOOK_TOLERANCE_S * 1000) return setupProblem(CLOCKS_APART);
  const { protocol, hostname } = new URL(endpoint);
  // The secret itself goes out only as the provider would send it.
  const bearer =
    (protocol === 'https:' || isLocalHost(hostname)) &&
    (await deliver(target, { authorization: `Bearer ${secret}` }));
  return bearer && isTaken(bearer)
    ? setupProblem(BODY_READ_BEFORE, 'the secret is right, but the body is changed on its way')
    : setupProblem(
        wrongSecret(webhookSecretName),
        `a delivery signed with ${webhookSecretName} is refused (${describe(signed)})`,
      );
}

/** Whether the handler has the provider's secret, and gets the body as it was sent. */
export const checkWebhookSecret: Check = {
  name: 'Webhook secret',
  run(target) {
    const { webhookSecret, webhookSecretName = 'HSA_WEBHOOK_SECRET' } = target;
    return webhookSecret
      ? signedOutcome(target, webhookSecret)
      : skip(`not looked at: set ${webhookSecretName} in the environment`);
  },
};

/** Whether an old delivery is refused, so that nobody can send it again. */
export const checkWebhookAge: Check = {
  name: 'Webhook age',
  async run(target) {
    const { webhookSecret } = target;
    if (!webhookSecret) return skip('not looked at: it takes the secret');
    const fresh = await signedOutcome(target, webhookSecret);
    if (fresh.verdict !== 'pass') return fresh;
    const old = await deliverSigned(target, webhookSecret, 2 * WEBHOOK_TOLERANCE_S);
    return old.status === 401
      ? pass('a signature of ten minutes ago is refused (401)')
      : fail(
          `a signature of ten minutes ago is not refused (${describe(old)})`,
          'Refuse signatures that are more than five minutes old.',
        );
  },
};

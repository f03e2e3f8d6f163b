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
 * An event of a type that the handler ignores. Its unusual white space reveals a body parser that writes the JSON again: the
 * signature covers the exact bytes, so it no longer matches.
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

const isAccepted = ({ kind, status }: ProbeResponse) => status >= 200 && status < 300 && kind !== 'page';

/** The result for an endpoint without webhooks. Orders do not arrive, which is a failure if a secret is set or real money moves. */
function notSetUp({ webhookSecret, keyMode }: Target): CheckResult {
  const message = 'not set up (404): orders do not arrive';
  return webhookSecret || keyMode === 'live'
    ? fail(message, 'Give the handler `webhookUrl`, `webhookSecret` and `onOrderCreated`.')
    : skip(message);
}

/** Checks that a delivery without a valid signature is refused. */
export const checkWebhook: Check = {
  name: 'Webhook',
  async run(target) {
    const unsigned = await deliver(target, {});
    if (unsigned.kind === 'problem' && unsigned.status === 404) return notSetUp(target);
    if (isFromAnotherServer(unsigned))
      return setupProblem(notMounted(target.path), `/webhook gets ${describe(unsigned)}`);
    if (isBlockedBeforeHandler(unsigned) && unsigned.status !== 401)
      return blockedBeforeHandler(
        target,
        `something in front of the handler answers an unsigned delivery: ${describe(unsigned)}`,
      );
    const forged = await deliverSigned(target, crypto.randomUUID());
    if (forged.setup) return setupProblem(forged.setup);
    if (isAccepted(unsigned) || isAccepted(forged))
      return fail(
        'deliveries that the provider did not sign are accepted',
        'Check the signature first, as createCheckoutHandler does.',
      );
    if (unsigned.status === 401 && forged.status === 401)
      return pass('a delivery without a valid signature is refused (401)');
    return unexpected(
      target,
      '/webhook',
      forged.status === 401 ? unsigned : forged,
      '401 for an unsigned delivery',
      'Pass POST requests to /webhook on to the handler unchanged.',
    );
  },
};

/** Sends a delivery that is signed as the provider signs it. */
async function checkSignedDelivery(target: Target, secret: string): Promise<CheckResult> {
  const { endpoint, webhookSecretName = 'HSA_WEBHOOK_SECRET', skewMs = 0 } = target;
  const signed = await deliverSigned(target, secret);
  if (isAccepted(signed))
    return pass(`a delivery signed with ${webhookSecretName} is accepted (${signed.status})`);
  if (signed.setup) return setupProblem(signed.setup);
  if (isProblem(signed, 404)) return notSetUp(target);
  if (signed.status !== 401)
    return unexpected(
      target,
      '/webhook',
      signed,
      '200 for a signed delivery',
      'Pass POST requests to /webhook on to the handler unchanged.',
    );
  if (Math.abs(skewMs) > WEBHOOK_TOLERANCE_S * 1000) return setupProblem(CLOCKS_APART);
  const { protocol, hostname } = new URL(endpoint);
  // The secret itself is sent only as the provider would send it: over https, or to this machine.
  const bearer =
    (protocol === 'https:' || isLocalHost(hostname)) &&
    (await deliver(target, { authorization: `Bearer ${secret}` }));
  return bearer && isAccepted(bearer)
    ? setupProblem(BODY_READ_BEFORE, 'the secret is right, but the body changes on the way to the handler')
    : setupProblem(
        wrongSecret(webhookSecretName),
        `a delivery signed with ${webhookSecretName} is refused (${describe(signed)})`,
      );
}

/** Checks that the handler has the provider's secret and gets the body unchanged. */
export const checkWebhookSecret: Check = {
  name: 'Webhook secret',
  run(target) {
    const { webhookSecret, webhookSecretName = 'HSA_WEBHOOK_SECRET' } = target;
    return webhookSecret
      ? checkSignedDelivery(target, webhookSecret)
      : skip(`skipped: set ${webhookSecretName} in the environment`);
  },
};

/** Checks that an old delivery is refused, because a recorded one could otherwise be sent again. */
export const checkWebhookAge: Check = {
  name: 'Webhook age',
  async run(target) {
    const { webhookSecret } = target;
    if (!webhookSecret) return skip('skipped: needs the webhook secret');
    const fresh = await checkSignedDelivery(target, webhookSecret);
    if (fresh.verdict !== 'pass') return fresh;
    const old = await deliverSigned(target, webhookSecret, 2 * WEBHOOK_TOLERANCE_S);
    return old.status === 401
      ? pass('a signature that is ten minutes old is refused (401)')
      : fail(
          `a signature that is ten minutes old is not refused (${describe(old)})`,
          'Refuse signatures that are more than five minutes old.',
        );
  },
};

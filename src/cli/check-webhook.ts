import { isLocalHost } from '../core/index.js';
import { signWebhook, WEBHOOK_TOLERANCE_S } from '../contract/index.js';
import { inWords, MOUNT_BELOW } from './answers.js';
import { right, unknown, wrong, type Check, type Outcome } from './outcome.js';
import type { Answer, Visit } from './visit.js';

/**
 * An event of a type that nobody acts on. Its odd white space does not survive a body parser, and so shows one: signatures
 * are of the very bytes.
 */
const EVENT = '{ "type" :"hsa_checkout.doctor",  "data": { } }';

function deliver({ send }: Visit, proof: Record<string, string>): Promise<Answer> {
  return send({
    method: 'POST',
    route: '/webhook',
    headers: { 'content-type': 'application/json', ...proof },
    body: EVENT,
  });
}

async function deliverSigned(visit: Visit, secret: string, agoSeconds = 0): Promise<Answer> {
  const at = Math.floor(visit.now() / 1000) - agoSeconds;
  return deliver(visit, { 'x-gale-signature': await signWebhook(EVENT, secret, at) });
}

const isTaken = ({ status }: Answer) => status >= 200 && status < 300;

/** Without webhooks orders do not arrive: a fault where they are meant to, or where real money moves. */
function notSetUp({ webhookSecret, keyMode }: Visit): Outcome {
  const says = 'not set up (404): no order reaches you';
  return webhookSecret || keyMode === 'live'
    ? wrong(says, 'Give the handler `webhookUrl`, `webhookSecret` and `onOrderCreated`.')
    : unknown(says);
}

/** Whether only the provider is believed. */
export const checkWebhook: Check = {
  name: 'Webhook',
  async run(visit) {
    const bare = await deliver(visit, {});
    if (bare.kind === 'problem' && bare.status === 404) return notSetUp(visit);
    if (bare.kind === 'page' || bare.status === 404 || bare.status === 405)
      return wrong(`${inWords(bare)} answers at /webhook, not the handler`, MOUNT_BELOW);
    const forged = await deliverSigned(visit, crypto.randomUUID());
    if (isTaken(bare) || isTaken(forged))
      return wrong(
        'deliveries that the provider did not sign are taken',
        'Check the signature before anything else, as createCheckoutHandler does.',
      );
    if (bare.status === 401 && forged.status === 401)
      return right('a delivery that is not signed, or badly, is refused (401)');
    return wrong(
      `something else answers an unsigned delivery: ${inWords(bare)}`,
      'Let POST requests to /webhook through without login, CSRF check or bot filter: the provider is no browser.',
    );
  },
};

/** Whether the handler has the provider's secret, and gets the body as it was sent. */
export const checkWebhookSecret: Check = {
  name: 'Webhook secret',
  async run(visit) {
    const { endpoint, webhookSecret, webhookSecretName = 'HSA_WEBHOOK_SECRET', skewMs = 0 } = visit;
    if (!webhookSecret) return unknown(`not looked at: set ${webhookSecretName} in the environment`);
    const signed = await deliverSigned(visit, webhookSecret);
    if (isTaken(signed))
      return right(`a delivery signed with ${webhookSecretName} is taken (${signed.status})`);
    if (signed.status !== 401) return unknown(`not told: ${inWords(signed)} came`);
    if (Math.abs(skewMs) > WEBHOOK_TOLERANCE_S * 1000)
      return wrong('signatures are refused, as the clocks are too far apart', 'Set the clock right first.');
    const { protocol, hostname } = new URL(endpoint);
    // The secret itself goes out only as the provider would send it.
    const bearer =
      (protocol === 'https:' || isLocalHost(hostname)) &&
      (await deliver(visit, { authorization: `Bearer ${webhookSecret}` }));
    return bearer && isTaken(bearer)
      ? wrong(
          'the secret is right, but the body is changed on its way',
          'Mount the handler before any body parser: signatures are of the raw body.',
        )
      : wrong(
          `a delivery signed with ${webhookSecretName} is refused (401)`,
          "Make the handler's `webhookSecret` and this one the secret that the provider signs with.",
        );
  },
};

/** Whether an old delivery is refused, so that nobody can send it again. */
export const checkWebhookAge: Check = {
  name: 'Webhook age',
  async run(visit) {
    const { webhookSecret } = visit;
    if (!webhookSecret) return unknown('not looked at: it takes the secret');
    if (!isTaken(await deliverSigned(visit, webhookSecret))) return unknown('not told: see "Webhook secret"');
    const old = await deliverSigned(visit, webhookSecret, 2 * WEBHOOK_TOLERANCE_S);
    return old.status === 401
      ? right('a signature of ten minutes ago is refused (401)')
      : wrong(
          `a signature of ten minutes ago is not refused (${inWords(old)})`,
          'Refuse signatures that are more than five minutes old.',
        );
  },
};

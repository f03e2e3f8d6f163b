import { BODY_READ_BEFORE, CLOCKS_APART, isLocalHost, notMounted, wrongSecret } from '../core/index.js';
import { signWebhook, WEBHOOK_TOLERANCE_S } from '../contract/index.js';
import {
  inWords,
  isElsewhere,
  isProblem,
  isRefusedInFront,
  oddOutcome,
  refusedInFront,
} from './answer-checks.js';
import { mistake, right, unknown, wrong, type Check, type Outcome } from './check-result.js';
import type { Answer, Visit } from './target.js';

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

const isTaken = ({ kind, status }: Answer) => status >= 200 && status < 300 && kind !== 'page';

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
    if (isElsewhere(bare)) return mistake(notMounted(visit.path), `/webhook gets ${inWords(bare)}`);
    if (isRefusedInFront(bare) && bare.status !== 401)
      return refusedInFront(
        visit,
        `something else answers an unsigned delivery: ${inWords(bare)}; the provider is no browser`,
      );
    const forged = await deliverSigned(visit, crypto.randomUUID());
    if (forged.setup) return mistake(forged.setup);
    if (isTaken(bare) || isTaken(forged))
      return wrong(
        'deliveries that the provider did not sign are taken',
        'Check the signature before anything else, as createCheckoutHandler does.',
      );
    if (bare.status === 401 && forged.status === 401)
      return right('a delivery that is not signed, or badly, is refused (401)');
    return oddOutcome(
      visit,
      '/webhook',
      forged.status === 401 ? bare : forged,
      '401 for an unsigned delivery',
      'Let POST requests to /webhook through to the handler as they came.',
    );
  },
};

/** What became of a delivery that the provider could have signed. */
async function signedOutcome(visit: Visit, secret: string): Promise<Outcome> {
  const { endpoint, webhookSecretName = 'HSA_WEBHOOK_SECRET', skewMs = 0 } = visit;
  const signed = await deliverSigned(visit, secret);
  if (isTaken(signed))
    return right(`a delivery signed with ${webhookSecretName} is taken (${signed.status})`);
  if (signed.setup) return mistake(signed.setup);
  if (isProblem(signed, 404)) return notSetUp(visit);
  if (signed.status !== 401)
    return oddOutcome(
      visit,
      '/webhook',
      signed,
      '200 for a signed delivery',
      'Let POST requests to /webhook through to the handler as they came.',
    );
  if (Math.abs(skewMs) > WEBHOOK_TOLERANCE_S * 1000) return mistake(CLOCKS_APART);
  const { protocol, hostname } = new URL(endpoint);
  // The secret itself goes out only as the provider would send it.
  const bearer =
    (protocol === 'https:' || isLocalHost(hostname)) &&
    (await deliver(visit, { authorization: `Bearer ${secret}` }));
  return bearer && isTaken(bearer)
    ? mistake(BODY_READ_BEFORE, 'the secret is right, but the body is changed on its way')
    : mistake(
        wrongSecret(webhookSecretName),
        `a delivery signed with ${webhookSecretName} is refused (${inWords(signed)})`,
      );
}

/** Whether the handler has the provider's secret, and gets the body as it was sent. */
export const checkWebhookSecret: Check = {
  name: 'Webhook secret',
  run(visit) {
    const { webhookSecret, webhookSecretName = 'HSA_WEBHOOK_SECRET' } = visit;
    return webhookSecret
      ? signedOutcome(visit, webhookSecret)
      : unknown(`not looked at: set ${webhookSecretName} in the environment`);
  },
};

/** Whether an old delivery is refused, so that nobody can send it again. */
export const checkWebhookAge: Check = {
  name: 'Webhook age',
  async run(visit) {
    const { webhookSecret } = visit;
    if (!webhookSecret) return unknown('not looked at: it takes the secret');
    const fresh = await signedOutcome(visit, webhookSecret);
    if (fresh.verdict !== 'right') return fresh;
    const old = await deliverSigned(visit, webhookSecret, 2 * WEBHOOK_TOLERANCE_S);
    return old.status === 401
      ? right('a signature of ten minutes ago is refused (401)')
      : wrong(
          `a signature of ten minutes ago is not refused (${inWords(old)})`,
          'Refuse signatures that are more than five minutes old.',
        );
  },
};

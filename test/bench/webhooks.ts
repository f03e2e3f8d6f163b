import Stripe from 'stripe';
import { Webhook } from 'standardwebhooks';
import { printRatios, takeTurns } from './interleave.js';
import { findSignatureFault, signWebhook } from '../../src/contract/index.js';

/* The time to verify a webhook's signature, beside two libraries for other signatures. */

const ROUNDS = 25;
const IN_A_ROUND = 400;
const SECRET = 'whsec_' + Buffer.from('a secret of the bench alone').toString('base64');
const BODY = JSON.stringify({
  event: 'order.created',
  data: { checkout_id: 'cs_0123456789abcdef', note: 'x'.repeat(1000) },
});
const BYTES = new TextEncoder().encode(BODY);

const now = () => Math.floor(Date.now() / 1000);

/** The verifiers, each with its own signature. */
async function verifiers(): Promise<Record<string, () => Promise<boolean>>> {
  const own = await signWebhook(BODY, SECRET, now());
  const stripe = new Stripe('sk_test_of_nobody');
  const stripeHeader = stripe.webhooks.generateTestHeaderString({ payload: BODY, secret: SECRET });
  const standard = new Webhook(SECRET);
  const standardHeaders = {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(now()),
    'webhook-signature': standard.sign('msg_1', new Date(), BODY),
  };
  return {
    'this receiver': async () => !(await findSignatureFault(BYTES, own, [SECRET], now())),
    stripe: async () => !!(await stripe.webhooks.constructEventAsync(BODY, stripeHeader, SECRET)),
    standardwebhooks: async () => !!standard.verify(BODY, standardHeaders),
  };
}

/** Prints verifications per second, as ratios to this package's. */
export async function compareWebhooks(): Promise<[]> {
  const all = Object.entries(await verifiers());
  const runs = all.map(([name, verify]) => {
    const run = async () => {
      const start = performance.now();
      for (let i = 0; i < IN_A_ROUND; i++)
        if (!(await verify())) throw new Error(`${name} refused its own signature`);
      return { 'per second': (IN_A_ROUND / (performance.now() - start)) * 1000 };
    };
    return [name, run] as const;
  });
  const results = await takeTurns('webhooks', Object.fromEntries(runs), { rounds: ROUNDS, warmUp: 5 });
  printRatios('webhooks verified', results, (perSecond) => perSecond.toFixed(0));
  return [];
}

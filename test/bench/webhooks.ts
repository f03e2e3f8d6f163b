import Stripe from 'stripe';
import { Webhook } from 'standardwebhooks';
import { findSignatureFault, signWebhook } from '../../src/contract/index.js';

/* How long it takes to tell that a webhook is the provider's, beside two libraries that do the same for others. */

const ROUNDS = 25;
const IN_A_ROUND = 400;
const SECRET = 'whsec_' + Buffer.from('a secret of the bench alone').toString('base64');
const BODY = JSON.stringify({
  event: 'order.created',
  data: { checkout_id: 'cs_0123456789abcdef', note: 'x'.repeat(1000) },
});
const BYTES = new TextEncoder().encode(BODY);

const now = () => Math.floor(Date.now() / 1000);

/** What verifies, each with a signature of its own making. */
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

/** Prints verifications per second, as ratios to the receiver's own. */
export async function compareWebhooks(): Promise<void> {
  const all = Object.entries(await verifiers());
  const times = new Map(all.map(([name]) => [name, [] as number[]]));
  for (let round = -5; round < ROUNDS; round++) {
    process.stderr.write(`\r\x1b[K… webhooks, round ${round + 6} of ${ROUNDS + 5}`);
    for (const [name, verify] of all) {
      const start = performance.now();
      for (let i = 0; i < IN_A_ROUND; i++) if (!(await verify())) throw new Error(`${name} refused its own`);
      if (round >= 0) times.get(name)!.push(performance.now() - start);
    }
  }
  process.stderr.write('\r\x1b[K');
  const median = (list: number[]) => list.sort((a, b) => a - b)[list.length >> 1]!;
  const own = median(times.get('this receiver')!);
  console.log('| webhooks verified | per second | ratio |');
  console.log('| --- | ---: | ---: |');
  for (const [name, list] of times) {
    const perSecond = (IN_A_ROUND / median(list)) * 1000;
    console.log(`| ${name} | ${perSecond.toFixed(0)} | ${(own / median(list)).toFixed(2)} |`);
  }
}

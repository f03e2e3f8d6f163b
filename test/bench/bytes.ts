import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { bundle } from './bundle.js';
import { printTable, progress, ratio } from './interleave.js';

/* The download of a payment button in its smallest realistic use: minified, and compressed as by hosts. */

const NOTHING = 'nothing, in English';
/** The files of `peers/`, and the other scripts that each loads before a press. */
const PEERS = [
  { name: 'this button, npm entry', entry: 'ours', then: NOTHING },
  { name: '@google-pay/button-element', entry: 'google-pay', then: 'pay.js of pay.google.com: not counted' },
  { name: '@stripe/stripe-js', entry: 'stripe', then: 'Stripe.js of js.stripe.com: not counted' },
  { name: '@paypal/paypal-js', entry: 'paypal', then: 'the SDK of www.paypal.com: not counted' },
  {
    name: '@adyen/adyen-web, Redirect',
    entry: 'adyen',
    then: 'a frame and calls of adyen.com: not counted; its style sheet neither',
  },
  { name: 'bare Lit, one element', entry: 'lit', then: 'nothing' },
];

interface Weight {
  gzip: number;
  brotli: number;
}

function weigh(code: string | Buffer): Weight {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return { gzip: gzipSync(code, { level: 9 }).length, brotli: brotliCompressSync(code, { params }).length };
}

/** Prints the bytes of this button and its peers, also as ratios to the script-tag file. */
export async function compareBytes(): Promise<[]> {
  const own = weigh(readFileSync('dist/cdn/hsa-checkout.js'));
  const row = (name: string, { gzip, brotli }: Weight, then: string) => [
    name,
    `${gzip}`,
    `${brotli}`,
    ratio(gzip, own.gzip),
    then,
  ];
  const rows = [row('this button, script-tag file', own, NOTHING)];
  for (const { name, entry, then } of PEERS) {
    progress(`bundling ${name}`);
    rows.push(row(name, weigh(await bundle(entry)), then));
  }
  progress();
  printTable(['bytes, minified', 'gzip -9', 'brotli 11', 'gzip, ratio', 'what it then loads'], rows);
  console.log(
    'What comes from a provider’s own host changes by the day, and is not counted: this bench loads nothing.\n',
  );
  return [];
}

import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

/* What a shopper's browser gets of a payment button, at its smallest realistic use: minified, and compressed as hosts do. */

/** Each file of `peers/`, and what else it brings in once it runs. What comes from a provider's host is not measured here. */
const PEERS = [
  { name: 'this button, npm entry', entry: 'ours', then: 'nothing' },
  { name: '@google-pay/button-element', entry: 'google-pay', then: 'pay.js of Google' },
  { name: '@stripe/stripe-js', entry: 'stripe', then: 'Stripe.js of Stripe' },
  { name: '@paypal/paypal-js', entry: 'paypal', then: 'the SDK of PayPal' },
  { name: '@adyen/adyen-web, Redirect', entry: 'adyen', then: 'calls to Adyen; styles apart' },
  { name: 'bare Lit, one element', entry: 'lit', then: 'nothing' },
];

/** The scripts that a page loads before anything is asked for: an entry and what it imports, bundled as an app is. */
async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'esnext',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: `test/bench/peers/${entry}.ts` },
    },
  });
  const { output } = [result].flat()[0] as Rolldown.RolldownOutput;
  const chunks = output.filter((file) => file.type === 'chunk');
  const wanted = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName));
  for (const name of wanted)
    for (const imported of chunks.find(({ fileName }) => fileName === name)?.imports ?? [])
      wanted.add(imported);
  return chunks
    .filter(({ fileName }) => wanted.has(fileName))
    .map(({ code }) => code)
    .join('');
}

interface Weight {
  gzip: number;
  brotli: number;
}

function weigh(code: string | Buffer): Weight {
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  return { gzip: gzipSync(code, { level: 9 }).length, brotli: brotliCompressSync(code, { params }).length };
}

/** Prints the bytes of this button and of its peers, each also as a ratio to the script-tag file. */
export async function compareBytes(): Promise<void> {
  const own = weigh(readFileSync('dist/cdn/hsa-checkout.js'));
  console.log('| bytes, minified | gzip -9 | brotli 11 | gzip, ratio | it then loads |');
  console.log('| --- | ---: | ---: | ---: | --- |');
  const row = (name: string, { gzip, brotli }: Weight, then: string) =>
    console.log(`| ${name} | ${gzip} | ${brotli} | ${(gzip / own.gzip).toFixed(2)} | ${then} |`);
  row('this button, script-tag file', own, 'nothing');
  for (const { name, entry, then } of PEERS) {
    process.stderr.write(`\r\x1b[K… bundling ${name}`);
    const weight = weigh(await bundle(entry));
    process.stderr.write('\r\x1b[K');
    row(name, weight, then);
  }
}

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { browserPrograms, chromiumPath } from '../support/browsers.js';
import { ensurePrograms } from '../support/programs.js';
import { compareBytes } from './bytes.js';
import { compareGrowth } from './growth.js';
import { compareWebhooks } from './webhooks.js';

/*
 * npm run bench                 bytes beside those of other payment buttons; how long a press spends on the cart itself, in
 *                               Chromium on this machine; how that grows, beside zod; webhooks verified, beside other
 *                               libraries; and what the handler adds to a bare route, in Node
 * npm run bench -- --rounds 50  with fewer rounds in Chromium than the 200 of a full run
 */

const FRAME_MS = 16;
const LINES = [1, 10, 100, 500];

const { rounds } = parseArgs({ options: { rounds: { type: 'string', default: '200' } } }).values;

/** What runs in the page: the work between a press and its request that grows with the cart. */
async function pageScript(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      lib: { entry: 'test/bench/cart-work.ts', formats: ['iife'], name: 'work', fileName: 'work' },
    },
  });
  const [output] = result as { output: { code: string }[] }[];
  return output!.output[0]!.code;
}

interface Measured {
  medianMs: number;
  p99Ms: number;
}

ensurePrograms(browserPrograms(['chromium']));
console.log('Building …');
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'],
  { stdio: 'inherit' },
);
if (status !== 0) throw new Error('vite build failed');
console.log();
await compareBytes();
console.log();
const script = await pageScript();
const browser = await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox'] });
const page = await browser.newPage();
const protocol = await page.context().newCDPSession(page);
await page.evaluate(script);

console.log(`Cart check and fingerprint in Chromium ${browser.version()}, ${rounds} rounds each\n`);
console.log('| lines | CPU | median | p99 | part of a 16 ms frame (p99) |');
console.log('| ---: | --- | ---: | ---: | ---: |');
let isWithinFrame = true;
for (const slowdown of [1, 4]) {
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  for (const lines of LINES) {
    process.stderr.write(`\r… ${lines} lines, CPU slowed ${slowdown} times `);
    const { medianMs, p99Ms } = await page.evaluate<Measured>(`work.measure(${lines}, ${Number(rounds)})`);
    process.stderr.write('\r\x1b[K');
    const share = p99Ms / FRAME_MS;
    if (slowdown === 1 && share >= 1) isWithinFrame = false;
    console.log(
      `| ${lines} | ÷ ${slowdown} | ${medianMs.toFixed(2)} ms | ${p99Ms.toFixed(2)} ms | ${(share * 100).toFixed(0)} % |`,
    );
  }
}
await browser.close();
console.log(isWithinFrame ? '\nWithin a frame.' : '\nOver a frame.');

/** A process of its own, so that nothing but the handler is on its heap. */
async function measureHandler(): Promise<boolean> {
  const args = ['--expose-gc', '--import', 'tsx', 'test/bench/overhead.ts'];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  process.once('exit', () => child.kill());
  const [code] = await once(child, 'exit');
  return code === 0;
}

console.log();
const isLinear = compareGrowth();
console.log();
await compareWebhooks();
console.log();
process.exitCode = (await measureHandler()) && isWithinFrame && isLinear ? 0 : 1;

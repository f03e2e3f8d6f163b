import { build } from 'vite';
import { openBrowser, slowDown } from './blank-page.js';
import { inMs, printTable, progress, type Bar } from './interleave.js';

/* The time of a press for the cart, in Chromium: the work between press and request that grows with the cart. */

const FRAME_MS = 16;
const LINES = [1, 10, 100, 500];

interface Measured {
  medianMs: number;
  p99Ms: number;
}

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

/** Prints the time of a cart's check and fingerprint, as a share of a frame. */
export async function measureCart(rounds: number): Promise<Bar[]> {
  const script = await pageScript();
  const browser = await openBrowser();
  const page = await browser.newPage();
  const protocol = await page.context().newCDPSession(page);
  await page.evaluate(script);
  const rows: string[][] = [];
  let worst = 0;
  for (const slowdown of [1, 4]) {
    await slowDown(protocol, slowdown);
    for (const lines of LINES) {
      progress(`cart: ${lines} lines, CPU ÷ ${slowdown}`);
      const { medianMs, p99Ms } = await page.evaluate<Measured>(`work.measure(${lines}, ${rounds})`);
      const part = `${((p99Ms / FRAME_MS) * 100).toFixed(0)} %`;
      rows.push([`${lines}, CPU ÷ ${slowdown}`, inMs(medianMs), inMs(p99Ms), part]);
      if (slowdown === 1) worst = Math.max(worst, p99Ms);
    }
  }
  await browser.close();
  progress();
  printTable(['lines checked and fingerprinted', 'median', 'p99', 'p99, part of a frame'], rows);
  return [
    {
      bar: `cart of ${LINES.at(-1)} lines: checked and fingerprinted within a frame of ${FRAME_MS} ms (p99)`,
      measured: inMs(worst),
      holds: worst < FRAME_MS,
    },
  ];
}

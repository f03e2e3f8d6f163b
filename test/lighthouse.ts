import assert from 'node:assert/strict';
import lighthouse, { desktopConfig } from 'lighthouse';
import { chromium } from 'playwright-core';
import { startDemo } from '../demo/server.js';
import { browserPrograms, chromiumPath } from './support/browsers.js';
import { freePort } from './support/free-port.js';
import { ensurePrograms } from './support/programs.js';

/** An odd number, so that the median is one of the visits. */
const RUNS = 5;
/** The minimum score of each category, of 100. */
const BARS = { accessibility: 100, 'best-practices': 100, performance: 95 };
type Category = keyof typeof BARS;
const CATEGORIES = Object.keys(BARS) as Category[];

/** The pages of the storefront. */
const PAGES = ['/', '/products/bp-monitor', '/cart'];

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1]!;

interface Figures {
  scores: Record<Category, number>;
  /** Cumulative layout shift. */
  shift: number;
  /** The audits that cost points. */
  lost: string[];
}

/** One visit with Lighthouse's desktop settings. */
async function visit(url: string, port: number, blockedUrlPatterns: string[]): Promise<Figures> {
  const result = await lighthouse(
    url,
    // The cart is in a cookie, which has to stay between the pages.
    { port, logLevel: 'error', disableStorageReset: true, onlyCategories: CATEGORIES, blockedUrlPatterns },
    desktopConfig,
  );
  const { runtimeError, categories, audits } = result!.lhr;
  if (runtimeError) throw new Error(`${url}: ${runtimeError.message}`);
  const scores = Object.fromEntries(
    CATEGORIES.map((name) => [name, Math.round(categories[name]!.score! * 100)]),
  ) as Figures['scores'];
  const lost = CATEGORIES.flatMap((name) => categories[name]!.auditRefs)
    .filter(({ id, weight }) => weight && (audits[id]!.score ?? 1) < 0.9)
    .map(({ id }) => `${id} ${audits[id]!.displayValue ?? ''}`.trim());
  return { scores, shift: audits['cumulative-layout-shift']!.numericValue!, lost };
}

/**
 * Checks Lighthouse's scores of the demo's storefront, and that its pages have no layout shift, with the tag and without it.
 * @throws if a median is below its minimum.
 */
export async function verifyStorefront(): Promise<void> {
  console.log(`\nLighthouse on the storefront, desktop, median of ${RUNS}`);
  ensurePrograms(browserPrograms(['chromium']));
  const demo = await startDemo({ port: 0 });
  const port = await freePort();
  const browser = await chromium.launch({
    executablePath: chromiumPath(),
    args: ['--no-sandbox', `--remote-debugging-port=${port}`],
  });
  const failures: string[] = [];
  try {
    for (const path of PAGES) {
      for (const [what, blocked] of [
        ['with the tag', []],
        ['without', ['*/cdn/*.js']],
      ] as const) {
        const visits: Figures[] = [];
        for (let run = 1; run <= RUNS; run++) {
          process.stderr.write(`\r… ${path} ${what}, ${run} of ${RUNS} `);
          visits.push(await visit(demo.url + path, port, [...blocked]));
        }
        process.stderr.write('\r\x1b[K');
        const scores = CATEGORIES.map(
          (name) => [name, median(visits.map((one) => one.scores[name]))] as const,
        );
        const shift = Math.max(...visits.map((one) => one.shift));
        console.log(
          `  ${path} ${what}: ${scores.map(([name, score]) => `${name} ${score}`).join(', ')}, CLS ${shift}`,
        );
        if (shift) failures.push(`${path} ${what}: CLS ${shift}`);
        // Without its script the page would not be the one to check.
        if (blocked.length) continue;
        for (const [name, score] of scores)
          if (score < BARS[name])
            failures.push(`${path}: ${name} ${score} of ${BARS[name]}: ${visits[0]!.lost.join('; ')}`);
      }
    }
  } finally {
    await browser.close();
    await demo.close();
  }
  assert.deepEqual(failures, []);
}

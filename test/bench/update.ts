import type { Plugin } from 'vite';
import { inBlankPage, openBrowser } from './blank-page.js';
import { bundle } from './bundle.js';
import { inMs, median, printTable, progress, ratio, ROUNDS, type Bar } from './interleave.js';

/* The time of a new cart in a rendered button: check, sum, event and layout. */

const LINES = [1, 10, 100, 1000, 10_000];
/** How much more than in proportion ten times the lines may cost, at sizes where the lines are most of the work. */
const LINEAR = { from: 1000, times: 1.5 };

/** Removes the limit of lines. */
const anyNumberOfLines: Plugin = {
  name: 'any-number-of-lines',
  transform: (code, id) =>
    id.endsWith('/contract/fields.ts') ? code.replace('MAX_LINES = 500', 'MAX_LINES = Infinity') : null,
};

/** Runs in the page: sets a cart, waits for the button's event, and checks that the sum has every line. */
const UPDATE = `async (lines, round) => {
  const line_items = Array.from({ length: lines }, (_, i) => ({
    product_id: 'product-' + i, name: 'Product number ' + i, image_url: 'https://shop.example/images/' + i + '.jpg',
    price: 1999 + i + round, quantity: 1 + (i % 9), currency: 'USD', hsa_fsa_eligible: i % 2 === 0,
  }));
  const total = line_items.reduce((cents, { price, quantity }) => cents + price * quantity, 0);
  const cart = JSON.parse(JSON.stringify({ line_items }));
  const button = document.querySelector('hsa-checkout-button');
  const eligibility = new Promise((resolve) => button.addEventListener('hsa-eligibility', resolve, { once: true }));
  const start = performance.now();
  button.cart = cart;
  const { totalCents } = await eligibility;
  await button.updateComplete;
  document.body.getBoundingClientRect();
  const ms = performance.now() - start;
  if (totalCents !== total) throw new Error('lines were left out: ' + totalCents + ' of ' + total);
  return ms;
}`;

/** Prints the time of an update by number of lines. */
export async function measureUpdate(): Promise<Bar[]> {
  const script = await bundle('ours', { isClassic: true, plugins: [anyNumberOfLines] });
  const browser = await openBrowser();
  try {
    const body = '<hsa-checkout-button endpoint="/api/hsa-checkout"></hsa-checkout-button>';
    const times = await inBlankPage(browser, { body }, async ({ page }) => {
      await page.addScriptTag({ content: script });
      const times = new Map(LINES.map((lines) => [lines, [] as number[]]));
      for (let round = -4; round < ROUNDS; round++)
        for (const lines of LINES) {
          progress(`cart update: ${lines} lines, round ${round + 1} of ${ROUNDS}`);
          const ms = await page.evaluate<number>(`(${UPDATE})(${lines}, ${round + 5})`);
          if (round >= 0) times.get(lines)!.push(ms);
        }
      return times;
    });
    progress();
    const all = LINES.map((lines) => ({ lines, ms: median(times.get(lines)!) }));
    printTable(
      ['lines of a new cart', 'update of the button', 'ratio to one line'],
      all.map(({ lines, ms }) => [`${lines}`, inMs(ms), ratio(ms, all[0]!.ms)]),
    );
    const at = (wanted: number) => all.find(({ lines }) => lines === wanted)!.ms;
    const growth = at(LINEAR.from * 10) / at(LINEAR.from);
    return [
      {
        bar: `cart update: ten times the lines cost at most ${10 * LINEAR.times} times as much, from ${LINEAR.from} on`,
        measured: `${growth.toFixed(1)} ×`,
        holds: growth <= 10 * LINEAR.times,
      },
    ];
  } finally {
    await browser.close();
  }
}

import type { Browser } from 'playwright-core';
import { inBlankPage, openBrowser } from './blank-page.js';
import { bundle } from './bundle.js';
import { contenders, HAND_WRITTEN, PEERS, type Contender } from './contenders.js';
import { inMs, printRatios, ratio, takeTurns, type Bar, type Figures } from './interleave.js';

/*
 * The time from the start of a script's evaluation until the page's buttons are rendered, styled and laid out. Without the next
 * frame, because its time depends on the screen and is the same for all contenders.
 */

const SLOWDOWN = 4;
const MANY = 1000;
/** The most that one button may take, as a multiple of the hand-written element and of Lit's evaluation together. */
const MAX_TIMES = 1.5;

/** Runs in the page: evaluates a script, and polls without a pause until the last element is rendered. */
function measureIn(script: string, isShown: string): string {
  return `new Promise((resolve, reject) => {
    const all = document.body.children;
    const element = all[all.length - 1];
    const isShown = () => ${isShown};
    const { port1, port2 } = new MessageChannel();
    const tag = document.createElement('script');
    tag.textContent = ${JSON.stringify(script)};
    document.body.getBoundingClientRect();
    const start = performance.now();
    document.head.append(tag);
    const evaluated = performance.now() - start;
    port1.onmessage = () => {
      if (isShown()) {
        document.body.getBoundingClientRect();
        resolve({ 'evaluation, ms': evaluated, 'until shown, ms': performance.now() - start });
      } else if (performance.now() - start > 30_000) reject(new Error('nothing is shown'));
      else port2.postMessage(0);
    };
    port2.postMessage(0);
  })`;
}

/** One start in a new page with this number of buttons. */
const start = (browser: Browser, contender: Contender, count: number): Promise<Figures> =>
  inBlankPage(browser, { body: contender.markup.repeat(count), slowdown: SLOWDOWN }, async ({ page }) => {
    if (contender.page) await page.evaluate(contender.page);
    return page.evaluate<Figures>(measureIn(contender.script, contender.isShown));
  });

const runsOf = (browser: Browser, all: Record<string, Contender>, count: number) =>
  Object.fromEntries(
    Object.entries(all).map(([name, contender]) => [name, () => start(browser, contender, count)]),
  );

/** Prints the start time of one button and of a thousand, beside others. */
export async function compareStart(): Promise<Bar[]> {
  const all = await contenders();
  const litAlone = {
    script: await bundle('lit-alone', { isClassic: true }),
    markup: '<p></p>',
    isShown: 'true',
  };
  const browser = await openBrowser();
  try {
    const one = await takeTurns('one button', runsOf(browser, { ...all, 'Lit alone': litAlone }, 1));
    printRatios(`one button, CPU ÷ ${SLOWDOWN}`, one, inMs);
    const { 'npm entry': _, ...atScale } = all;
    const many = await takeTurns(`${MANY} buttons`, runsOf(browser, atScale, MANY), { warmUp: 0 });
    printRatios(`${MANY} buttons, CPU ÷ ${SLOWDOWN}`, many, inMs);
    console.log(
      'Google Pay’s element stands with a stub of pay.js that is ready at once, Adyen’s Redirect without answers of its hosts:\n' +
        'the real ones take longer by what the network takes. Lit alone is evaluated, and shows nothing.\n',
    );
    const [shown] = Object.keys(one['Lit alone']!).slice(1) as [string];
    const own = one['script-tag file']![shown]!;
    const floor = one[HAND_WRITTEN]![shown]! + one['Lit alone']!['evaluation, ms']!;
    const ownMany = many['script-tag file']![shown]!;
    return [
      {
        bar: `start of one button: at most ${MAX_TIMES} × (hand-written element + Lit’s evaluation)`,
        measured: `${ratio(own, floor)} ×`,
        holds: own <= floor * MAX_TIMES,
      },
      ...PEERS.map((peer) => ({
        bar: `${MANY} buttons: faster than ${peer}`,
        measured: `${ratio(many[peer]![shown]!, ownMany)} × as fast`,
        holds: ownMany < many[peer]![shown]!,
      })),
    ];
  } finally {
    await browser.close();
  }
}

import type { Browser } from 'playwright-core';
import { inBlankPage, openBrowser, type BlankPage } from './blank-page.js';
import { contenders, HAND_WRITTEN, type Contender } from './contenders.js';
import { printTable, progress, ratio, type Bar } from './interleave.js';

/* The memory that removed buttons leave behind in a page, and the memory of one mounted button. */

const MOUNTS = 10_000;
const AT_ONCE = 100;
const MANY = 1000;
/** The most that may be kept for each mount, in bytes. It is the variation of the heap itself. */
const MAX_KEPT = 10;

interface Held {
  bytes: number;
  nodes: number;
  listeners: number;
}

/** The heap of a page after garbage collection. */
async function heldBy({ protocol }: BlankPage): Promise<Held> {
  // Twice, because the second collection frees the objects that the first finalizes.
  for (let i = 0; i < 2; i++) await protocol.send('HeapProfiler.collectGarbage');
  const { usedSize } = await protocol.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await protocol.send('Memory.getDOMCounters');
  return { bytes: usedSize, nodes, listeners: jsEventListeners };
}

/** Runs in the page: adds buttons, waits until the last one is rendered, and removes them unless told otherwise. */
const mount = (markup: string, isShown: string, count: number, stays: boolean) => `(async () => {
  for (let left = ${count}; left > 0; left -= ${AT_ONCE}) {
    const place = document.createElement('div');
    document.body.append(place);
    place.innerHTML = ${JSON.stringify(markup)}.repeat(Math.min(left, ${AT_ONCE}));
    const element = place.lastElementChild;
    while (!(${isShown})) await new Promise((resolve) => setTimeout(resolve));
    if (${!stays}) place.remove();
  }
  await new Promise((resolve) => setTimeout(resolve));
})()`;

const measure = (browser: Browser, { script, markup, isShown }: Contender) =>
  inBlankPage(browser, { body: '' }, async (blank) => {
    const run = (count: number, stays: boolean) => blank.page.evaluate(mount(markup, isShown, count, stays));
    await blank.page.addScriptTag({ content: script });
    // The first mounts create caches and compiled code, which stay.
    await run(MANY, false);
    const before = await heldBy(blank);
    await run(MOUNTS, false);
    const after = await heldBy(blank);
    await run(MANY, true);
    const full = await heldBy(blank);
    return {
      kept: (after.bytes - before.bytes) / MOUNTS,
      nodes: after.nodes - before.nodes,
      listeners: after.listeners - before.listeners,
      each: (full.bytes - after.bytes) / MANY,
    };
  });

/** Prints the memory that many mounts leave, and the heap of one button, beside a hand-written element. */
export async function measureMemory(): Promise<Bar[]> {
  const all = await contenders();
  const browser = await openBrowser();
  try {
    const results: Record<string, Awaited<ReturnType<typeof measure>>> = {};
    for (const name of ['script-tag file', 'npm entry', HAND_WRITTEN]) {
      progress(`memory: ${name}`);
      results[name] = await measure(browser, all[name]!);
    }
    progress();
    const own = results['script-tag file']!;
    printTable(
      [
        'memory',
        `kept of each of ${MOUNTS} mounts`,
        'nodes kept',
        'listeners kept',
        'heap of a button',
        'ratio',
      ],
      Object.entries(results).map(([name, { kept, nodes, listeners, each }]) => [
        name,
        `${kept.toFixed(1)} bytes`,
        `${nodes}`,
        `${listeners}`,
        `${each.toFixed(0)} bytes`,
        ratio(each, own.each),
      ]),
    );
    return [
      {
        bar: `after ${MOUNTS} mounts: no node, no listener, at most ${MAX_KEPT} bytes of each are kept`,
        measured: `${own.nodes} nodes, ${own.listeners} listeners, ${own.kept.toFixed(1)} bytes`,
        holds: own.nodes <= 0 && own.listeners <= 0 && own.kept <= MAX_KEPT,
      },
    ];
  } finally {
    await browser.close();
  }
}

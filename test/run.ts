import { readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { browserPrograms, chosenEngines, type Engine } from './support/browsers.js';
import { ensureBuilt } from './support/built.js';
import { runNodeTests } from './support/node-stage.js';
import { OPENSSL } from './server/http/proxy.js';
import { ensurePrograms } from './support/programs.js';
import { REDIS } from './support/redis-server.js';
import { Totals } from './support/totals.js';

/*
 * npm test                      everything
 * npm test node                 one stage: node, browser or demo
 * npm test browser badge        only files whose path contains one of the words
 */

const STAGES = ['node', 'browser', 'demo'] as const;
type Stage = (typeof STAGES)[number];

/** The folders of test/ that run in another stage. All other test files run in Node, so that none is left out. */
const FOLDER_STAGES: Record<string, Stage> = {
  elements: 'browser',
  frameworks: 'browser',
  storefront: 'browser',
  demo: 'demo',
  visual: 'demo',
};

/** The signals that end a run early, and their numbers in exit codes. */
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

process.chdir(resolve(import.meta.dirname, '..'));
/**
 * Test files that run on the modules and again on the script-tag build. The two can differ in the loading of lazy files and
 * translations, and in the minified templates and styles. Other tests load the script-tag files themselves.
 */
const ALSO_BUILT = [
  'details/details',
  'learn-more/learn-more',
  'shared/locale',
  'status/receipt',
  'status/status',
].map((name) => resolve(`test/elements/${name}.test.ts`));
/** Test files that run only on the script-tag build, which most shoppers get: they check a whole DOM and its styles. */
const BUILT_ONLY = [
  resolve('test/storefront') + sep,
  ...['shared/axe', 'button/button-looks', 'details/details-axe', 'details/details-looks'].map((name) =>
    resolve(`test/elements/${name}.test.ts`),
  ),
];
const [first = '', ...others] = process.argv.slice(2);
const chosenStage = STAGES.find((stage) => stage === first);
const filters = chosenStage || !first ? others : [first, ...others];

function testFiles(stage: Stage): string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter(
      (file) => file.endsWith('.test.ts') && (FOLDER_STAGES[file.split(/[\\/]/)[0]!] ?? 'node') === stage,
    )
    .map((file) => join('test', file))
    .filter((file) => !filters.length || filters.some((filter) => file.includes(filter)))
    .sort()
    .map((file) => resolve(file));
}

/** Programs other than browsers that tests start, by the path of the tests. */
const NEEDS = [
  [resolve('test/server/stores/redis') + sep, REDIS],
  [resolve('test/server/http/proxies'), OPENSSL],
] as const;

const countOf = ({ length }: string[]) => `${length} ${length === 1 ? 'file' : 'files'}`;

async function runStage(
  stage: Stage,
  files: string[],
  engines: Engine[],
  signal: AbortSignal,
): Promise<Totals> {
  if (stage === 'browser') {
    const totals = new Totals();
    ensureBuilt('script-tag');
    // Imported here, because the import takes longer than many tests in Node.
    const { runBrowserTests } = await import('./support/browser-stage.js');
    const isBuiltOnly = (file: string) => BUILT_ONLY.some((start) => file.startsWith(start));
    for (const asScriptTag of [false, true]) {
      const chosen = files.filter((file) =>
        asScriptTag ? isBuiltOnly(file) || ALSO_BUILT.includes(file) : !isBuiltOnly(file),
      );
      if (!chosen.length) continue;
      const what = asScriptTag ? 'the script-tag files' : 'the modules';
      console.log(`\nBrowser tests of ${what}: ${countOf(chosen)} in ${engines.join(', ')}`);
      totals.add(await runBrowserTests(chosen, { engines, signal, asScriptTag }));
    }
    return totals;
  }
  if (stage === 'demo') ensureBuilt('script-tag');
  console.log(`\n${stage === 'node' ? 'Node' : 'Demo'} tests: ${countOf(files)}`);
  return runNodeTests(files, { parallel: stage === 'node', signal });
}

async function main(signal: AbortSignal): Promise<Totals> {
  const totals = new Totals();
  const stages = STAGES.filter((stage) => !chosenStage || stage === chosenStage)
    .map((stage) => ({ stage, files: testFiles(stage) }))
    .filter(({ files }) => files.length);
  if (!stages.length)
    throw new Error(`No test file matches ${[first, ...others].join(' ') || 'test/**/*.test.ts'}`);
  const has = (name: Stage) => stages.some(({ stage }) => stage === name);
  const engines = has('browser') ? chosenEngines() : [];
  const browsers = new Set([...engines, ...(has('demo') ? (['chromium'] as const) : [])]);
  const files = stages.flatMap((stage) => stage.files);
  const needs = NEEDS.filter(([where]) => files.some((file) => file.startsWith(where)));
  ensurePrograms([...browserPrograms([...browsers]), ...needs.map(([, program]) => program)]);
  for (const { stage, files } of stages) {
    const counts = await runStage(stage, files, engines, signal);
    totals.add(counts);
    if (counts.passed + counts.failed + counts.skipped) continue;
    console.error(`The ${stage} stage ran no test at all.`);
    totals.failed++;
  }
  return totals;
}

const abort = new AbortController();
// Ends the browsers and the display, however the run ends.
process.on('exit', () => abort.abort());
for (const [signal, number] of Object.entries(SIGNALS)) {
  process.once(signal, () => {
    console.error(`\nEnded by ${signal}.`);
    abort.abort();
    // Time to remove the browsers' temporary profiles.
    setTimeout(() => process.exit(128 + number), 500);
  });
}

let totals: Totals;
try {
  totals = await main(abort.signal);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  totals = new Totals();
  totals.failed = 1;
}
if (!abort.signal.aborted) {
  console.log(`\n${totals.toString()}`);
  process.exit(totals.failed ? 1 : 0);
}

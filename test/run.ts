import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { runBrowserTests } from './support/browser-stage.js';
import { browserPrograms, chosenEngines, type Engine } from './support/browsers.js';
import { runNodeTests } from './support/node-stage.js';
import { OPENSSL } from './server/proxy.js';
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

/** The folders of test/ that have a stage of their own; every other test file runs in plain Node, so that none is left out. */
const FOLDER_STAGES: Record<string, Stage> = {
  elements: 'browser',
  cdn: 'browser',
  frameworks: 'browser',
  storefront: 'browser',
  demo: 'demo',
  visual: 'demo',
};

/** The signals that end a run early, and the numbers that exit codes give them. */
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 };

process.chdir(resolve(import.meta.dirname, '..'));
/** What is about the modules alone: a server has no use for the script-tag files. */
const MODULES_ONLY = [resolve('test/frameworks') + sep, resolve('test/elements/server-rendered')];
/**
 * Once is enough, with what a script tag gets: pages that load built files only; the reader of templates, which is the same in
 * both; and what looks at a DOM and at styles that the same templates and sheets make in both.
 */
const BUILT_ONLY = [
  resolve('test/storefront') + sep,
  resolve('test/cdn') + sep,
  ...['axe', 'button-looks', 'details-axe', 'details-looks'].map((name) =>
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

/** What tests start besides browsers, by where they are. */
const NEEDS = [
  [resolve('test/server/redis') + sep, REDIS],
  [resolve('test/server/proxies'), OPENSSL],
] as const;

/** Runs the program of a package as `npm run build` does. */
function run(program: string, ...args: string[]): void {
  const { status } = spawnSync(process.execPath, [`node_modules/${program}`, ...args], { stdio: 'inherit' });
  if (status !== 0) throw new Error(`${program} failed`);
}

/** The script-tag files, which tests open in pages and weigh; for Node also the modules, which tests install elsewhere. */
function build(modules: boolean): void {
  if (!existsSync('vite.config.ts')) return;
  console.log(`Building the script-tag files${modules ? ' and the modules' : ''} …`);
  run('vite/bin/vite.js', 'build', '--logLevel', 'warn');
  if (modules) run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
}

const countOf = ({ length }: string[]) => `${length} ${length === 1 ? 'file' : 'files'}`;

async function runStage(
  stage: Stage,
  files: string[],
  engines: Engine[],
  signal: AbortSignal,
): Promise<Totals> {
  if (stage === 'browser') {
    const totals = new Totals();
    // On the modules, and again on what a script tag gets.
    for (const asScriptTag of [false, true]) {
      const leftOut = asScriptTag ? MODULES_ONLY : BUILT_ONLY;
      const chosen = files.filter((file) => !leftOut.some((start) => file.startsWith(start)));
      if (!chosen.length) continue;
      const what = asScriptTag ? 'the script-tag files' : 'the modules';
      console.log(`\nBrowser tests of ${what}: ${countOf(chosen)} in ${engines.join(', ')}`);
      totals.add(await runBrowserTests(chosen, { engines, signal, asScriptTag }));
    }
    return totals;
  }
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
  build(has('node'));
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
// However the run ends, no browser and no display stays behind.
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

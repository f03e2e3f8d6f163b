import { readFile } from 'node:fs/promises';
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import {
  defaultReporter,
  startTestRunner,
  type Reporter,
  type TestRunnerCoreConfig,
  type TestRunnerPlugin,
  type TestSession,
  type TestSuiteResult,
} from '@web/test-runner';
import type { Engine } from './browsers.js';
import { bundleFrameworks } from './bundle-frameworks.js';
import { commands } from './commands.js';
import { freePort } from './free-port.js';
import { createLaunchers } from './launchers.js';
import { strictShop } from './strict-shop.js';
import { themeShops } from './theme-shop.js';
import { Totals } from './totals.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const SETUP = '/test/support/browser-setup.ts';

/** Imports the console check before the test's own imports, so that it applies to every test file. */
const guardConsole = (): TestRunnerPlugin => ({
  name: 'guard-console',
  transform({ path, body }) {
    // On the first line, so that the line numbers of stack traces stay right.
    return path.endsWith('.test.ts') ? { body: `import '${SETUP}';${body as string}` } : undefined;
  },
});

/** Serves the script-tag file to pages that import an entry point of the package. */
const scriptTagFiles = (): TestRunnerPlugin => ({
  name: 'script-tag-files',
  serve({ path }) {
    const name = { '/src/index.ts': 'hsa-checkout', '/src/status.ts': 'hsa-checkout-status' }[path];
    // A script-tag file exports nothing, so tests get the classes that it has registered.
    return name
      ? {
          body: `import '/dist/cdn/${name}.js';
            ${name === 'hsa-checkout' ? "await customElements.whenDefined('hsa-eligibility-badge');" : ''}
            const [CheckoutButton, EligibilityBadge, CheckoutStatus] = ['checkout-button', 'eligibility-badge', 'checkout-status']
              .map((tag) => customElements.get('hsa-' + tag));
            export { CheckoutButton, EligibilityBadge, CheckoutStatus };`,
          type: 'js',
        }
      : undefined;
  },
});

/** Sends the built files unchanged, because the server would compile them again. Any origin may load them, as from a CDN. */
const builtFiles: NonNullable<TestRunnerCoreConfig['middleware']>[number] = async (ctx, next) => {
  if (!/^\/dist\/cdn\/[\w.-]+\.js$/.test(ctx.path)) return next();
  ctx.type = 'text/javascript';
  ctx.set('access-control-allow-origin', '*');
  ctx.body = await readFile(`${ROOT}dist/cdn/${basename(ctx.path)}`);
};

const holdsTests = ({ tests, suites }: TestSuiteResult): boolean =>
  tests.length > 0 || suites.some(holdsTests);

const sum = ({ passed, failed, skipped }: Totals) => passed + failed + skipped;

function countTests({ tests, suites }: TestSuiteResult, counts: Totals): void {
  for (const { skipped, passed } of tests) {
    if (skipped) counts.skipped++;
    else if (passed) counts.passed++;
    else counts.failed++;
  }
  for (const suite of suites) countTests(suite, counts);
}

/** The results of one file in one engine. An error outside of tests counts as a failed test, and so does a page without tests. */
function countSession({ testResults, errors, passed }: TestSession): Totals {
  const counts = new Totals();
  if (testResults) countTests(testResults, counts);
  if (errors.length || !sum(counts) || (!passed && !counts.failed)) counts.failed++;
  return counts;
}

/** Prints a line for each file when all engines have run it, and adds up the results. */
function totalsReporter(totals: Totals): Reporter {
  return {
    reportTestFileResults({ logger, testFile, sessionsForTestFile }) {
      const results = sessionsForTestFile.map((session) => ({ session, counts: countSession(session) }));
      if (sessionsForTestFile.some(({ testResults }) => testResults && !holdsTests(testResults)))
        logger.log(`    ${relative(ROOT, testFile)} holds no tests`);
      const mark = results.some(({ counts }) => counts.failed) ? '✖' : '✔';
      const engines = results.map(({ session, counts }) => `${session.browser.name}: ${counts.toString()}`);
      logger.log(`  ${mark} ${relative(ROOT, testFile)}  ${engines.join(' · ')}`);
    },
    stop({ sessions }) {
      for (const session of sessions) totals.add(countSession(session));
    },
  };
}

interface BrowserStageOptions {
  engines: readonly Engine[];
  /** Ends the browsers. */
  signal: AbortSignal;
  /** True to run the tests on the script-tag files instead of the modules. */
  asScriptTag: boolean;
}

/** Runs test files in the pages of each engine, one file at a time in each. */
export async function runBrowserTests(
  files: readonly string[],
  { engines, signal, asScriptTag }: BrowserStageOptions,
): Promise<Totals> {
  const totals = new Totals();
  const runner = await startTestRunner({
    readCliArgs: false,
    readFileConfig: false,
    autoExitProcess: false,
    config: {
      rootDir: ROOT,
      port: await freePort(),
      files: [...files],
      browsers: createLaunchers(engines, signal),
      concurrentBrowsers: engines.length,
      // Three browsers that start on two cores can take long.
      browserStartTimeout: 120_000,
      testsStartTimeout: 120_000,
      testsFinishTimeout: 300_000,
      testFramework: { config: { timeout: 30_000 } },
      staticLogging: true,
      // Lit's `development` build warns about itself.
      nodeResolve: { exportConditions: ['production'] },
      middleware: [builtFiles, strictShop(), themeShops()],
      plugins: [
        bundleFrameworks(ROOT),
        guardConsole(),
        commands(),
        ...(asScriptTag ? [scriptTagFiles()] : []),
        esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${ROOT}tsconfig.json` }),
      ],
      reporters: [defaultReporter({ reportTestProgress: false }), totalsReporter(totals)],
    },
  });
  const hasPassed = runner
    ? await new Promise<boolean>((resolve) => runner.on('stopped', (passed) => resolve(passed)))
    : false;
  // Failures of the runner that the counts do not show, such as a server that cannot start.
  if (!hasPassed && !totals.failed) totals.failed++;
  return totals;
}

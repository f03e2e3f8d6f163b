import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { filesOf } from '../support/documents.js';
import { createProject, program, type Project } from './project.js';

/*
 * The guide on testing: each test runner runs its files unchanged. It also runs the same tests with faulty shops, for which they
 * must fail. So an assertion that is removed from the guide fails this test.
 */

const FILES = filesOf('docs/testing.md');

const PRESS = 'a press asks the shop once, with the cart, and leads to the payment page';
const PAYMENT = 'a payment leads to the return page';
const DECLINE = 'a declined card orders nothing, and another card can pay';
const ORDER = 'an order arrives by webhook';
const REACT = 'a press in the React page becomes an order';

/** Faulty shops: the replacement in `checkout.js`, and the tests that must fail. */
const FAULTS: Record<string, { line: string; instead: string; foundBy: readonly string[] }> = {
  'loses-orders': { line: 'void orders.push(order)', instead: '{}', foundBy: [ORDER, REACT] },
  'returns-elsewhere': { line: '/thanks', instead: '/elsewhere', foundBy: [PAYMENT] },
  'orders-unpaid': {
    line: 'onOrderCreated',
    instead: 'onOrderCreated: () => {}, onSessionCreated',
    foundBy: [DECLINE, ORDER, REACT],
  },
};

const fileOf = (name: string): string => {
  const code = FILES.get(name);
  assert.ok(code, `the guide shows no ${name}`);
  return code;
};

/** Writes the guide's shop into `whole` and the faulty shops into `faults`, each with the tests. */
function writeShops({ write }: Project, tests: Record<string, string>): void {
  const shop = fileOf('checkout.js');
  const writeShop = (folder: string, checkout: string) => {
    write(`${folder}/checkout.js`, checkout);
    write(`${folder}/sandbox-shop.js`, fileOf('sandbox-shop.js'));
    for (const [name, code] of Object.entries(tests)) write(`${folder}/${name}`, code);
  };
  writeShop('whole', shop);
  for (const [name, { line, instead }] of Object.entries(FAULTS)) {
    assert.equal(shop.split(line).length, 2, line);
    writeShop(`faults/${name}`, shop.replace(line, instead));
  }
}

/** Runs a command of the project. Resolves with its output and exit code. */
async function run(command: string, args: string[], cwd: string, env: Record<string, string> = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, NO_COLOR: '1', CI: 'true', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { stdout, output: stdout + stderr, status };
}

/** The passed and failed tests of a run, by folder. */
type Results = Record<string, { passed: string[]; failed: string[] }>;

/** Reads Jest's JSON report. Vitest's has the same form. */
function resultsIn(json: string): Results {
  const { testResults } = JSON.parse(json.slice(json.indexOf('{'))) as {
    testResults: { name: string; assertionResults: { title: string; status: string }[] }[];
  };
  const results: Results = {};
  for (const { name, assertionResults } of testResults) {
    const counts = (results[basename(dirname(name))] ??= { passed: [], failed: [] });
    for (const { title, status } of assertionResults)
      counts[status === 'passed' ? 'passed' : 'failed'].push(title);
  }
  return results;
}

/** Checks that for each faulty shop exactly the tests failed that check for its fault. */
function assertFound(results: Results, tests: readonly string[]): void {
  assert.deepEqual(Object.keys(results).sort(), Object.keys(FAULTS).sort());
  for (const [name, { foundBy }] of Object.entries(FAULTS)) {
    const failed = tests.filter((test) => foundBy.includes(test));
    assert.deepEqual([...new Set(results[name]!.failed)].sort(), failed.sort(), name);
  }
}

describe('the files of the guide on testing', { concurrency: true }, () => {
  it('pass under Node’s own runner, and fail for a faulty shop', async () => {
    const project = createProject();
    writeShops(project, { 'shop.test.js': fileOf('shop.test.js') });
    const runIn = async (folder: string) => {
      const cwd = join(project.folder, folder);
      const { stdout, output, status } = await run(process.execPath, ['--test', '--test-reporter=tap'], cwd);
      const titles = (start: string) =>
        [...stdout.matchAll(new RegExp(`^\\s*${start} \\d+ - (.*)$`, 'gm'))].map(([, title]) => title!);
      return { output, status, passed: titles('ok'), failed: titles('not ok') };
    };
    const { output, status, passed } = await runIn('whole');
    assert.equal(status, 0, output);
    assert.deepEqual(passed, [PAYMENT, DECLINE, ORDER]);
    const results: Results = {};
    for (const name of Object.keys(FAULTS)) results[name] = await runIn(`faults/${name}`);
    assertFound(results, [PAYMENT, DECLINE, ORDER]);
  });

  it('pass under Vitest, in jsdom and happy-dom, and fail for a faulty shop', async () => {
    const project = createProject(['lit', 'vitest', 'jsdom', 'happy-dom', 'react', 'react-dom']);
    const button = fileOf('button.test.ts');
    writeShops(project, { 'button.test.ts': button, 'cart.test.tsx': fileOf('cart.test.tsx') });
    const inJsdom = '// @vitest-environment jsdom\n';
    assert.ok(button.startsWith(inJsdom));
    project.write('whole/happy-dom.test.ts', button.replace(inJsdom, '// @vitest-environment happy-dom\n'));
    const runIn = (folder: string) =>
      run(
        program('vitest'),
        ['run', '--reporter=json', '--testTimeout=60000', `--dir=${folder}`],
        project.folder,
      );
    const [whole, faults] = [await runIn('whole'), await runIn('faults')];
    assert.equal(whole.status, 0, whole.output);
    const ofButton = [PRESS, PAYMENT, DECLINE, ORDER];
    const { passed, failed } = resultsIn(whole.stdout)['whole']!;
    assert.deepEqual(failed, []);
    assert.deepEqual(passed.sort(), [...ofButton, ...ofButton, REACT].sort());
    assertFound(resultsIn(faults.stdout), [...ofButton, REACT]);
  });

  it('pass under Jest, and fail for a faulty shop', async () => {
    const project = createProject(['lit', 'jest', '@jest/globals', 'jest-environment-jsdom']);
    for (const name of ['package.json', 'page-environment.js']) project.write(name, fileOf(name));
    writeShops(project, { 'button.test.js': fileOf('button.test.js') });
    const runIn = (folder: string) =>
      run(program('jest'), ['--json', '--testTimeout=60000', `${folder}/`], project.folder, {
        NODE_OPTIONS: '--experimental-vm-modules',
      });
    const [whole, faults] = [await runIn('whole'), await runIn('faults')];
    assert.equal(whole.status, 0, whole.output);
    assert.deepEqual(resultsIn(whole.stdout)['whole'], {
      passed: [PRESS, PAYMENT, DECLINE, ORDER],
      failed: [],
    });
    assertFound(resultsIn(faults.stdout), [PRESS, PAYMENT, DECLINE, ORDER]);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { createProject, program } from '../runtimes/project.js';
import { chromiumPath } from '../support/browsers.js';
import { filesOf } from '../support/documents.js';

/* The guide on testing: its files for Playwright. test/runtimes/testing-guide.test.ts has the files for other test runners. */

/** Uses the browser of this machine instead of Playwright's own, and longer timeouts for a busy machine. */
const CONFIG = `import { defineConfig } from '@playwright/test';
export default defineConfig({
  timeout: 180_000,
  expect: { timeout: 60_000 },
  use: { launchOptions: { executablePath: process.env.CHROME_PATH, args: ['--no-sandbox'] } },
});
`;

test('the files of the guide on testing pass under Playwright, and fail for a shop that fulfils an unpaid checkout', () => {
  const files = filesOf('docs/testing.md');
  const { folder, write } = createProject(['@playwright/test', 'hono', '@hono/node-server']);
  write('playwright.config.ts', CONFIG);
  for (const name of ['checkout.js', 'sandbox-shop.js', 'server.js', 'shop.spec.ts'])
    write(name, files.get(name)!);
  const run = (...args: string[]) => {
    const { stdout, stderr, status } = spawnSync(
      program('playwright'),
      ['test', '--reporter=list', ...args],
      {
        cwd: folder,
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          NO_COLOR: '1',
          CI: 'true',
          CHROME_PATH: chromiumPath(),
        },
        encoding: 'utf8',
      },
    );
    return { output: stdout + stderr, status };
  };
  const whole = run();
  assert.equal(whole.status, 0, whole.output);
  assert.match(whole.output, /^ *3 passed/m);

  const shop = files.get('checkout.js')!;
  write('checkout.js', shop.replace('onOrderCreated', 'onOrderCreated: () => {}, onSessionCreated'));
  const faulty = run('--grep=declined|order arrives');
  assert.equal(faulty.status, 1, faulty.output);
  assert.match(faulty.output, /^ *2 failed/m);
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { build } from 'vite';
import { createProject } from '../runtimes/project.js';
import { ensureBuilt } from '../support/built.js';

ensureBuilt('script-tag', 'modules', 'manifest');

const ROOT = resolve(import.meta.dirname, '../..');
const PACKED = mkdtempSync(join(tmpdir(), 'hsa-checkout-packed-'));
after(() => rmSync(PACKED, { recursive: true, force: true }));

/** Runs the npm that started this process, or that of the PATH. */
function npm(...args: string[]): string {
  const path = process.env['npm_execpath'];
  const [command, ...first] = path ? [process.execPath, path] : ['npm'];
  const { stdout, stderr, status } = spawnSync(command, [...first, ...args], { cwd: ROOT, encoding: 'utf8' });
  assert.equal(status, 0, stderr);
  return stdout;
}

describe('the packed package', () => {
  const [{ filename }] = JSON.parse(
    npm('pack', '--json', '--ignore-scripts', '--pack-destination', PACKED),
  ) as [{ filename: string }];
  const tarball = join(PACKED, filename);

  it('has no problem that publint reports', async () => {
    const { messages, pkg } = await publint({ pkgDir: ROOT, strict: true });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  it('has types that every kind of import resolves (attw)', () => {
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const args = [attw, tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-color'];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /hsa-checkout-button\/react/);
  });
});

/** Bundles a shop's file for a page. Returns the code. */
async function bundle(code: string): Promise<string> {
  const { folder, write } = createProject(['lit', 'react', 'vue']);
  write('entry.js', code);
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    build: {
      minify: false,
      rolldownOptions: { input: join(folder, 'entry.js'), output: { entryFileNames: 'out.js' } },
    },
  });
  return readFileSync(join(folder, 'dist/out.js'), 'utf8');
}

const LIT = /litElementVersions|reactiveElementVersions/;
const ZOD = /ZodError|ZodString|\$ZodType/;

describe('a bundle', () => {
  it('keeps the elements of an import for side effects', async () => {
    const code = await bundle("import 'hsa-checkout-button';");
    assert.match(code, /customElements\.define\("hsa-checkout-button"/);
    assert.match(code, /customElements\.define\("hsa-eligibility-badge"/);
    assert.match(code, LIT);
    assert.doesNotMatch(code, ZOD);
  });

  it('has one Lit, and the elements, for every entry point', async () => {
    const code = await bundle(
      `import 'hsa-checkout-button';
       import 'hsa-checkout-button/status';
       import { CheckoutButton } from 'hsa-checkout-button/react';
       import { EligibilityBadge } from 'hsa-checkout-button/vue';
       console.log(CheckoutButton, EligibilityBadge);`,
    );
    assert.equal(code.match(/litElementVersions \?\?=/g)?.length, 1);
    assert.match(code, /customElements\.define\("hsa-checkout-status"/);
  });

  it('of toCents holds neither Lit nor zod', async () => {
    const code = await bundle(
      "import { toCents } from 'hsa-checkout-button/contract'; console.log(toCents('19.99'));",
    );
    assert.match(code, /19\.99/);
    assert.doesNotMatch(code, LIT);
    assert.doesNotMatch(code, ZOD);
    assert.ok(code.length < 5_000, `${code.length} characters`);
  });
});

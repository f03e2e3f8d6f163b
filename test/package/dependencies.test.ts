import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';

const ROOT = resolve(import.meta.dirname, '../..');
const CONFIGS = ['.dependency-cruiser.mjs', '.dependency-cruiser.loaded.mjs'];

const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
const SCRIPT = scripts['check:dependencies']!;

type Files = Record<string, string>;

/** A small project that keeps every rule: a file of each folder, with imports that are allowed. */
const PROJECT: Files = {
  'src/version.ts': `export const VERSION = '1.0.0';`,
  'src/index.ts': `import './elements/index.js'; import './version.js';`,
  'src/core/index.ts': `export const core = 1;`,
  'src/contract/index.ts': `import 'zod'; import '../core/index.js'; export type Cart = string;`,
  'src/contract/check.ts': `import type { Cart } from './index.js'; import './fields.js'; export type { Cart };`,
  'src/contract/fields.ts': `import '../core/index.js';`,
  'src/client/index.ts': `import type { Cart } from '../contract/index.js'; import '../contract/check.js'; export type { Cart };`,
  'src/elements/index.ts': `import 'lit'; import '../client/index.js'; import './button/button.js';`,
  'src/elements/button/button.ts': `import '../../core/index.js'; import '../../version.js';`,
  'src/server/index.ts': `import '../contract/index.js'; import './store.js';`,
  'src/server/store.ts': `import 'zod';`,
  'src/sandbox/index.ts': `import '../contract/index.js';`,
  'src/cli/main.ts': `import 'node:fs'; import '../contract/index.js';`,
  'src/shopify/extension/loader.ts': `import '../../contract/check.js';`,
  'src/frameworks/react.ts': `import 'react'; import '../index.js';`,
  'src/cdn/button.ts': `import '../elements/index.js'; import 'lit';`,
  'src/manifest/write.ts': `import 'node:fs';`,
  'demo/main.ts': `import 'node:fs'; import 'hono'; import 'hsa-checkout-button/server'; import './page.js';`,
  'demo/page.ts': `export {};`,
  'test/fixture.ts': `export {};`,
};
const PACKAGES = ['zod', 'lit', 'react', 'hono'];

/** Every rule, the file that it has to report, and what that file does. The file's content follows, with any others it needs. */
const VIOLATIONS: readonly [rule: string, reported: string, what: string, files: Files][] = [
  [
    'imports-of-core',
    'src/core/upward.ts',
    'imports a type of a folder above',
    { 'src/core/upward.ts': `import type { Cart } from '../contract/index.js'; export type { Cart };` },
  ],
  [
    'imports-of-contract',
    'src/contract/upward.ts',
    'imports a folder above',
    { 'src/contract/upward.ts': `import '../client/index.js';` },
  ],
  [
    'imports-of-client',
    'src/client/upward.ts',
    'loads a folder above with import()',
    { 'src/client/upward.ts': `export const load = () => import('../elements/index.js');` },
  ],
  [
    'imports-of-elements',
    'src/elements/button/upward.ts',
    'imports an entry point',
    { 'src/elements/button/upward.ts': `import '../../index.js';` },
  ],
  [
    'imports-of-entry-points',
    'src/status.ts',
    'imports the server',
    { 'src/status.ts': `import './server/index.js';` },
  ],
  [
    'imports-of-server',
    'src/server/sideways.ts',
    'imports the sandbox',
    { 'src/server/sideways.ts': `import '../sandbox/index.js';` },
  ],
  [
    'imports-of-sandbox',
    'src/sandbox/sideways.ts',
    'names a type of the server',
    { 'src/sandbox/sideways.ts': `export type Server = typeof import('../server/index.js');` },
  ],
  [
    'imports-of-cli',
    'src/cli/sideways.ts',
    'imports the sandbox',
    { 'src/cli/sideways.ts': `import '../sandbox/index.js';` },
  ],
  [
    'imports-of-shopify',
    'src/shopify/extension/sideways.ts',
    'exports from the elements',
    { 'src/shopify/extension/sideways.ts': `export * from '../../elements/index.js';` },
  ],
  [
    'imports-of-frameworks',
    'src/frameworks/vue.ts',
    'imports the client',
    { 'src/frameworks/vue.ts': `import '../client/index.js';` },
  ],
  [
    'imports-of-cdn',
    'src/cdn/status.ts',
    'imports the client',
    { 'src/cdn/status.ts': `import '../client/index.js';` },
  ],
  [
    'imports-of-manifest',
    'src/manifest/elements.ts',
    'imports the elements',
    { 'src/manifest/elements.ts': `import '../elements/index.js';` },
  ],
  [
    'folder-without-rule',
    'src/helpers/text.ts',
    'is in a folder that has no rule',
    { 'src/helpers/text.ts': `import '../core/index.js';` },
  ],
  [
    'no-circular',
    'src/core/one.ts',
    'shares types with a file that imports it',
    {
      'src/core/one.ts': `import type { Two } from './two.js'; export type One = Two;`,
      'src/core/two.ts': `import type { One } from './one.js'; export type Two = One;`,
    },
  ],
  [
    'no-circular',
    'demo/five.ts',
    'imports a page of the demo that imports it by way of another',
    {
      'demo/three.ts': `import './four.js';`,
      'demo/four.ts': `import './five.js';`,
      'demo/five.ts': `import './three.js';`,
    },
  ],
  [
    'folder-entry',
    'src/client/deep.ts',
    'imports another folder past its index.ts',
    { 'src/client/deep.ts': `import '../contract/fields.js';` },
  ],
  [
    'version-imports-nothing',
    'src/version.ts',
    'is the version, and imports a folder',
    { 'src/version.ts': `export { core as VERSION } from './core/index.js';` },
  ],
  [
    'src-stays-inside',
    'src/server/outside.ts',
    'imports a file of the tests',
    { 'src/server/outside.ts': `import '../../test/fixture.js';` },
  ],
  [
    'no-package-in-core',
    'src/core/package.ts',
    'imports a package into core',
    { 'src/core/package.ts': `import 'lit';` },
  ],
  [
    'no-package-in-core',
    'src/core/node.ts',
    'imports a module of Node into core',
    { 'src/core/node.ts': `import 'node:crypto';` },
  ],
  [
    'demo-as-a-merchant',
    'demo/source.ts',
    'imports the source of the package by its path',
    { 'demo/source.ts': `import '../src/server/index.js';` },
  ],
  [
    'no-unresolvable',
    'demo/private.ts',
    'imports a file that the package does not export',
    { 'demo/private.ts': `import 'hsa-checkout-button/server/store';` },
  ],
  [
    'no-zod-on-the-page',
    'src/client/schema.ts',
    'imports the schemas of the contract into the page, not only their types',
    { 'src/client/schema.ts': `import '../contract/index.js';` },
  ],
  [
    'no-zod-on-the-page',
    'src/contract/check.ts',
    'reaches zod through a file of the contract',
    { 'src/contract/fields.ts': `import './schema.js';`, 'src/contract/schema.ts': `import 'zod';` },
  ],
  [
    'packages-of-the-page',
    'src/client/package.ts',
    'imports a package other than lit into the page',
    { 'src/client/package.ts': `import 'hono';` },
  ],
];

const folders: string[] = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** Writes a project with the repository's own rules. */
function createProject(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'dependencies-'));
  folders.push(folder);
  const packages: Files = {};
  for (const name of PACKAGES) {
    packages[`node_modules/${name}/package.json`] = JSON.stringify({ name, main: 'index.js' });
    packages[`node_modules/${name}/index.js`] = 'module.exports = {};';
  }
  const manifest = {
    name: 'hsa-checkout-button',
    type: 'module',
    dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '*'])),
  };
  const all: Files = { ...files, ...packages, 'package.json': JSON.stringify(manifest) };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  for (const file of [...CONFIGS, 'tsconfig.json', 'tsconfig.build.json'])
    copyFileSync(join(ROOT, file), join(folder, file));
  return folder;
}

/** Runs a command line as npm runs a script. */
function run(folder: string, command: string) {
  const PATH = [join(ROOT, 'node_modules/.bin'), process.env['PATH']].join(delimiter);
  return spawnSync(command, { cwd: folder, shell: true, encoding: 'utf8', env: { PATH } });
}

interface Violation {
  rule: { name: string };
  from: string;
}

/** The violations that the script's commands report. */
function violationsIn(folder: string): string[] {
  return SCRIPT.split('&&').flatMap((command) => {
    const { stdout, stderr } = run(folder, `${command} --output-type json`);
    assert.ok(stdout, stderr);
    const { summary } = JSON.parse(stdout) as { summary: { violations: Violation[] } };
    return summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`);
  });
}

describe('the check of the dependencies', () => {
  it('passes for a project that keeps every rule', () => {
    const { status, stdout } = run(createProject(PROJECT), SCRIPT);
    assert.equal(status, 0, stdout);
  });

  it('fails for a project that breaks a rule, of the sources or of what a page loads', () => {
    for (const [rule, , , files] of VIOLATIONS.filter(([name]) =>
      /^(folder-entry|packages-of-the-page)$/.test(name),
    )) {
      const { status, stdout } = run(createProject({ ...PROJECT, ...files }), SCRIPT);
      assert.notEqual(status, 0);
      assert.match(stdout, new RegExp(`error ${rule}`));
    }
  });

  it('has a violation of every rule in this test', async () => {
    const rules = await Promise.all(
      CONFIGS.map(async (file) => {
        const config = (await import(pathToFileURL(join(ROOT, file)).href)) as {
          default: { forbidden: { name: string }[] };
        };
        return config.default.forbidden.map(({ name }) => name);
      }),
    );
    assert.deepEqual([...new Set(VIOLATIONS.map(([rule]) => rule))].sort(), rules.flat().sort());
  });

  describe('reports a file that', () => {
    const files = VIOLATIONS.map(([, , , own]) => own);
    const violations = violationsIn(createProject(Object.assign({}, PROJECT, ...files) as Files));

    for (const [rule, file, what] of VIOLATIONS)
      it(`${what}: ${file}`, () => {
        assert.ok(violations.includes(`${rule}: ${file}`), violations.join('\n'));
      });
  });
});

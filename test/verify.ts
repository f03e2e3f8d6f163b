import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifyInstalled } from './installed.js';
import { verifyStorefront } from './lighthouse.js';
import { verifyTypes } from './oldest-typescript.js';
import { verifyNodes } from './other-nodes.js';
import { verifyProjects } from './projects/verify-projects.js';
import { verifyThemes } from './themes/verify-themes.js';

/*
 * npm run verify: checks that take too long for every change. FC_RUNS sets the number of inputs of each property, SOAK_SECONDS
 * the duration of the soak test.
 *
 * npm run verify -- --nodes                               only the tests on other versions of Node
 * npm run verify -- --nodes 24                            only one of them
 * npm run verify -- --types                               only the types, under other versions of TypeScript
 * npm run verify -- --projects                            only the new projects of frameworks
 * npm run verify -- --projects nuxt                       only one of them
 * npm run verify -- --themes ../themes                    only the extension in whole themes: those in this folder
 * npm run verify -- --themes ../themes --shots ../shots   with pictures of the buttons, with the extension and without
 * npm run verify -- --themes ../themes --only drawer      only the situations with a word in their name
 */

/** Inputs for each property: enough for rare combinations, in minutes rather than hours. */
const PROPERTY_RUNS = process.env['FC_RUNS'] ?? '100000';
const SOAK_SECONDS = process.env['SOAK_SECONDS'] ?? '120';

const ROOT = resolve(import.meta.dirname, '..');
/** The npm that started this process, so that both have the same version. */
const NPM = process.env['npm_execpath'];

/** Runs a program and shows its output. @throws if it fails. */
function run(command: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  return new Promise((resolveRun, reject) => {
    const child = spawn(command, args, { cwd, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolveRun() : reject(new Error(`${[command, ...args].join(' ')} ended with ${code}`)),
    );
  });
}

const node = (args: string[], cwd: string, env?: NodeJS.ProcessEnv) => run(process.execPath, args, cwd, env);
const npm = (args: string[], cwd: string) => (NPM ? node([NPM, ...args], cwd) : run('npm', args, cwd));

/** The property tests of the pure parts and the handler's fuzz, with many more inputs than usual. */
function runPropertiesAtLength(): Promise<void> {
  console.log(`\nProperty tests, ${PROPERTY_RUNS} inputs each`);
  return node(
    [
      '--import',
      'tsx',
      'test/run.ts',
      'node',
      'test/core/',
      'test/contract/',
      'test/client/',
      'test/server/fuzz',
      'test/server/sessions/session-model',
      'test/server/tokens',
    ],
    ROOT,
    { FC_RUNS: PROPERTY_RUNS },
  );
}

/** The soak test, ten times as long as in every run. It prints its progress. */
function soakAtLength(): Promise<void> {
  console.log(`\nSoak, ${SOAK_SECONDS} s`);
  return node(['--import', 'tsx', 'test/soak/soak.test.ts'], ROOT, { SOAK_SECONDS });
}

interface Manifest {
  name: string;
  version: string;
  exports: Record<string, string | Record<string, string>>;
}

/** The entry points with JavaScript, without patterns, which stand for files for a page. */
function javaScriptEntryPoints({ name, exports }: Manifest): string[] {
  return Object.entries(exports)
    .filter(
      ([path, target]) =>
        !path.includes('*') && (typeof target === 'string' ? target : target['default'])?.endsWith('.js'),
    )
    .map(([path]) => path.replace('.', name));
}

/** Checks that the package has every file that `exports` names. */
function checkTargets({ exports }: Manifest, folder: string): void {
  for (const [path, target] of Object.entries(exports)) {
    for (const file of Object.values(typeof target === 'string' ? { default: target } : target)) {
      if (!existsSync(join(folder, file.split('*')[0]!)))
        throw new Error(`The package has no ${file}, which its entry point "${path}" names`);
    }
  }
}

/** Packs the package as for a release, passes the tarball on, and removes it afterwards. */
async function withTarball(work: (tarball: string, manifest: Manifest) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hsa-checkout-button-'));
  try {
    console.log('\nBuilding and packing');
    await npm(['run', 'build'], ROOT);
    await npm(['pack', '--silent', '--pack-destination', folder], ROOT);
    const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Manifest;
    await work(join(folder, `${manifest.name}-${manifest.version}.tgz`), manifest);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Installs the package in an empty project and imports each entry point in Node, which has no DOM. */
async function installAndImport(tarball: string, manifest: Manifest): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hsa-checkout-button-'));
  try {
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    console.log('\nInstalling the package in an empty project');
    // The entry points for React and Vue need these.
    await npm(['install', tarball, 'react', 'vue', '--no-audit', '--no-fund'], folder);
    checkTargets(manifest, join(folder, 'node_modules', manifest.name));
    for (const entryPoint of javaScriptEntryPoints(manifest)) {
      const code = `if (typeof document !== 'undefined') throw new Error('this Node has a DOM');
        const names = Object.keys(await import('${entryPoint}'));
        console.log('  ✔ ${entryPoint} exports ' + names.length + ' names');`;
      await node(['--input-type=module', '--eval', code], folder);
    }
    await verifyInstalled(tarball, npm, node);
    // By its name, as a shell does.
    await run(join(folder, 'node_modules/.bin', manifest.name), ['--version'], folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Installs the package in an empty project, and compiles its types with other versions of TypeScript. */
async function compileElsewhere(tarball: string, { name, exports }: Manifest): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hsa-checkout-types-'));
  try {
    console.log('\nTypes under other versions of TypeScript');
    await writeFile(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n');
    await npm(['install', tarball, '--no-audit', '--no-fund'], folder);
    const typed = Object.entries(exports).filter(
      ([, target]) => typeof target === 'object' && target['types'],
    );
    await verifyTypes(
      folder,
      typed.map(([path]) => path.replace('.', name)),
      npm,
      node,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const { values: options, positionals: names } = parseArgs({
  options: {
    themes: { type: 'string' },
    shots: { type: 'string' },
    only: { type: 'string' },
    projects: { type: 'boolean' },
    nodes: { type: 'boolean' },
    types: { type: 'boolean' },
  },
  // The names of projects or versions.
  allowPositionals: true,
});
if (options.nodes) {
  await verifyNodes(names.length ? { majors: names } : {});
  process.exit();
}
if (options.types) {
  await withTarball(compileElsewhere);
  process.exit();
}
if (options.projects) {
  await withTarball((tarball) => verifyProjects(tarball, names));
  process.exit();
}
if (options.themes !== undefined) {
  const hasPassed = await verifyThemes({ ...options, themes: options.themes });
  process.exit(hasPassed ? 0 : 1);
}
await runPropertiesAtLength();
await verifyNodes();
await soakAtLength();
await withTarball(async (tarball, manifest) => {
  await installAndImport(tarball, manifest);
  await compileElsewhere(tarball, manifest);
  await verifyProjects(tarball);
});
await verifyStorefront();
console.log('\nVerified.');

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';

/*
 * Runs tests on other versions of Node. Part of npm run verify, and alone:
 *
 * npm run verify -- --nodes                  all versions
 * npm run verify -- --nodes 24               one of them
 * node --import tsx test/other-nodes.ts      what CI runs: a few files on Node 24
 */

const ROOT = resolve(import.meta.dirname, '..');

/** The tested version of each major version. The package `node-<system>-<processor>` of that version has the program. */
const VERSIONS: Readonly<Record<string, string>> = {
  // The oldest version that package.json allows.
  '20': '20.19.0',
  '22': '22.23.5',
  '24': '24.22.3',
  '26': '26.12.1',
};

/** The tests of the code that runs on a user's Node: the server, the command line, the sandbox, and the installed package. */
const EVERYTHING = ['test/server/', 'test/cli/', 'test/sandbox/', 'test/package/'];
/** A few of these tests, which take seconds instead of minutes. */
const A_FEW = [
  'test/server/routes/create-route.test.ts',
  'test/server/routes/webhook-route.test.ts',
  'test/sandbox/payment.test.ts',
  'test/cli/command.test.ts',
];

interface Options {
  /** The major versions. Default: all. */
  majors?: readonly string[];
  /** Parts of the paths of test files. */
  files?: readonly string[];
}

async function run(program: string, args: readonly string[], path = ''): Promise<void> {
  const env = { ...process.env, PATH: [path, process.env['PATH']].filter(Boolean).join(delimiter) };
  const child = spawn(program, args, { cwd: ROOT, stdio: 'inherit', env });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`);
}

/** Runs test files on other versions of Node, one version after the other. @throws if a test fails. */
export async function verifyNodes({
  majors = Object.keys(VERSIONS),
  files = EVERYTHING,
}: Options = {}): Promise<void> {
  const npm = process.env['npm_execpath'];
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const folder = await mkdtemp(join(tmpdir(), 'hsa-checkout-nodes-'));
  try {
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n');
    for (const major of majors) {
      const version = VERSIONS[major];
      if (!version) throw new Error(`Node ${major} is not tested: take ${Object.keys(VERSIONS).join(', ')}`);
      console.log(`\nNode ${version}: installing`);
      const name = `node-${process.platform}-${process.arch}`;
      const options = ['--prefix', folder, '--no-save', '--no-audit', '--no-fund', '--loglevel', 'error'];
      await run(command, [...first, 'install', ...options, `${name}@${version}`]);
      const bin = join(folder, 'node_modules', name, 'bin');
      const program = [join(bin, 'node'), join(bin, 'node.exe')].find((path) => existsSync(path));
      if (!program) throw new Error(`${name}@${version} has no program in ${bin}`);
      await run(program, ['--import', 'tsx', 'test/run.ts', 'node', ...files], bin);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === import.meta.filename) await verifyNodes({ majors: ['24'], files: A_FEW });

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** A part of `npm run build`: its commands in order, the files that it reads, and some of those that it writes. */
interface Part {
  commands: readonly (readonly [program: string, ...args: string[]])[];
  inputs: readonly string[];
  outputs: readonly string[];
}

const PARTS = {
  /** `dist/cdn`, `dist/shopify` and the playground's site. */
  'script-tag': {
    commands: [['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']],
    inputs: ['src', 'demo', 'vite.config.ts', 'package.json'],
    outputs: ['dist/cdn/integrity.json', 'dist/shopify/assets/hsa-loader.js', 'dist/site/index.html'],
  },
  /** The modules and their types. */
  modules: {
    commands: [
      ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'],
      ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.uncommented.json'],
      ['.ci/prune-declarations.mjs'],
    ],
    inputs: [
      'src',
      'package.json',
      ...['tsconfig.json', 'tsconfig.build.json', 'tsconfig.uncommented.json'],
      '.ci/prune-declarations.mjs',
    ],
    outputs: ['dist/index.js', 'dist/cli/main.js'],
  },
  /** `custom-elements.json` and the editors' data. */
  manifest: {
    commands: [
      [
        'node_modules/@custom-elements-manifest/analyzer/cem.js',
        'analyze',
        '--config',
        'custom-elements-manifest.config.mjs',
      ],
    ],
    inputs: ['src/elements', 'src/index.ts', 'src/status.ts', 'custom-elements-manifest.config.mjs'],
    outputs: ['custom-elements.json', 'web-types.json'],
  },
} satisfies Record<string, Part>;

export type PartName = keyof typeof PARTS;

const modifiedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** The last change of a file, or of a folder with everything in it. A folder changes when a file in it is added or removed. */
function newest(path: string): number {
  const own = modifiedAt(path);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return own;
  return Math.max(own, ...readdirSync(path).map((name) => newest(join(path, name))));
}

const isFresh = ({ inputs, outputs }: Part): boolean =>
  Math.min(...outputs.map((output) => modifiedAt(join(ROOT, output)))) >
  Math.max(...inputs.map((input) => newest(join(ROOT, input))));

const LOCK = join(ROOT, 'node_modules/.building');

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Waits until no other process builds, and locks the build. Removes a lock whose process has ended. */
function lock(): void {
  for (;;)
    try {
      mkdirSync(LOCK);
      writeFileSync(join(LOCK, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      // The owner writes its process id shortly after it has created the folder.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      try {
        if (!isRunning(Number(readFileSync(join(LOCK, 'pid'), 'utf8')))) rmSync(LOCK, { recursive: true });
      } catch {
        // The lock was released meanwhile.
      }
    }
}

/**
 * Builds the parts that are missing or older than their sources. Each test calls this for the parts that it reads, so that it
 * runs from a fresh clone, and so that other tests do not wait for a build. Test files that run in parallel build each part once.
 */
export function ensureBuilt(...names: PartName[]): void {
  if (names.every((name) => isFresh(PARTS[name]))) return;
  lock();
  try {
    for (const name of names) {
      const part: Part = PARTS[name];
      if (isFresh(part)) continue;
      for (const [program, ...args] of part.commands) {
        const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, program), ...args], {
          cwd: ROOT,
          encoding: 'utf8',
          // Without the variables of the test runner, such as its reporting channel.
          env: { PATH: process.env['PATH'], HOME: process.env['HOME'] },
        });
        if (status !== 0) throw new Error(`Building ${name} failed:\n${stdout}${stderr}`);
      }
    }
  } finally {
    rmSync(LOCK, { recursive: true, force: true });
  }
}

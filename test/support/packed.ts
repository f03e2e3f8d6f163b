import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

/** The tarball that a release publishes, as npm describes it. */
export interface Packed {
  /** Size of the tarball in bytes. */
  size: number;
  /** Paths from the root of the package. */
  files: string[];
}

/** Describes the tarball that `npm pack` would write. Build its parts first. */
export function dryPack(): Packed {
  // `npm test` sets the path of the npm that runs it.
  const npm = process.env['npm_execpath'];
  const [command, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const { stdout, stderr } = spawnSync(
    command,
    [...first, 'pack', '--dry-run', '--json', '--ignore-scripts'],
    { cwd: resolve(import.meta.dirname, '../..'), encoding: 'utf8' },
  );
  assert.ok(stdout, stderr);
  const [{ size, files }] = JSON.parse(stdout) as [{ size: number; files: { path: string }[] }];
  return { size, files: files.map(({ path }) => path) };
}

import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ensureBuilt } from '../support/built.js';

export const ROOT = resolve(import.meta.dirname, '../..');
/** The program of an installed package. */
export const program = (name: string) => join(ROOT, 'node_modules/.bin', name);

/** A merchant's project: a folder in which the package is installed. */
export interface Project {
  folder: string;
  write(file: string, text: string): void;
}

/**
 * Installs the built package and the project's packages in a new folder. The folder is removed when this
 * process ends.
 */
export function createProject(packages: readonly string[] = []): Project {
  ensureBuilt('modules');
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'hsa-checkout-shop-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const installed = join(folder, 'node_modules/hsa-checkout-button');
  mkdirSync(installed, { recursive: true });
  cpSync(join(ROOT, 'package.json'), join(installed, 'package.json'));
  cpSync(join(ROOT, 'dist'), join(installed, 'dist'), { recursive: true });
  // npm links the command like this.
  mkdirSync(join(folder, 'node_modules/.bin'));
  chmodSync(join(installed, 'dist/cli/main.js'), 0o755);
  symlinkSync(join(installed, 'dist/cli/main.js'), join(folder, 'node_modules/.bin/hsa-checkout-button'));
  for (const name of ['zod', ...packages]) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(realpathSync(join(ROOT, 'node_modules', name)), link);
  }
  const write = (file: string, text: string) => {
    const path = join(folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  write('package.json', '{ "private": true, "type": "module" }\n');
  return { folder, write };
}

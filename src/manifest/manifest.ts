import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** A member, attribute, event, slot, part, custom property or state of an element. */
export interface Item {
  name: string;
  description: string;
  type: { text: string };
  kind?: string;
  /** Attribute of a property. */
  attribute?: string;
  readonly?: boolean;
  inheritedFrom?: object;
}

/** An element in the manifest. */
export interface Element {
  name: string;
  tagName: string;
  members: Item[];
  attributes: Item[];
  events: Item[];
  slots?: Item[];
  cssParts?: Item[];
  cssProperties?: Item[];
  cssStates?: Item[];
}

export interface Manifest {
  modules: { path: string; declarations: Element[] }[];
}

/** Generates the manifest from the elements' doc comments, as `npm run build` does. */
export function analyze(): Manifest {
  const folder = mkdtempSync(join(tmpdir(), 'hsa-checkout-api-'));
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        'node_modules/@custom-elements-manifest/analyzer/cem.js',
        'analyze',
        '--config=custom-elements-manifest.config.mjs',
        // The analyzer requires a path relative to the working directory.
        `--outdir=${relative(ROOT, folder)}`,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`cem analyze failed\n${stderr}`);
    return JSON.parse(readFileSync(join(folder, 'custom-elements.json'), 'utf8')) as Manifest;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The elements of the manifest. */
export const elementsOf = ({ modules }: Manifest): Element[] =>
  modules.flatMap(({ declarations }) => declarations);

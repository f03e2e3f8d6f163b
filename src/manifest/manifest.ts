import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../..');

/** Anything that an element has. */
export interface Item {
  name: string;
  description: string;
  type: { text: string };
  kind?: string;
  /** Of a property: its attribute. */
  attribute?: string;
  readonly?: boolean;
  inheritedFrom?: object;
}

/** What the manifest says of an element. */
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

/** Reads the elements' doc comments anew, as `npm run build` does. */
export function analyze(): Manifest {
  const folder = mkdtempSync(join(tmpdir(), 'hsa-checkout-api-'));
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        'node_modules/@custom-elements-manifest/analyzer/cem.js',
        'analyze',
        '--config=custom-elements-manifest.config.mjs',
        // It takes paths below the working directory only.
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

/** The three elements. */
export const elementsOf = ({ modules }: Manifest): Element[] =>
  modules.flatMap(({ declarations }) => declarations);

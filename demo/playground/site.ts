import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GOODS } from './cart.js';
import { playgroundPage } from './page.js';

/** The shop's files that the playground uses. */
const FILES = [
  'mark.svg',
  ...['tokens', 'base', 'playground', 'playground-controls'].map((name) => `styles/${name}.css`),
  ...GOODS.map(({ id }) => `pictures/${id}.svg`),
];

/**
 * Writes the page, its styles and the script-tag files beside the playground's own script.
 * @param folder the folder of the site, with its script.
 * @param cdn the folder of the script-tag files.
 */
export async function writeSite(folder: string, cdn: string): Promise<void> {
  const shop = fileURLToPath(new URL('../public', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const file of FILES) cpSync(join(shop, file), join(folder, file));
  cpSync(cdn, join(folder, 'cdn'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), String(await playgroundPage()));
}

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const README = resolve(import.meta.dirname, '../../README.md');

/** The code that the README shows for a runtime: the first block after the runtime's name in bold. */
export function readmeBlock(runtime: string): string {
  const readme = readFileSync(README, 'utf8');
  const [, mounting = ''] = /^### Mounting$([^]*?)^##/m.exec(readme) ?? [];
  const [, after] = mounting.split(`**${runtime}**`);
  const [, code] = /^```[jt]s\n([^]*?)^```$/m.exec(after ?? '') ?? [];
  if (code === undefined) throw new Error(`The README's part on mounting has no code for ${runtime}`);
  return code;
}

import { sectionOf } from '../support/documents.js';

/** The code that the guide shows for a runtime: the first block after the runtime's name in bold. */
export function guideBlock(runtime: string): string {
  const [, after] = sectionOf('docs/backend.md', 'Mounting').split(`**${runtime}**`);
  const [, code] = /^```[jt]s\n([^]*?)^```$/m.exec(after ?? '') ?? [];
  if (code === undefined) throw new Error(`The guide's part on mounting has no code for ${runtime}`);
  return code;
}

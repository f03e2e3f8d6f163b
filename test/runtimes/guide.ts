import { rowsIn, sectionOf } from '../support/documents.js';

/** The guide on mounting. */
export const GUIDE = 'docs/mounting.md';

/** A file of the guide. */
export interface GuideFile {
  /** Its path in the merchant's project. */
  path: string;
  code: string;
}

/** The files of a section of the guide. The first line of each is a comment with its path. */
export function guideFiles(section: string): GuideFile[] {
  const blocks = [...sectionOf(GUIDE, section).matchAll(/^```ts\n(\/\/ (.+)\n[^]*?)^```$/gm)];
  if (blocks.length === 0) throw new Error(`${GUIDE} shows no file for ${section}`);
  return blocks.map(([, code, path]) => ({ path: path!, code: code! }));
}

/** The guide's table for a runtime: the path of the file with the handler, and the arguments of the command that starts it. */
export function guideRow(runtime: string): { checkout: string; command: string[] } {
  const row = rowsIn(sectionOf(GUIDE, 'Mounting')).find(([names]) => names!.includes(`[${runtime}](`));
  const [checkout, command] = (row ?? []).slice(1).map((cell) => /`([^`]+)`/.exec(cell)?.[1]);
  if (!checkout) throw new Error(`The table of ${GUIDE} has no row for ${runtime}`);
  return { checkout, command: command?.split(' ') ?? [] };
}

import { sectionOf } from '../support/documents.js';

/** A file that the guide shows. */
export interface GuideFile {
  /** Where it belongs in the merchant's project. */
  path: string;
  code: string;
}

/** The files that the guide shows for a runtime. The first line of each block is a comment with the path of its file. */
export function guideFiles(runtime: string): GuideFile[] {
  const blocks = [...sectionOf('docs/mounting.md', runtime).matchAll(/^```[jt]s\n(\/\/ (.+)\n[^]*?)^```$/gm)];
  if (blocks.length === 0) throw new Error(`The guide's part on mounting has no file for ${runtime}`);
  return blocks.map(([, code, path]) => ({ path: path!, code: code! }));
}

/** The first file that the guide shows for a runtime. */
export const guideBlock = (runtime: string): string => guideFiles(runtime)[0]!.code;

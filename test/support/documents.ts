import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** A piece of code in a document. */
export interface Block {
  /** The document's path from the root of the repository. */
  file: string;
  /** What stands behind the opening fence; empty where nothing does. */
  language: string;
  code: string;
  /** The line that the code begins on, from 1. */
  line: number;
}

/** Everything that users and contributors read, the README first. */
export const DOCUMENTS: readonly string[] = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`),
];

/** The text of a document, or of any other file of the repository. */
export function readDocument(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

const FENCED = /^```(.*)\n([^]*?)^```$/gm;

/** The code in one document, from top to bottom; of one language where that is given. */
export function blocksOf(file: string, language?: string): Block[] {
  const text = readDocument(file);
  return [...text.matchAll(FENCED)]
    .map(({ 1: info, 2: code, index }) => {
      const line = text.slice(0, index).split('\n').length + 1;
      return { file, language: info!, code: code!, line };
    })
    .filter((block) => language === undefined || block.language === language);
}

/** The code of one language in all documents. */
export function allBlocks(language?: string): Block[] {
  return DOCUMENTS.flatMap((file) => blocksOf(file, language));
}

/** The files that a document shows whole, by name: each block of code below a line that is its file's name in bold. */
export function filesOf(file: string): Map<string, string> {
  const found = readDocument(file).matchAll(/^\*\*`([\w.-]+)`\*\*\n\n```\w+\n([^]*?)^```$/gm);
  return new Map([...found].map(([, name, code]) => [name!, code!]));
}

/** What stands below a heading, up to the next one of its level or a higher one. @throws where there is no such heading. */
export function sectionOf(file: string, heading: string): string {
  const text = readDocument(file);
  const found = new RegExp(`^(#+) ${heading}$`, 'm').exec(text);
  if (!found) throw new Error(`${file} has no heading "${heading}"`);
  const [line, level] = found;
  const rest = text.slice(found.index + line.length);
  const end = new RegExp(`^#{1,${level!.length}} `, 'm').exec(rest);
  return rest.slice(0, end?.index);
}

/** Where a heading can be linked to, as repositories' pages name it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w -]/g, '')
    .replaceAll(' ', '-');

/** The headings of a document, of every level. */
export function headingsOf(file: string): string[] {
  const prose = readDocument(file).replaceAll(FENCED, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!);
}

/** The links of a document that lead nowhere: to no file, or to no heading of it. */
export function brokenLinks(file: string): string[] {
  return linksIn(file).filter((link) => {
    const [path, anchor] = link.split('#') as [string, string?];
    const target = path ? posix.join(posix.dirname(file), path) : file;
    if (!existsSync(join(ROOT, target))) return true;
    return (
      anchor !== undefined && !(target.endsWith('.md') && headingsOf(target).map(anchorOf).includes(anchor))
    );
  });
}

/** Where a document's links and pictures lead. */
export function linksIn(file: string): string[] {
  return [
    ...readDocument(file)
      .replaceAll(FENCED, '')
      .matchAll(/\]\(([^)]+)\)/g),
  ].map(([, to]) => to!);
}

/** The cells of each row of a document's tables, without their headings' rules. */
export function rowsIn(text: string): string[][] {
  return [...text.matchAll(/^\| (.*) \|$/gm)]
    .map(([, row]) => row!.split(/(?<!\\)\|/).map((cell) => cell.trim()))
    .filter((cells) => !cells.every((cell) => /^:?-+:?$/.test(cell)));
}

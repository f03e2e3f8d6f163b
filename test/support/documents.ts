import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');

/** A block of code in a document. */
export interface Block {
  /** The document's path from the root of the repository. */
  file: string;
  /** The language of the opening fence, or an empty string. */
  language: string;
  code: string;
  /** The first line of the code, from 1. */
  line: number;
}

/** The documents for users and contributors, the README first. */
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

/** The blocks of code in a document, in order, or those of one language. */
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
  const matches = readDocument(file).matchAll(/^\*\*`([\w.-]+)`\*\*\n\n```\w+\n([^]*?)^```$/gm);
  return new Map([...matches].map(([, name, code]) => [name!, code!]));
}

/** The text below a heading, up to the next heading of its level or a higher one. @throws if the heading is missing. */
export function sectionOf(file: string, heading: string): string {
  const text = readDocument(file);
  const match = new RegExp(`^(#+) ${heading}$`, 'm').exec(text);
  if (!match) throw new Error(`${file} has no heading "${heading}"`);
  const [line, level] = match;
  const rest = text.slice(match.index + line.length);
  const end = new RegExp(`^#{1,${level!.length}} `, 'm').exec(rest);
  return rest.slice(0, end?.index);
}

/** The anchor of a heading, as repositories' pages name it. */
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

/** The links of a document to a file or a heading that does not exist. */
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

/** The targets of a document's links and pictures. */
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

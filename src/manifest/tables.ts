import { elementsOf, type Element, type Item, type Manifest } from './manifest.js';

/** A Markdown table in Prettier's format. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;
const textOf = ({ description }: Item) => description.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
const kindOf = ({ type }: Item) => code(type.text.replace(/ \| undefined$/, '').replaceAll("'", ''));

/** Order of the properties: the endpoint and the cart, then the element's own, then those that elements share. */
const rank = ({ name, inheritedFrom }: Item) =>
  name === 'endpoint' ? 0 : name === 'cart' ? 1 : inheritedFrom ? 3 : 2;

/** The tables of docs/api.md, by the name in their markers. */
const TABLES: Record<string, (element: Element) => string> = {
  properties({ members, attributes }) {
    const rows = members
      .filter(({ kind }) => kind === 'field')
      .sort((a, b) => rank(a) - rank(b))
      .map((member) => [
        // The attribute `cart` is declared separately, with `@attr`.
        member.attribute
          ? code(member.attribute)
          : attributes.some(({ name }) => name === member.name)
            ? code(member.name)
            : '',
        code(member.name),
        kindOf(member),
        (member.readonly ? 'Read-only. ' : '') + textOf(member),
      ]);
    return table(['attribute', 'property', 'type', 'meaning'], rows);
  },
  events: ({ events }) =>
    table(
      ['event', 'class', 'when'],
      events.map((event) => [code(event.name), kindOf(event), textOf(event)]),
    ),
  styling({ slots = [], cssParts = [], cssProperties = [], cssStates = [] }) {
    const rows = (kind: string, items: Item[]) => items.map((item) => [kind, code(item.name), textOf(item)]);
    return table(
      ['', 'name', 'what it is'],
      [
        ...rows('slot', slots),
        ...rows('part', cssParts),
        ...rows('custom property', cssProperties),
        ...rows('state', cssStates),
      ],
    );
  },
};

const TABLE_SECTION = /(<!-- api (\S+) (\S+) -->\n)[^]*?(\n<!-- \/api -->)/g;

/** Replaces the tables of a document by those of the manifest. */
export function withTables(document: string, manifest: Manifest): string {
  const elements = elementsOf(manifest);
  return document.replaceAll(TABLE_SECTION, (_, open: string, tag: string, name: string, close: string) => {
    const element = elements.find(({ tagName }) => tagName === tag);
    const tableFor = TABLES[name];
    if (!element || !tableFor)
      throw new Error(`The document has a marker for an unknown table: ${tag} ${name}`);
    return `${open}\n${tableFor(element)}\n${close}`;
  });
}

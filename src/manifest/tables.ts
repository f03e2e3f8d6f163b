import { elementsOf, type Element, type Item, type Manifest } from './manifest.js';

/** A table as Prettier would write it. */
function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;
const words = ({ description }: Item) => description.replaceAll(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
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
        // The cart's attribute is one of its own.
        member.attribute
          ? code(member.attribute)
          : attributes.some(({ name }) => name === member.name)
            ? code(member.name)
            : '',
        code(member.name),
        kindOf(member),
        (member.readonly ? 'Read-only. ' : '') + words(member),
      ]);
    return table(['attribute', 'property', 'type', 'meaning'], rows);
  },
  events: ({ events }) =>
    table(
      ['event', 'class', 'when'],
      events.map((event) => [code(event.name), kindOf(event), words(event)]),
    ),
  styling({ slots = [], cssParts = [], cssProperties = [], cssStates = [] }) {
    const rows = (what: string, items: Item[]) => items.map((item) => [what, code(item.name), words(item)]);
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

const MARKED = /(<!-- api (\S+) (\S+) -->\n)[^]*?(\n<!-- \/api -->)/g;

/** A document with its tables made anew from the manifest. */
export function withTables(document: string, manifest: Manifest): string {
  const elements = elementsOf(manifest);
  return document.replaceAll(MARKED, (_, open: string, tag: string, name: string, close: string) => {
    const element = elements.find(({ tagName }) => tagName === tag);
    const make = TABLES[name];
    if (!element || !make) throw new Error(`The document wants ${name} of ${tag}, which nobody knows`);
    return `${open}\n${make(element)}\n${close}`;
  });
}

import { readFileSync } from 'node:fs';

/** One row of a table: the texts of its cells. */
export type Row = readonly string[];

/**
 * The tables of `provider-api.md`, a verbatim copy of the provider's API, by the first cell of their headers. A row may lack its
 * outer bars.
 */
export function readProviderTables(): { tables: Map<string, Row[]>; text: string } {
  const text = readFileSync(new URL('./provider-api.md', import.meta.url), 'utf8');
  const tables = new Map<string, Row[]>();
  let header: Row = [];
  let rows: Row[] = [];
  for (const line of text.split('\n')) {
    if (!line.includes('|')) continue;
    const cells = line
      .replace(/^\||\|$/g, '')
      .split('|')
      .map((cell) => cell.trim());
    if (cells.every((cell) => /^-+$/.test(cell))) {
      // The row above is a header, so it is not a row of the previous table.
      rows.pop();
      rows = [];
      tables.set(header[0]!, rows);
    } else {
      header = cells;
      rows.push(cells);
    }
  }
  return { tables, text };
}

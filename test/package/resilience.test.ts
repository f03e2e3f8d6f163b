import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readDocument, rowsIn } from '../support/documents.js';

const rows = rowsIn(readDocument('docs/resilience.md')).filter(([first]) => first !== 'what happens');

/** The test file and the title that a row names, as "`elements/press`: a title"; undefined in a row without them. */
function testOf(row: string[]): { file: string; title: string } | undefined {
  const [, name, title] = /^`([\w/-]+)`: (.+)$/.exec(row.at(-1)!) ?? [];
  return name && title ? { file: `test/${name}.test.ts`, title } : undefined;
}

/** Whether a test file exists and has the title, or a part of it, in its text. */
const isHeld = ({ file, title }: { file: string; title: string }) =>
  existsSync(file) && readDocument(file).includes(title);

describe('the guide of what can go wrong', () => {
  it('says of everything that happens what is done, and which test holds it', () => {
    assert.ok(rows.length >= 45, `${rows.length} rows`);
    assert.deepEqual(
      rows.filter((row) => row.length !== 3 || row.some((cell) => !cell) || !testOf(row)),
      [],
    );
  });

  for (const row of rows)
    it(`names a test that exists: ${row[0]}`, () => {
      const named = testOf(row);
      assert.ok(named && isHeld(named), row.at(-1));
    });

  it('names each test once', () => {
    const named = rows.map((row) => row.at(-1));
    assert.equal(new Set(named).size, named.length);
  });
});

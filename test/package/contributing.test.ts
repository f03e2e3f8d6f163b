import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { blocksOf, readDocument, sectionOf } from '../support/documents.js';

const ROOT = resolve(import.meta.dirname, '../..');
/** The folders of theme files have the names that Shopify prescribes, so the layout does not explain them. */
const THEME_FOLDERS = /^shopify\/extension\//;

describe('CONTRIBUTING', () => {
  it('shows every folder of src, and no other', () => {
    const [layout] = blocksOf('CONTRIBUTING.md', 'text');
    const path: string[] = [];
    const shown = [...layout!.code.matchAll(/^( *)([\w-]+)\/(?: |$)/gm)].map(([, indent, name]) => {
      path.length = indent!.length / 2;
      path.push(name!);
      return join(...path);
    });
    const folders = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ parentPath, name }) => join(parentPath, name).slice(join(ROOT, 'src/').length))
      .filter((folder) => !THEME_FOLDERS.test(folder));
    assert.deepEqual(shown.sort(), ['src', ...folders.map((folder) => join('src', folder))].sort());
  });

  it('names only files and folders that exist', () => {
    const paths = readDocument('CONTRIBUTING.md').match(
      /(?<![\w./-])(src|test|demo|docs|\.ci)\/[\w./-]*\w/g,
    )!;
    assert.ok(paths.length > 30, `only ${paths.length} paths`);
    // NAME stands for a file that the reader creates.
    const missing = paths.filter((path) => !path.includes('NAME') && !existsSync(join(ROOT, path)));
    assert.deepEqual(missing, []);
  });

  it('names at most four files for each task of a maintainer', () => {
    const rows = sectionOf('CONTRIBUTING.md', 'Where to change what').match(/^\| (?!task|-).*$/gm)!;
    assert.equal(rows.length, 8);
    for (const row of rows) {
      const files = row.match(/`(src|test|docs)\/[^`]+`/g) ?? [];
      assert.ok(files.length > 0 && files.length <= 4, row);
    }
  });
});

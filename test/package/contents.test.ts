import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import ts from 'typescript';
import { ensureBuilt } from '../support/built.js';
import { DOCUMENTS, linksIn, readDocument } from '../support/documents.js';
import { dryPack } from '../support/packed.js';

ensureBuilt('script-tag', 'modules', 'manifest');

/** The most that the download may weigh, in bytes. */
const MAX_BYTES = 350_000;
/** A registry's page takes these from the repository, which `.ci/check-publisher.mjs` requires in package.json. */
const IN_REPOSITORY_ONLY = ['CONTRIBUTING.md', 'demo/states.png'];

describe('the download of the package', () => {
  const { size, files } = dryPack();

  it(`weighs less than ${MAX_BYTES / 1000} kB`, (t) => {
    t.diagnostic(`${size} bytes, ${files.length} files`);
    // A package without its build would be small, too.
    assert.ok(size > 100_000, `${size} bytes cannot hold the build`);
    assert.ok(size < MAX_BYTES, `${size} bytes`);
  });

  it('holds the build, the documents and the editors’ data, and nothing else', () => {
    const kinds = new Set(files.map((file) => file.replace(/\/.*/, '/')));
    assert.deepEqual([...kinds].sort(), [
      ...['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md'],
      ...['custom-elements.json', 'dist/', 'docs/', 'package.json'],
      ...['vscode.css-custom-data.json', 'vscode.html-custom-data.json', 'web-types.json'],
    ]);
    assert.ok(!files.some((file) => file.startsWith('dist/site/')));
    for (const file of ['dist/server/index.js', 'dist/server/index.d.ts', 'dist/cdn/hsa-checkout.js'])
      assert.ok(files.includes(file), file);
  });

  it('holds no source map and no picture', () => {
    const kinds = new Set(
      files.filter((file) => file.startsWith('dist/')).map((file) => posix.extname(file)),
    );
    assert.deepEqual([...kinds].sort(), ['.css', '.js', '.json', '.liquid', '.toml', '.ts']);
    assert.deepEqual(
      files.filter((file) => /\.(map|png|jpe?g|gif|webp|avif|svg)$|(?<!\.d)\.ts$/.test(file)),
      [],
    );
  });

  it('names no source map, because developer tools would request a missing file', () => {
    const named = files.filter(
      (file) => /\.[jt]s$/.test(file) && readDocument(file).includes('sourceMappingURL='),
    );
    assert.deepEqual(named, []);
  });

  it('holds the declarations that the entry points need, and no others', () => {
    const { exports } = JSON.parse(readDocument('package.json')) as {
      exports: Record<string, { types?: string }>;
    };
    const needed = new Set<string>();
    const follow = (file: string) => {
      if (needed.has(file)) return;
      needed.add(file);
      const { importedFiles } = ts.preProcessFile(readDocument(file));
      for (const { fileName } of importedFiles)
        if (fileName.startsWith('.'))
          follow(posix.join(posix.dirname(file), fileName.replace(/\.js$/, '.d.ts')));
    };
    for (const { types } of Object.values(exports)) if (types) follow(posix.normalize(types));
    assert.ok(needed.size > 50, `only ${needed.size} declarations`);
    assert.deepEqual(files.filter((file) => file.endsWith('.d.ts')).sort(), [...needed].sort());
  });

  it('holds the documents for users, and everything that they link to', () => {
    const documents = DOCUMENTS.filter((file) => file !== 'CONTRIBUTING.md');
    const linked = documents.flatMap((file) =>
      linksIn(file).map((link) => {
        const [path] = link.split('#');
        return path ? posix.join(posix.dirname(file), path) : file;
      }),
    );
    assert.deepEqual(
      [...new Set([...documents, ...linked])].filter((file) => !files.includes(file)).sort(),
      IN_REPOSITORY_ONLY,
    );
  });
});

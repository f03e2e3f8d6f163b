import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, posix, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { ensureBuilt } from '../support/built.js';
import { DOCUMENTS, linksIn } from '../support/documents.js';

ensureBuilt('script-tag', 'modules');

const ROOT = resolve(import.meta.dirname, '../..');
/** The key of the documents, which says what it is. */
const EXAMPLE_KEY = 'glm_test_anything';

/** The files that a release publishes, as npm lists them. */
function packedFiles(): string[] {
  // As `npm test` found it; its own name for whoever starts this file alone.
  const npm = process.env['npm_execpath'];
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout, stderr } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: ROOT, encoding: 'utf8' })
    : spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8' });
  assert.ok(stdout, stderr);
  const [release] = JSON.parse(stdout) as { files: { path: string }[] }[];
  return release!.files.map(({ path }) => path);
}

describe('the published package', () => {
  const files = packedFiles();
  const text = (file: string) => readFileSync(join(ROOT, file), 'latin1');

  it('holds the built doors, their source maps and the script-tag files', () => {
    for (const file of ['dist/server/index.js', 'dist/server/index.js.map', 'dist/cdn/hsa-checkout.js'])
      assert.ok(files.includes(file), `${file} is missing: ${files.length} files`);
  });

  it('holds the documents, and what they link to and show', () => {
    const wanted = DOCUMENTS.flatMap((file) =>
      linksIn(file).map((link) => {
        const [path] = link.split('#');
        return path ? posix.join(posix.dirname(file), path) : file;
      }),
    );
    assert.deepEqual(
      [...new Set([...DOCUMENTS, ...wanted])].filter((file) => !files.includes(file)),
      [],
    );
  });

  it('holds no API key and no secret of a test, in no file and no source map', () => {
    for (const file of files) {
      const found = text(file).match(/glm_(test|live)_[A-Za-z0-9]+|SENTINEL|whsec_\w{6,}/g) ?? [];
      assert.deepEqual(
        found.filter((key) => key !== EXAMPLE_KEY || !DOCUMENTS.includes(file)),
        [],
        file,
      );
    }
  });

  it('holds no file of an environment, a test or a key', () => {
    assert.deepEqual(
      files.filter((file) => /(^|\/)(\.|test\/|node_modules\/)|\.(env|pem|key)$/.test(file)),
      [],
    );
  });
});

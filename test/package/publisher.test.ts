import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, describe, it } from 'node:test';
import { readDocument, sectionOf } from '../support/documents.js';

const SCRIPT = '.ci/check-publisher.mjs';
const FOLDER = mkdtempSync(join(tmpdir(), 'hsa-checkout-publisher-'));
after(() => rmSync(FOLDER, { recursive: true, force: true }));

const { scripts } = JSON.parse(readDocument('package.json')) as { scripts: Record<string, string> };

/** Runs the check before `npm publish` for a package.json. */
function check(manifest: object) {
  writeFileSync(join(FOLDER, 'package.json'), JSON.stringify(manifest));
  const script = resolve(import.meta.dirname, '../..', SCRIPT);
  return spawnSync(process.execPath, [script], { cwd: FOLDER, encoding: 'utf8' });
}

const COMPLETE = {
  repository: { type: 'git', url: 'git+ssh://git@code.example/shop/button.git' },
  homepage: 'https://code.example/shop/button',
  bugs: 'https://code.example/shop/button/issues',
};

describe('npm publish', () => {
  it('runs the check first; npm pack and npm install do not run it', () => {
    assert.equal(scripts['prepublishOnly'], `node ${SCRIPT}`);
    assert.deepEqual(
      ['prepack', 'prepare', 'prepublish', 'postpack', 'preinstall', 'install', 'postinstall'].filter(
        (name) => name in scripts,
      ),
      [],
    );
  });

  it('goes on if every field is set', () => {
    const { status, stderr } = check(COMPLETE);
    assert.equal(stderr, '');
    assert.equal(status, 0);
  });

  for (const field of Object.keys(COMPLETE))
    it(`stops with one sentence for a missing field: ${field}`, () => {
      const { status, stderr } = check({ ...COMPLETE, [field]: undefined });
      assert.equal(status, 1);
      assert.match(stderr, new RegExp(`^Not published: package\\.json has no ${field}\\. Add .*\n$`));
      assert.ok(sectionOf('CONTRIBUTING.md', 'Releasing').includes(`\`${field}\``));
    });

  it('names all missing fields at once', () => {
    assert.match(check({}).stderr, /no repository, no homepage, no bugs\./);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { VERSION } from '../../src/version.js';
import { ensureBuilt } from '../support/built.js';

ensureBuilt('script-tag', 'modules');

const MAIN = resolve(import.meta.dirname, '../../dist/cli/main.js');
const ROOT = mkdtempSync(join(tmpdir(), 'hsa-checkout-copy-'));
const NAME = `hsa-checkout-button@${VERSION}`;

describe('the command copy', () => {
  let cwd: string;
  beforeEach(() => {
    cwd = mkdtempSync(join(ROOT, 'site-'));
  });
  after(() => rmSync(ROOT, { recursive: true, force: true }));

  const copy = (folder: string) =>
    spawnSync(process.execPath, [MAIN, 'copy', folder], { cwd, encoding: 'utf8' });

  it('puts every script-tag file below a folder that it makes', () => {
    const { status, stderr } = copy('web/public');
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.deepEqual(
      readdirSync(join(cwd, 'web/public', NAME)).sort(),
      readdirSync(resolve(MAIN, '../../cdn')).sort(),
    );
  });

  it('prints a tag for the button and one for the return page, each with the hash of its copied file', () => {
    const { stdout } = copy('public');
    const tags = [
      ...stdout.matchAll(/^<script src="\/([^"]+)" integrity="([^"]+)" crossorigin defer><\/script>$/gm),
    ];
    assert.deepEqual(
      tags.map(([, path]) => path),
      [`${NAME}/hsa-checkout.js`, `${NAME}/hsa-checkout-status.js`],
    );
    for (const [, path, hash] of tags) {
      const bytes = readFileSync(join(cwd, 'public', path!));
      assert.equal(hash, `sha384-${createHash('sha384').update(bytes).digest('base64')}`);
    }
  });

  it('replaces what an earlier copy has left', () => {
    copy('.');
    const file = join(cwd, NAME, 'hsa-checkout.js');
    const bytes = readFileSync(file);
    writeFileSync(file, 'cut off');
    assert.equal(copy('.').status, 0);
    assert.deepEqual(readFileSync(file), bytes);
  });

  it('says which folder cannot be written', () => {
    writeFileSync(join(cwd, 'public'), 'a file');
    const { status, stdout, stderr } = copy('public');
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^hsa-checkout-button: public\S+ cannot be written: .+\n$/);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, beforeEach, describe, it } from 'node:test';
import { VERSION } from '../../src/version.js';
import { ensureBuilt } from '../support/built.js';
import { dryPack } from '../support/packed.js';

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

  const copy = (...args: string[]) =>
    spawnSync(process.execPath, [MAIN, 'copy', ...args], { cwd, encoding: 'utf8' });

  it('copies every script-tag file into a folder that it creates', () => {
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

  it('replaces the files of an earlier copy', () => {
    copy('.');
    const file = join(cwd, NAME, 'hsa-checkout.js');
    const bytes = readFileSync(file);
    writeFileSync(file, 'cut off');
    assert.equal(copy('.').status, 0);
    assert.deepEqual(readFileSync(file), bytes);
  });

  it('copies the whole theme app extension, although the package has the shared files only once', () => {
    // The package as npm installs it.
    const installed = join(cwd, 'installed');
    cpSync(resolve(MAIN, '../..'), join(installed, 'dist'), { recursive: true });
    cpSync(resolve(MAIN, '../../../package.json'), join(installed, 'package.json'));
    symlinkSync(resolve(MAIN, '../../../node_modules'), join(installed, 'node_modules'));
    const { files } = dryPack();
    for (const file of readdirSync(join(installed, 'dist/shopify/assets')))
      if (!files.includes(`dist/shopify/assets/${file}`))
        rmSync(join(installed, 'dist/shopify/assets', file));
    const main = join(installed, 'dist/cli/main.js');
    const args = [main, 'copy', '--shopify', 'extensions/hsa-fsa'];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    const filesIn = (folder: string) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
    assert.ok(!readdirSync(join(installed, 'dist/shopify/assets')).includes('hsa-checkout.js'));
    assert.deepEqual(filesIn(join(cwd, 'extensions/hsa-fsa')), filesIn(resolve(MAIN, '../../shopify')));
  });

  it('names the folder that cannot be written', () => {
    writeFileSync(join(cwd, 'public'), 'a file');
    const { status, stdout, stderr } = copy('public');
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, /^hsa-checkout-button: public\S+ cannot be written: .+\n$/);
  });
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { gzipSync } from 'node:zlib';
import { VERSION } from '../../src/version.js';
import { ensureBuilt } from '../support/built.js';

ensureBuilt('script-tag');

/** The most that a page loads before the first press, in bytes with gzip -9. Lit is 5,600 of them. */
const MAX_BYTES = 20_000;
/** The most for a dialog or a language, which loads when it is first needed. */
const MAX_LAZY_BYTES = 6_500;
/** Each copy of Lit adds its version to an array of this name. */
const LIT = /litElementVersions\s*\?\?=/g;

/** Bytes with gzip -9. Uses the command if it exists, because the result of Node's zlib differs by some bytes. */
function gzipBytes(file: string): number {
  const { stdout, error } = spawnSync('gzip', ['-9', '-c', file]);
  return error ? gzipSync(readFileSync(file), { level: 9 }).length : stdout.length;
}

describe('the script-tag file', () => {
  const file = resolve(import.meta.dirname, '../../dist/cdn/hsa-checkout.js');
  const bytes = readFileSync(file);
  const code = bytes.toString('latin1');

  it(`weighs at most ${MAX_BYTES.toLocaleString('en')} bytes with gzip -9`, (t) => {
    const size = gzipBytes(file);
    t.diagnostic(`dist/cdn/hsa-checkout.js: ${size} bytes gzip -9, ${bytes.length} raw`);
    // An empty or broken build would be small, too.
    assert.ok(size > 6_000, `${size} bytes cannot hold a button`);
    assert.ok(size <= MAX_BYTES, `${size} bytes: ${size - MAX_BYTES} too many`);
  });

  it('is ASCII, so that a page without a charset shows every text right', () => {
    assert.deepEqual(code.match(/[^\x00-\x7f]/g) ?? [], []);
  });

  it('evaluates no text as code, which a strict policy forbids', () => {
    assert.doesNotMatch(code, /\beval\s*\(|\bnew\s+Function\b/);
  });

  it('loads a lazy file by its absolute URL only: a classic script from another origin has no base URL', () => {
    const imports = code.match(/\bimport\s*\(.{0,8}/g) ?? [];
    assert.deepEqual(imports, ['import(new URL(']);
  });

  it('has one copy of Lit', () => {
    assert.equal(code.match(LIT)?.length, 1);
  });

  it('has no zod', () => {
    assert.doesNotMatch(code, /ZodError|\bzod\b/i);
  });

  it('has no API key, only the prefix that it refuses', () => {
    assert.doesNotMatch(code, /glm_(live|test)?_?[A-Za-z0-9]{8,}/);
  });

  it('is a classic script without import or export', () => {
    assert.doesNotMatch(code, /(^|[;}\n])\s*(import|export)\s*[{*'"a-z]/);
  });
});

describe('the lazy files', () => {
  const folder = resolve(import.meta.dirname, '../../dist/cdn');
  const files = readdirSync(folder).filter((file) => /^hsa-checkout-[a-z-]+-\d+\.\d+\.\d+\.js$/.test(file));

  it('have the version in their names', () => {
    assert.ok(files.includes(`hsa-checkout-es-${VERSION}.js`));
    for (const file of files) assert.ok(file.endsWith(`-${VERSION}.js`), file);
  });

  for (const file of files) {
    const code = readFileSync(join(folder, file), 'latin1');

    it(`${file} weighs at most ${MAX_LAZY_BYTES.toLocaleString('en')} bytes with gzip -9`, (t) => {
      const size = gzipBytes(join(folder, file));
      t.diagnostic(`dist/cdn/${file}: ${size} bytes gzip -9`);
      assert.ok(size > 200, `${size} bytes cannot hold anything`);
      assert.ok(size <= MAX_LAZY_BYTES, `${size} bytes: ${size - MAX_LAZY_BYTES} too many`);
    });

    it(`${file} imports nothing, is ASCII, and evaluates no text as code`, () => {
      assert.doesNotMatch(code, /\bimport\b|\beval\s*\(|\bnew\s+Function\b|[^\x00-\x7f]/);
      assert.match(code, /\bexport\s*\{/);
    });

    it(`${file} has no copy of Lit`, () => {
      assert.doesNotMatch(code, LIT);
    });
  }

  it('have their hashes in integrity.json, like every script-tag file', () => {
    const integrity = JSON.parse(readFileSync(join(folder, 'integrity.json'), 'utf8')) as object;
    const all = readdirSync(folder).filter((file) => file.endsWith('.js'));
    assert.deepEqual(Object.keys(integrity).sort(), all.sort());
  });
});
